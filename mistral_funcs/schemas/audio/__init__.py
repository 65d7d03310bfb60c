"""Schemas of the audio operations."""
