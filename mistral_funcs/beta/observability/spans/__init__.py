"""Search and aggregate spans and their evaluations."""
