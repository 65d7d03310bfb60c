"""Create, version, list and delete prompts."""
