"""A model that calls the tools of an MCP server until it can respond."""

import sys
from pathlib import Path

from mistral_core import MistralCore
from mistral_funcs import Tools, chat_complete, mcp_stdio, run

SERVER = Path(__file__).parent / "mcp_server.py"


async def ask(client: MistralCore, question: str, *, model: str = "mistral-large-latest") -> str:
    """Return the response to a question. The model may call the tools of the server."""
    opened = await mcp_stdio(sys.executable, str(SERVER), prefix="warehouse_")
    async with opened.unwrap() as server:
        result = await run(
            Tools(server),
            chat_complete,
            client,
            model=model,
            messages=[{"role": "user", "content": question}],
        )
    return result.unwrap().text
