"""Schemas of connectors."""
