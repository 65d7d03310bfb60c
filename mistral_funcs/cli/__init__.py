"""The command line: each operation as a command, made from its own signature."""
