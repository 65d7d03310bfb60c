"""Batch jobs: list, create, look at, cancel and delete them."""
