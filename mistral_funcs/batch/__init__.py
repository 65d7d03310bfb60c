"""Send many requests in the background."""
