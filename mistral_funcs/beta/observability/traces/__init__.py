"""Search and aggregate traces, and read their spans."""
