"""Sessions with servers: opens them, and checks the options."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from ssl import SSLContext
from typing import Any

import attrs
import httpx2

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    Ok,
    Result,
)
from mistral_core.http.headers import check_headers
from mistral_core.http.text import in_one_line
from mistral_funcs.toolkit.mcp.child_process import ChildProcess
from mistral_funcs.toolkit.mcp.connector_requests import check_segment
from mistral_funcs.toolkit.mcp.endpoints import HttpEndpoint, StdioEndpoint
from mistral_funcs.toolkit.mcp.gateway_transport import GatewayTransport
from mistral_funcs.toolkit.mcp.mcp_server import McpServer, Selection
from mistral_funcs.toolkit.mcp.session_failures import Endpoint
from mistral_funcs.toolkit.mcp.session_task import SessionTask

TIMEOUT = 60.0
CONNECTOR_TIMEOUT = 300.0
"""The gateway may be silent for this long."""

CONNECT_TIMEOUT = 30.0

SESSION_URL = "https://connectors-gateway.invalid/mcp"
"""The URL of sessions with connectors, which their transport replaces."""


async def open_process(
    command: str,
    args: Sequence[str],
    env: Mapping[str, str] | None,
    cwd: str | Path | None,
    options: Mapping[str, Any],
) -> Result[McpServer, Failure]:
    """Start a server in a child process."""
    process = ChildProcess(command, args, env, cwd)
    endpoint = StdioEndpoint(f"MCP server `{Path(command).name}`", process)
    result = await _open(endpoint, TIMEOUT, options)
    if isinstance(result, Err) and isinstance(result.error, APIConnectionError):
        lines = process.stderr.strip().splitlines()
        if lines:  # Only here: the model sees the messages of later failures.
            text = f"{result.error.message}. Its last output: {in_one_line(lines[-1])}"
            return Err(attrs.evolve(result.error, message=text))
    return result


async def open_url(
    url: str,
    headers: Mapping[str, str],
    auth: httpx2.Auth | None,
    proxy: str | None,
    options: Mapping[str, Any],
    *,
    ssl: SSLContext | bool,
    sse: bool,
) -> Result[McpServer, Failure]:
    """Open a server with a URL."""
    try:
        host = httpx2.URL(url).host
        checked = check_headers(headers)
        if not host or not url.startswith(("http://", "https://")):
            raise ValueError("`url` must begin with http:// or https:// and a host")  # noqa: TRY301
    except (httpx2.InvalidURL, ValueError) as fault:
        return Err(InvalidRequestError(f"The MCP server cannot be opened: {fault}", "url"))

    def settings() -> Mapping[str, Any]:
        return {"headers": checked, "auth": auth, "verify": ssl, "proxy": proxy}

    endpoint = HttpEndpoint(f"MCP server at {host}", url, settings, sse=sse)
    return await _open(endpoint, TIMEOUT, options)


async def open_connector(
    client: MistralCore, connector: str, credentials_name: str | None, options: Mapping[str, Any]
) -> Result[McpServer, Failure]:
    """Open the server of a connector."""
    try:
        check_segment("connector", connector)
    except InvalidRequestError as failure:
        return Err(failure.with_traceback(None))

    def settings() -> Mapping[str, Any]:
        return {"transport": GatewayTransport(client, connector, credentials_name)}

    name = f"Connector `{connector}`"
    endpoint = HttpEndpoint(name, SESSION_URL, settings, redirects=False)
    return await _open(endpoint, CONNECTOR_TIMEOUT, options)


async def _open(
    endpoint: Endpoint, default_timeout: float, options: Mapping[str, Any]
) -> Result[McpServer, Failure]:
    """Open a session, and check that it has the tools that the options name."""
    given: dict[str, Any] = {"timeout": default_timeout, **options}
    connect_timeout = given.pop("connect_timeout", CONNECT_TIMEOUT)
    for name, value in (("timeout", given["timeout"]), ("connect_timeout", connect_timeout)):
        if not 0 < value < math.inf:
            text = f"`{name}` must be positive and finite, got {value!r}"
            return Err(InvalidRequestError(text, name))
    session = SessionTask(endpoint, connect_timeout)
    failure = await session.open()
    if failure is not None:
        return Err(failure)
    server = McpServer(endpoint.name, session, Selection(**given))
    names = {*session.rejected, *(tool.name for tool in session.tools)}
    for key, name in Selection(**given).unknown(names):
        await server.aclose()
        text = f"`{key}` names a tool that {endpoint.name} does not have: {name!r}"
        return Err(InvalidRequestError(text, key))
    return Ok(server)
