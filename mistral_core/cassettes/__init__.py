"""Cassettes: traffic recorded into a file, and replayed from it."""
