"""PATCH /v1/connectors/{connector_id}."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.connectors.connector import (
    Connector,
    ConnectorMCPPublicUpdate,
    UpdateHTTPConnectorRequest,
)


@operation("PATCH", "/v1/connectors/{connector_id}", returns=JSON(Connector), body="connector")
async def beta_connectors_update(
    client: MistralCore,
    connector_id: str,
    *,
    connector: ConnectorMCPPublicUpdate | UpdateHTTPConnectorRequest | Mapping[str, Any],
    options: RequestOptions | None = None,
) -> Result[Connector, Failure]:
    """Update a connector.

    Args:
        client: The client that sends the request.
        connector_id: ID of the connector.
        connector: The changes.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated connector.
    """
    ...
