"""Transcriptions: transcribe recordings."""
