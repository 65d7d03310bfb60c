"""Create embeddings of texts."""
