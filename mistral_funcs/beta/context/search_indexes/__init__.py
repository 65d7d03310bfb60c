"""Create search indexes, fill them with documents and search them."""
