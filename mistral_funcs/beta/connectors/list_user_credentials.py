"""GET /v1/connectors/{connector_id_or_name}/user/credentials."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.connectors.authentication import (
    CredentialsResponse,
    OutboundAuthenticationType,
)


@operation(
    "GET",
    "/v1/connectors/{connector_id_or_name}/user/credentials",
    returns=JSON(CredentialsResponse),
)
async def beta_connectors_list_user_credentials(
    client: MistralCore,
    connector_id_or_name: str,
    *,
    auth_type: OutboundAuthenticationType | None = None,
    fetch_default: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[CredentialsResponse, Failure]:
    """List the credentials of the user for a connector.

    Args:
        client: The client that sends the request.
        connector_id_or_name: ID or name of the connector.
        auth_type: Return only the credentials of this authentication method.
        fetch_default: Whether to include default credentials.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The credentials, without secrets.
    """
    ...
