"""Complete code between a prefix and a suffix."""
