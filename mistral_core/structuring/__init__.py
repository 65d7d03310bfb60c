"""JSON values to attrs classes and back; the only room that imports cattrs."""
