"""Use cases, one file each: read, decide in the core, write once."""
