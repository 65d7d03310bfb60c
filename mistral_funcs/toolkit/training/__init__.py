"""Validation of files for fine-tuning."""
