"""Workflows: execute, wait for a result, follow events."""
