"""Schemas used by several resources."""
