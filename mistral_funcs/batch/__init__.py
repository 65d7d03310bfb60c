"""Batches: jobs that run many requests."""
