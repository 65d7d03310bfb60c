"""Create responses in OpenAI's format."""
