"""A model that calls the tools of an MCP server, until it has what it needs."""

import json
import sys
from pathlib import Path

from mistral_core import MistralCore
from mistral_funcs import McpServer, chat_complete, mcp_stdio
from mistral_funcs.schemas import ChatCompletionRequestMessage

SERVER = Path(__file__).parent / "mcp_server.py"


async def ask(client: MistralCore, question: str, *, model: str = "mistral-large-latest") -> str:
    """Return the response to a question, for which the model may call the tools of the server."""
    opened = await mcp_stdio(sys.executable, str(SERVER), prefix="warehouse_")
    async with opened.unwrap() as server:
        return await _converse(client, server, model, question)


async def _converse(client: MistralCore, server: McpServer, model: str, question: str) -> str:
    messages: list[ChatCompletionRequestMessage] = [{"role": "user", "content": question}]
    while True:
        tools = {tool.definition.name: tool for tool in server.current_tools()}
        result = await chat_complete(
            client,
            model=model,
            messages=messages,
            tools=[{"type": "function", "function": tool.definition} for tool in tools.values()],
        )
        response = result.unwrap()
        message = response.choices[0].message
        if message is None or not message.tool_calls:
            return response.text
        messages.append(message)
        for call in message.tool_calls:
            arguments = call.function.arguments
            output = await tools[call.function.name].run(
                json.loads(arguments) if isinstance(arguments, str) else arguments
            )
            messages.append({"role": "tool", "tool_call_id": call.id, "content": output})
