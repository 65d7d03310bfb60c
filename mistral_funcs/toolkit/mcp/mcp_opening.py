"""Opening of MCP servers: processes, URLs, and connectors of Mistral."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from ssl import SSLContext
from types import ModuleType
from typing import TYPE_CHECKING, TypedDict, Unpack

from mistral_core import Failure, MistralCore, Result
from mistral_core.http.headers import NO_HEADERS
from mistral_funcs.toolkit.mcp.mcp_server import McpServer

if TYPE_CHECKING:
    import httpx2

__all__ = ["McpOptions", "mcp_connector", "mcp_http", "mcp_sse", "mcp_stdio"]


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
    opened: Result[McpServer, Failure] = await _sessions().open_process(
        command, args, env, cwd, options
    )
    return opened


async def mcp_http(
    url: str,
    *,
    headers: Mapping[str, str] = NO_HEADERS,
    auth: "httpx2.Auth | None" = None,
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
    opened: Result[McpServer, Failure] = await _sessions().open_url(
        url, headers, auth, proxy, options, ssl=ssl, sse=False
    )
    return opened


async def mcp_sse(
    url: str,
    *,
    headers: Mapping[str, str] = NO_HEADERS,
    auth: "httpx2.Auth | None" = None,
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
    opened: Result[McpServer, Failure] = await _sessions().open_url(
        url, headers, auth, proxy, options, ssl=ssl, sse=True
    )
    return opened


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
        connector: Name or ID of the connector.
        credentials_name: Name of the credentials to use. Defaults to those of the connector.
        options: Options of the server: names, confirmation, time limits.

    Returns:
        The server, or an `Err`. `gateway_error` describes an error of the gateway itself.
    """
    opened: Result[McpServer, Failure] = await _sessions().open_connector(
        client, connector, credentials_name, options
    )
    return opened


def _sessions() -> ModuleType:
    """Return the module that opens sessions.

    Raises:
        ModuleNotFoundError: The package `mcp` is not installed.
    """
    try:
        from mistral_funcs.toolkit.mcp import session_opening  # noqa: PLC0415
    except ModuleNotFoundError as error:
        message = "MCP servers require the package `mcp`, which the extra `mcp` installs"
        raise ModuleNotFoundError(message, name=error.name) from None
    return session_opening


with suppress(ModuleNotFoundError):  # Loads `mcp` here rather than on the event loop.
    _sessions()
