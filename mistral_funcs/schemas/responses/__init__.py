"""Schemas of the Responses API."""
