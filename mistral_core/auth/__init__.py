"""Credentials: where the `Authorization` header of a request comes from."""
