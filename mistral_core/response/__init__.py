"""Responses to values or failures: decoding, error bodies, streams."""
