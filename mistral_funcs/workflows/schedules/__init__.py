"""Run workflows on a schedule."""
