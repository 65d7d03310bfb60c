"""Service accounts: create, list, update and delete them, and set their roles."""
