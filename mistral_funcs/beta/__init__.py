"""Use operations that are in beta."""
