"""Cassettes: HTTP traffic recorded to a file, and replayed from it."""
