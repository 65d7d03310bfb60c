"""Create, fill and search indexes of documents."""
