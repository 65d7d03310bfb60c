"""Realtime audio: transcription and speech over WebSockets."""
