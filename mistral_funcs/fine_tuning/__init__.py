"""Fine-tuning: jobs that train models."""
