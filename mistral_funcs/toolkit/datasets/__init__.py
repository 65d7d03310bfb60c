"""Datasets: import records."""
