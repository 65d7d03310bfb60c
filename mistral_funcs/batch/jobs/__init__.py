"""Batch jobs: create, list, get, cancel and delete jobs."""
