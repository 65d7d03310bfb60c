"""Instrumentation of calls: logging, hooks and progress functions."""
