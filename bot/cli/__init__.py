"""The `heldinmind` commands, a file each."""
