"""Workflows: start, wait for a result, follow events, import records."""
