"""Fine-tuning jobs: list, create, look at, cancel and start them."""
