"""Embeddings: turn texts into numbers that tell how alike they are."""
