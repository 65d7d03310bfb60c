"""JSON values to attrs classes and back. The only room that imports cattrs."""
