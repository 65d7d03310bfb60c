"""Models: list, get, update, archive and delete models."""
