"""List, create, update and delete voices."""
