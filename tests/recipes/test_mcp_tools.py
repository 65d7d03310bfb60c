"""The MCP recipe: the sandbox's model calls a tool of a real server."""

from mistral_core import MistralCore
from mistral_funcs.sandbox import Sandbox
from tests.recipes.mcp_tools import ask


async def test_model_uses_the_tool_of_the_server() -> None:
    """Its result is sent to the model, which then responds."""
    sandbox = Sandbox()
    async with MistralCore(transport=sandbox) as client:
        text = await ask(client, "Use warehouse_stock: how many lamps are there?")
    assert text
    last = sandbox.requests[-1]
    assert '"role":"tool"' in str(last.body)
