"""Service accounts: create, list and delete them, and set their roles."""
