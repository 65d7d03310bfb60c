"""Webhooks: create, list and delete them, and read their signing secrets."""
