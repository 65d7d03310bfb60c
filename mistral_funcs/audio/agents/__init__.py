"""Create, version, list and delete voice agents."""
