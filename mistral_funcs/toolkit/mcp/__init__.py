"""Tools of MCP servers, and Mistral's connectors gateway."""
