"""Schemas of conversations."""
