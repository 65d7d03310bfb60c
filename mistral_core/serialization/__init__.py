"""Schema objects to JSON and back, and their schemas in OpenAPI documents."""
