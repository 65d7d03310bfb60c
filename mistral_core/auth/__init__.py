"""API keys and the `Authorization` header."""
