"""Create, share and delete libraries of documents."""
