"""Schemas of the beta operations."""
