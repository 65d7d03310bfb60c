"""Fine-tuning jobs: create, list, get, cancel and start jobs."""
