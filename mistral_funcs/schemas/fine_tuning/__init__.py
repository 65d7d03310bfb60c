"""Schemas of the fine-tuning operations."""
