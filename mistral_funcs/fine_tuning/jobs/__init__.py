"""Create, list, start, follow and cancel fine-tuning jobs."""
