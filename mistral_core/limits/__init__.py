"""Limits of requests, tokens and concurrency: one account for all calls of a client."""
