"""Voices: create, list, get, update and delete voices and their samples."""
