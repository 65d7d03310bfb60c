"""Datasets, evaluations, judges, logs, spans and traces."""
