"""GET /v1/connectors/{connector_id_or_name}/tools."""

from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.connectors.mcp import MCPTool


@operation(
    "GET",
    "/v1/connectors/{connector_id_or_name}/tools",
    returns=JSON(list[MCPTool | dict[str, Any]]),
)
async def beta_connectors_list_tools(
    client: MistralCore,
    connector_id_or_name: str,
    *,
    page_size: int | None = None,
    refresh: bool | None = None,
    pretty: bool | None = None,
    credentials_name: str | None = None,
    options: RequestOptions | None = None,
) -> Result[list[MCPTool | dict[str, Any]], Failure]:
    """List the tools of a connector.

    Args:
        client: The client that sends the request.
        connector_id_or_name: ID or name of the connector.
        page_size: Maximum number of tools to return. Defaults to 100.
        refresh: Whether to fetch the tools from the server again. Defaults to false.
        pretty: Whether to format the tools. This changes the structure of the items. Defaults to
            false.
        credentials_name: Name of the credentials to use.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The tools. With `pretty`, a tool without a `name` is a mapping.
    """
    ...
