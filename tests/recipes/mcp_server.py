"""An MCP server in ten lines: `python mcp_server.py`."""

from mcp.server.mcpserver import MCPServer

server = MCPServer("warehouse")


@server.tool()
def stock(item: str) -> int:
    """Return how many of an item are in stock."""
    return {"lamp": 3, "chair": 12}.get(item, 0)


if __name__ == "__main__":
    server.run("stdio")
