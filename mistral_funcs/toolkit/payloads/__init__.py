"""Encryption, compression and offloading of workflow payloads."""
