"""Limits on requests, tokens and concurrency, shared by all calls of a client."""
