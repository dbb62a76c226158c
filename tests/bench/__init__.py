"""How fast it is: real processes, a plain bot beside it, one table. `make bench`."""
