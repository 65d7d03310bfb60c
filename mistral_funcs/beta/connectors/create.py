"""POST /v1/connectors."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.connectors.connector import (
    Connector,
    CreateConnectorRequest,
    CreateHTTPConnectorRequest,
)


@operation("POST", "/v1/connectors", returns=JSON(Connector), body="connector")
async def beta_connectors_create(
    client: MistralCore,
    *,
    connector: CreateConnectorRequest | CreateHTTPConnectorRequest | Mapping[str, Any],
    options: RequestOptions | None = None,
) -> Result[Connector, Failure]:
    """Create a connector.

    Args:
        client: The client that sends the request.
        connector: The connector, to an MCP server or to an HTTP API.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The new connector.
    """
    ...
