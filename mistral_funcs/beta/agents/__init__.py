"""Create, version, list and delete agents."""
