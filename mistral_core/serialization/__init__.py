"""Schema objects to JSON and back, and their JSON schemas in the OpenAPI pages of web frameworks."""
