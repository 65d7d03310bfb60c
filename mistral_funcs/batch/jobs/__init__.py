"""Create, list, follow, cancel and delete batch jobs."""
