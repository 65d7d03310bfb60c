"""DELETE /v1/connectors/{connector_id_or_name}/user/credentials."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.connectors.connector import MessageResponse


@operation(
    "DELETE",
    "/v1/connectors/{connector_id_or_name}/user/credentials",
    returns=JSON(MessageResponse),
)
async def beta_connectors_delete_all_user_credentials(
    client: MistralCore,
    connector_id_or_name: str,
    *,
    options: RequestOptions | None = None,
) -> Result[MessageResponse, Failure]:
    """Delete all credentials of the user for a connector.

    Args:
        client: The client that sends the request.
        connector_id_or_name: ID or name of the connector.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A confirmation.
    """
    ...
