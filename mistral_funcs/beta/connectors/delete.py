"""DELETE /v1/connectors/{connector_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.connectors.connector import MessageResponse


@operation("DELETE", "/v1/connectors/{connector_id}", returns=JSON(MessageResponse))
async def beta_connectors_delete(
    client: MistralCore,
    connector_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[MessageResponse, Failure]:
    """Delete a connector.

    Args:
        client: The client that sends the request.
        connector_id: ID of the connector.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A confirmation.
    """
    ...
