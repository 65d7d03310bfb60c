"""A well-behaved server with all features, written with the package `mcp`."""

import asyncio
import os
import sys
from typing import Annotated, Any

from mcp.server.mcpserver import Context, MCPServer
from mcp_types import (
    AudioContent,
    BlobResourceContents,
    CallToolResult,
    EmbeddedResource,
    ImageContent,
    ResourceLink,
    TextContent,
    TextResourceContents,
)
from pydantic import Field

server = MCPServer("real", instructions="Add before you multiply.")


@server.tool()
def add(a: Annotated[int, Field(description="The first number")], b: int = 1) -> int:
    """Add two numbers."""
    return a + b


@server.tool(name="shout.loudly")
def shout(text: str) -> str:
    """Return text in capitals. The tool's name has a dot, which the API refuses."""
    return text.upper()


@server.tool()
def fail(text: str) -> str:
    """Raise an error."""
    raise ValueError(text)


@server.tool()
def refuse() -> CallToolResult:
    """Return an error with structured content."""
    return CallToolResult(
        content=[TextContent(text="Ask for less.")],
        structured_content={"limit": 3},
        is_error=True,
    )


@server.tool()
def media() -> list[Any]:
    """Return each kind of content."""
    return [
        TextContent(text="Here:"),
        ImageContent(data="aW1hZ2U=", mime_type="image/png"),
        AudioContent(data="YXVkaW8=", mime_type="audio/wav"),
        ResourceLink(name="notes", uri="file:///notes.txt", mime_type="text/plain"),
        EmbeddedResource(resource=TextResourceContents(uri="file:///a.txt", text="Text of a.")),
        EmbeddedResource(
            resource=BlobResourceContents(
                uri="file:///b.bin", blob="YmxvYg==", mime_type="application/zip"
            )
        ),
    ]


@server.tool()
async def sleep(seconds: float) -> str:
    """Sleep."""
    await asyncio.sleep(seconds)
    return "awake"


@server.tool()
def huge(megabytes: int) -> CallToolResult:
    """Return a large text."""
    return CallToolResult(content=[TextContent(text="x" * megabytes * 2**20)])


@server.tool()
async def learn(context: Context) -> str:
    """Add a tool, and report it."""
    server.add_tool(lambda: "new", name="learned", description="A new tool.")
    await context.session.send_tool_list_changed()
    return "ok"


@server.tool()
def die() -> None:
    """End the process without a response."""
    os._exit(3)


@server.tool()
def environment() -> list[str]:
    """Return the names of the environment variables."""
    return sorted(os.environ)


if __name__ == "__main__":
    sys.stderr.write("a line for whoever watches the server\n")
    sys.stderr.flush()
    server.run("stdio")
