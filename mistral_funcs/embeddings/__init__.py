"""Embeddings: vectors that represent the meaning of texts."""
