"""GET /v1/connectors/{connector_id_or_name}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.connectors.connector import Connector


@operation("GET", "/v1/connectors/{connector_id_or_name}", returns=JSON(Connector))
async def beta_connectors_get(
    client: MistralCore,
    connector_id_or_name: str,
    *,
    fetch_user_data: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[Connector, Failure]:
    """Get a connector.

    Args:
        client: The client that sends the request.
        connector_id_or_name: ID or name of the connector.
        fetch_user_data: Whether to include the credentials and preferences of the user.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The connector.
    """
    ...
