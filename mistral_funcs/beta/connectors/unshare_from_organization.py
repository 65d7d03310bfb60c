"""DELETE /v1/connectors/{connector_id}/organization/share."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.connectors.connector import MessageResponse


@operation(
    "DELETE", "/v1/connectors/{connector_id}/organization/share", returns=JSON(MessageResponse)
)
async def beta_connectors_unshare_from_organization(
    client: MistralCore,
    connector_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[MessageResponse, Failure]:
    """Stop sharing a connector with the organization.

    Args:
        client: The client that sends the request.
        connector_id: ID of the connector.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A confirmation.
    """
    ...
