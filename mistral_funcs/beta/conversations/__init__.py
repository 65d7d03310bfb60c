"""Start, continue, read and delete conversations."""
