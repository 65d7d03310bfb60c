"""GET /v1/connectors/{connector_id_or_name}/auth_url."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.connectors.authentication import (
    AuthURLResponse,
    OutboundAuthenticationType,
)


@operation("GET", "/v1/connectors/{connector_id_or_name}/auth_url", returns=JSON(AuthURLResponse))
async def beta_connectors_get_auth_url(
    client: MistralCore,
    connector_id_or_name: str,
    *,
    app_return_url: str | None = None,
    method_type: OutboundAuthenticationType | None = None,
    credentials_name: str | None = None,
    credentials_title: str | None = None,
    github_installation_link: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[AuthURLResponse, Failure]:
    """Get the URL where a user authorizes a connector.

    Args:
        client: The client that sends the request.
        connector_id_or_name: ID or name of the connector.
        app_return_url: URL to return to after the authorization.
        method_type: How the connector authenticates. Defaults to `"oauth2"`.
        credentials_name: Name of the credentials to use.
        credentials_title: Title of the credentials, at most 255 characters.
        github_installation_link: Whether to return the link that installs the GitHub app. Defaults
            to false.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The URL, with its lifetime.
    """
    ...
