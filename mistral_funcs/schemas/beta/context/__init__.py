"""Schemas of search indexes."""
