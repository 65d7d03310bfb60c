"""Schemas of the batch operations."""
