"""Opening of MCP servers: processes, URLs, and connectors of Mistral."""

import math
from collections.abc import Collection, Mapping
from pathlib import Path
from ssl import SSLContext
from typing import Any, TypedDict

import attrs
from typing_extensions import Unpack

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    Ok,
    Result,
)
from mistral_core.http.messages import NO_HEADERS, check_headers
from mistral_core.http.text import in_one_line

try:
    import httpx2
    import mcp as mcp
except ModuleNotFoundError as error:
    message = "MCP servers require the extra `mcp`: pip install 'mistral-funcs[mcp]'"
    raise ModuleNotFoundError(message, name=error.name) from None

from mistral_funcs.toolkit.mcp.child_process import ChildProcess
from mistral_funcs.toolkit.mcp.connector_requests import check_segment
from mistral_funcs.toolkit.mcp.endpoints import HttpEndpoint, StdioEndpoint
from mistral_funcs.toolkit.mcp.gateway_transport import GatewayTransport
from mistral_funcs.toolkit.mcp.mcp_server import McpServer, Selection
from mistral_funcs.toolkit.mcp.session_failures import Endpoint
from mistral_funcs.toolkit.mcp.session_task import SessionTask

__all__ = ["McpOptions", "mcp_connector", "mcp_http", "mcp_sse", "mcp_stdio"]

TIMEOUT = 60.0
CONNECTOR_TIMEOUT = 300.0
"""The gateway may be silent for this long."""

CONNECT_TIMEOUT = 30.0

SESSION_URL = "https://connectors-gateway.invalid/mcp"
"""The URL of sessions with connectors, which their transport replaces."""


class McpOptions(TypedDict, total=False):
    """Options of an MCP server.

    Attributes:
        prefix: The beginning of the names of all tools. Servers with tools of the same name require
            different prefixes.
        include: Names of the tools to use, as the server has them. Defaults to all.
        exclude: Names of tools to leave out, as the server has them.
        confirm: Whether calls require confirmation: `True` for all tools, or their names as the
            server has them. Defaults to `False`.
        timeout: Time limit of a call in seconds. Defaults to 60, or 300 for a connector.
        connect_timeout: Time limit to open a session in seconds. Defaults to 30.
        media: Whether images and audio in results are passed to the model, which must support them
            in results of tools. Otherwise they are named. Defaults to `False`.
    """

    prefix: str
    include: Collection[str]
    exclude: Collection[str]
    confirm: bool | Collection[str]
    timeout: float
    connect_timeout: float
    media: bool


async def mcp_stdio(
    command: str,
    *args: str,
    env: Mapping[str, str] | None = None,
    cwd: str | Path | None = None,
    **options: Unpack[McpOptions],
) -> Result[McpServer, Failure]:
    """Start an MCP server as a child process.

    An example is `await mcp_stdio("python", "server.py")`.
    Enter the server with `async with`: leaving the block ends the process. Its standard error is
    logged at level DEBUG by the logger `mistral_funcs`.

    Args:
        command: The executable.
        args: Its arguments.
        env: Environment variables of the process. It inherits only a few, such as PATH and HOME.
        cwd: Working directory of the process.
        options: Options of the server: names, confirmation, time limits.

    Returns:
        The server, or an `Err` if it cannot be started.
    """
    process = ChildProcess(command, args, env, cwd)
    endpoint = StdioEndpoint(f"MCP server `{Path(command).name}`", process)
    result = await _open(endpoint, TIMEOUT, options)
    if isinstance(result, Err) and isinstance(result.error, APIConnectionError):
        lines = process.stderr.strip().splitlines()
        if lines:  # Only here: the model sees the messages of later failures.
            text = f"{result.error.message}. Its last output: {in_one_line(lines[-1])}"
            return Err(attrs.evolve(result.error, message=text))
    return result


async def mcp_http(
    url: str,
    *,
    headers: Mapping[str, str] = NO_HEADERS,
    auth: httpx2.Auth | None = None,
    ssl: SSLContext | bool = True,
    proxy: str | None = None,
    **options: Unpack[McpOptions],
) -> Result[McpServer, Failure]:
    """Open an MCP server with a URL.

    Enter the server with `async with`: leaving the block ends the session. A connection that breaks
    is opened again, without losing the session if the server permits it.

    Args:
        url: URL of the server, for the transport "streamable HTTP".
        headers: Headers of all requests, such as `Authorization`.
        auth: Authentication, such as an `OAuthClientProvider` of `mcp.client.auth`.
        ssl: TLS context. `False` accepts any certificate.
        proxy: URL of a proxy. Defaults to that of the environment.
        options: Options of the server: names, confirmation, time limits.

    Returns:
        The server, or an `Err` if it cannot be reached or refuses the session.
    """
    return await _open_url(url, headers, auth, proxy, options, ssl=ssl, sse=False)


async def mcp_sse(
    url: str,
    *,
    headers: Mapping[str, str] = NO_HEADERS,
    auth: httpx2.Auth | None = None,
    ssl: SSLContext | bool = True,
    proxy: str | None = None,
    **options: Unpack[McpOptions],
) -> Result[McpServer, Failure]:
    """Open an MCP server with a URL, for the older transport SSE.

    Enter the server with `async with`: leaving the block ends the session. A message of the server
    has at most 1 MiB.

    Args:
        url: URL of the stream of events.
        headers: Headers of all requests, such as `Authorization`.
        auth: Authentication, such as an `OAuthClientProvider` of `mcp.client.auth`.
        ssl: TLS context. `False` accepts any certificate.
        proxy: URL of a proxy. Defaults to that of the environment.
        options: Options of the server: names, confirmation, time limits.

    Returns:
        The server, or an `Err` if it cannot be reached or refuses the session.
    """
    return await _open_url(url, headers, auth, proxy, options, ssl=ssl, sse=True)


async def mcp_connector(
    client: MistralCore,
    connector: str,
    *,
    credentials_name: str | None = None,
    **options: Unpack[McpOptions],
) -> Result[McpServer, Failure]:
    """Open the MCP server of a connector, through Mistral's connectors gateway.

    Enter the server with `async with`: leaving the block ends the session. Requests are sent by the
    client, with its key, server URL, proxy, TLS and hooks. Redirects are not followed.

    Args:
        client: The client to use. Close it after the server.
        connector: Name or id of the connector.
        credentials_name: Name of the credentials to use. Defaults to those of the connector.
        options: Options of the server: names, confirmation, time limits.

    Returns:
        The server, or an `Err`. `gateway_error` describes an error of the gateway itself.
    """
    try:
        check_segment("connector", connector)
    except InvalidRequestError as failure:
        return Err(failure.with_traceback(None))

    def settings() -> Mapping[str, Any]:
        return {"transport": GatewayTransport(client, connector, credentials_name)}

    name = f"Connector `{connector}`"
    endpoint = HttpEndpoint(name, SESSION_URL, settings, redirects=False)
    return await _open(endpoint, CONNECTOR_TIMEOUT, options)


async def _open_url(
    url: str,
    headers: Mapping[str, str],
    auth: httpx2.Auth | None,
    proxy: str | None,
    options: McpOptions,
    *,
    ssl: SSLContext | bool,
    sse: bool,
) -> Result[McpServer, Failure]:
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


async def _open(
    endpoint: Endpoint, default_timeout: float, options: McpOptions
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
