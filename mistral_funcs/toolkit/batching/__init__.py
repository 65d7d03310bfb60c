"""Batches of any size: requests in, results out, through Mistral's batch jobs."""
