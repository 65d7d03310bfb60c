"""POST /v1/connectors/{connector_id}/{consumer_scope}/activate."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.connectors.authentication import ConsumerScope
from mistral_funcs.schemas.beta.connectors.connector import MessageResponse


@operation(
    "POST", "/v1/connectors/{connector_id}/{consumer_scope}/activate", returns=JSON(MessageResponse)
)
async def beta_connectors_activate_for_consumer(
    client: MistralCore,
    connector_id: str,
    consumer_scope: ConsumerScope,
    *,
    options: RequestOptions | None = None,
) -> Result[MessageResponse, Failure]:
    """Activate a connector for a user, workspace or organization.

    Args:
        client: The client that sends the request.
        connector_id: ID of the connector.
        consumer_scope: Scope: user, workspace or organization.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A confirmation.
    """
    ...
