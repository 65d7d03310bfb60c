"""Create responses in the format of OpenAI."""
