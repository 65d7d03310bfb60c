"""Transcribe recordings."""
