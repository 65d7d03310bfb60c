"""Create, list and delete service accounts, and set their roles."""
