"""The command line: one command per operation, derived from its signature."""
