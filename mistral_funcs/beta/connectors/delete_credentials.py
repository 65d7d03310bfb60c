"""DELETE /v1/connectors/{connector_id_or_name}/{consumer_scope}/credentials/{credentials_name}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.connectors.authentication import ConsumerScope
from mistral_funcs.schemas.beta.connectors.connector import MessageResponse


@operation(
    "DELETE",
    "/v1/connectors/{connector_id_or_name}/{consumer_scope}/credentials/{credentials_name}",
    returns=JSON(MessageResponse),
)
async def beta_connectors_delete_credentials(
    client: MistralCore,
    connector_id_or_name: str,
    consumer_scope: ConsumerScope,
    credentials_name: str,
    *,
    options: RequestOptions | None = None,
) -> Result[MessageResponse, Failure]:
    """Delete credentials for a connector.

    Args:
        client: The client that sends the request.
        connector_id_or_name: ID or name of the connector.
        consumer_scope: Scope: user, workspace or organization.
        credentials_name: Name of the credentials.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A confirmation.
    """
    ...
