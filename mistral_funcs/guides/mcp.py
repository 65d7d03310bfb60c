r'''MCP servers and connectors: their tools in your runs.

With the extra `mcp` (`pip install '.[mcp]'` in a checkout), a run uses the tools of an MCP server
beside your own functions. `mcp_stdio` starts the server as a child process:

```python
import asyncio
import sys

from mistral_core import MistralCore
from mistral_funcs import Tools, chat_complete, mcp_stdio, run

SERVER = """
from mcp.server.mcpserver import MCPServer

server = MCPServer("warehouse")

@server.tool()
def count_items(item: str) -> str:
    return f"There are 7 {item}s."

server.run("stdio")
"""


async def main() -> None:
    opened = await mcp_stdio(sys.executable, "-c", SERVER, prefix="warehouse_")
    async with opened.unwrap() as server, MistralCore() as client:
        result = await run(
            Tools(server),
            chat_complete,
            client,
            model="mistral-large-latest",
            messages=[{"role": "user", "content": "Use warehouse_count_items: lamp"}],
        )
        print(result.unwrap().text)


asyncio.run(main())
```

`mcp_http` and `mcp_sse` open a server by URL, with headers and an `auth` of the package `mcp`.
`mcp_connector` opens a connector of Mistral through the connectors gateway:

```python
from mistral_core import MistralCore
from mistral_funcs import Tools, chat_complete, mcp_connector, mcp_http, run


async def ask(client: MistralCore, question: str) -> str:
    messages = [{"role": "user", "content": question}]
    docs = await mcp_http("https://example.com/mcp", headers={"authorization": "Bearer ..."})
    github = await mcp_connector(client, "github", confirm=["create_issue"])
    async with docs.unwrap() as docs_server, github.unwrap() as github_server:
        tools = Tools(docs_server, github_server)
        result = await run(
            tools, chat_complete, client, model="mistral-large-latest", messages=messages
        )
        return result.unwrap().text
```

- Each function returns a `Result` with an `McpServer`, a source of tools for `Tools`. The keywords
  of `McpOptions` select tools, rename them, and require confirmation.
- If a server dies, hangs or is slow, the call fails and the run continues. A process that died is
  started again for the next call.
- A `prefix` distinguishes tools of the same name on two servers.
- `connector_request(client, connector, "GET", "path")` sends any HTTP request to a connector and
  returns a `ConnectorResponse`. `gateway_error(error)` returns a `GatewayError` if the gateway
  itself failed, and `None` if the error is the connector's.
'''
