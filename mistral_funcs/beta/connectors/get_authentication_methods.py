"""GET /v1/connectors/{connector_id_or_name}/authentication_methods."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.connectors.authentication import PublicAuthenticationMethod


@operation(
    "GET",
    "/v1/connectors/{connector_id_or_name}/authentication_methods",
    returns=JSON(list[PublicAuthenticationMethod]),
)
async def beta_connectors_get_authentication_methods(
    client: MistralCore,
    connector_id_or_name: str,
    *,
    options: RequestOptions | None = None,
) -> Result[list[PublicAuthenticationMethod], Failure]:
    """List the authentication methods of a connector.

    Args:
        client: The client that sends the request.
        connector_id_or_name: ID or name of the connector.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The authentication methods.
    """
    ...
