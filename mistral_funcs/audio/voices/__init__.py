"""Voices: list, create, look at, change and delete them, and hear them."""
