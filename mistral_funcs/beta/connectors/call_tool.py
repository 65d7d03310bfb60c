"""POST /v1/connectors/{connector_id_or_name}/tools/{tool_name}/call."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.connectors.tool_calls import ConnectorToolCallResponse


@operation(
    "POST",
    "/v1/connectors/{connector_id_or_name}/tools/{tool_name}/call",
    returns=JSON(ConnectorToolCallResponse),
    query=["credentials_name"],
)
async def beta_connectors_call_tool(
    client: MistralCore,
    connector_id_or_name: str,
    tool_name: str,
    *,
    credentials_name: str | None = None,
    arguments: Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Result[ConnectorToolCallResponse, Failure]:
    """Call a tool of a connector.

    Deprecated by the API.

    Args:
        client: The client that sends the request.
        connector_id_or_name: ID or name of the connector.
        tool_name: Name of the tool.
        credentials_name: Name of the credentials to use.
        arguments: Arguments of the tool.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The result of the tool, which may be an error. `text` is its text.
    """
    ...
