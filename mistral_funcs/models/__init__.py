"""List models, and update, archive and delete fine-tuned ones."""
