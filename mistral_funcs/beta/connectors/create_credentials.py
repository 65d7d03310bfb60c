"""POST /v1/connectors/{connector_id_or_name}/{consumer_scope}/credentials."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.connectors.authentication import (
    ConnectionCredentialsInput,
    ConsumerScope,
)
from mistral_funcs.schemas.beta.connectors.connector import MessageResponse


@operation(
    "POST",
    "/v1/connectors/{connector_id_or_name}/{consumer_scope}/credentials",
    returns=JSON(MessageResponse),
)
async def beta_connectors_create_credentials(
    client: MistralCore,
    connector_id_or_name: str,
    consumer_scope: ConsumerScope,
    *,
    name: str,
    title: str | None | Unset = UNSET,
    is_default: bool | None | Unset = UNSET,
    credentials: ConnectionCredentialsInput | Mapping[str, Any] | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[MessageResponse, Failure]:
    """Create credentials for a connector.

    Args:
        client: The client that sends the request.
        connector_id_or_name: ID or name of the connector.
        consumer_scope: Scope: user, workspace or organization.
        name: Name of the credentials.
        title: Title of the credentials.
        is_default: Whether these credentials are used by default.
        credentials: The credentials.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A confirmation.
    """
    ...
