"""Connect tools of MCP servers and HTTP APIs, with their credentials."""
