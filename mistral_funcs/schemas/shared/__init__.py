"""Schemas that several topics use."""
