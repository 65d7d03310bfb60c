"""Schemas of observability."""
