"""Conversion of responses to values or failures: decoding, error bodies, streams."""
