"""Create responses with the Responses API of OpenAI."""
