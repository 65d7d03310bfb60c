"""Conversion of schema objects to and from JSON, and their schemas in OpenAPI documents."""
