"""Classifiers: moderate and classify texts and conversations."""
