"""Batches of any size, split into batch jobs."""
