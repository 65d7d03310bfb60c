"""Authentication methods and credentials of connectors."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unknown, Unset

OutboundAuthenticationType: TypeAlias = (
    Literal["oauth2", "bearer", "none", "github_app", "slack_app"] | str
)
"""How a connector authenticates. Other values are accepted."""


ConsumerScope: TypeAlias = Literal["user", "workspace", "organization"] | str
"""Who uses a connector or its credentials. Other values are accepted."""


ResourceOwner: TypeAlias = Literal["org", "system", "user", "workspace"] | str
"""Kind of resource owner. Other values are accepted."""


TokenEndpointAuthMethod: TypeAlias = (
    Literal["client_secret_basic", "client_secret_post", "private_key_jwt"] | str
)
"""How a client authenticates at a token endpoint. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class GlobalHeaderValue(Schema):
    """A header that is sent with every request of a connector.

    Attributes:
        value: Value of the header. Not part of the repr.
        is_secret: Whether the value is a secret. Defaults to true.
    """

    value: str = attrs.field(repr=False)
    is_secret: bool | None = None


@final
@attrs.frozen(kw_only=True)
class ConnectorAuthenticationHeader(Schema):
    """A header that a user of a connector must set.

    Attributes:
        name: Name of the header.
        is_required: Whether the header is required. Defaults to true.
        is_secret: Whether the value is a secret. Defaults to true.
    """

    name: str
    is_required: bool | None = None
    is_secret: bool | None = None


@final
@attrs.frozen(kw_only=True)
class ExtendedOAuthServerMetadata(Schema):
    """Metadata of an OAuth authorization server (RFC 8414).

    Attributes:
        issuer: Issuer identifier of the server.
        token_endpoint: URL of the token endpoint.
        authorization_endpoint: URL of the authorization endpoint.
        registration_endpoint: URL of the registration endpoint.
        scopes_supported: Scopes supported by the server.
        response_types_supported: Response types supported by the server.
        response_modes_supported: Response modes supported by the server.
        grant_types_supported: Grant types supported by the server.
        token_endpoint_auth_methods_supported: Authentication methods of the token endpoint.
        token_endpoint_auth_signing_alg_values_supported: Signing algorithms of the token endpoint.
        service_documentation: URL of the documentation.
        ui_locales_supported: Languages of the user interface.
        op_policy_uri: URL of the policy.
        op_tos_uri: URL of the terms of service.
        revocation_endpoint: URL of the revocation endpoint.
        revocation_endpoint_auth_methods_supported: Authentication methods of the revocation
            endpoint.
        revocation_endpoint_auth_signing_alg_values_supported: Signing algorithms of the revocation
            endpoint.
        introspection_endpoint: URL of the introspection endpoint.
        introspection_endpoint_auth_methods_supported: Authentication methods of the introspection
            endpoint.
        introspection_endpoint_auth_signing_alg_values_supported: Signing algorithms of the
            introspection endpoint.
        code_challenge_methods_supported: PKCE code challenge methods supported by the server.
        client_id_metadata_document_supported: Whether client ID metadata documents are supported.
        authorization_response_iss_parameter_supported: Whether authorization responses contain the
            issuer.
        authorization_grant_profiles_supported: Authorization grant profiles supported by the
            server.
        x_source: Where the metadata comes from.
        x_resource_url: URL of the protected resource.
        x_scope: Scopes to request.
    """

    issuer: str
    token_endpoint: str
    authorization_endpoint: str | None = None
    registration_endpoint: str | None = None
    scopes_supported: list[str] | None = None
    response_types_supported: list[str] | None = None
    response_modes_supported: list[str] | None = None
    grant_types_supported: list[str] | None = None
    token_endpoint_auth_methods_supported: list[str] | None = None
    token_endpoint_auth_signing_alg_values_supported: list[str] | None = None
    service_documentation: str | None = None
    ui_locales_supported: list[str] | None = None
    op_policy_uri: str | None = None
    op_tos_uri: str | None = None
    revocation_endpoint: str | None = None
    revocation_endpoint_auth_methods_supported: list[str] | None = None
    revocation_endpoint_auth_signing_alg_values_supported: list[str] | None = None
    introspection_endpoint: str | None = None
    introspection_endpoint_auth_methods_supported: list[str] | None = None
    introspection_endpoint_auth_signing_alg_values_supported: list[str] | None = None
    code_challenge_methods_supported: list[str] | None = None
    client_id_metadata_document_supported: bool | None = None
    authorization_response_iss_parameter_supported: bool | None = None
    authorization_grant_profiles_supported: list[str] | None = None
    x_source: Literal["autodiscovery", "provided"] | str | None = None
    x_resource_url: str | None = None
    x_scope: str | None = None


@final
@attrs.frozen(kw_only=True)
class AuthData(Schema):
    """An OAuth client.

    Attributes:
        client_id: ID of the client.
        client_secret: Secret of the client. Not part of the repr.
        client_scopes: Scopes to request.
    """

    client_id: str
    client_secret: str | None | Unset = attrs.field(default=UNSET, repr=False)
    client_scopes: Sequence[str] | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class BearerAuthMethod(Schema):
    """Authentication with a bearer token.

    Attributes:
        method_type: `"bearer"`.
        headers: Headers that users must set.
    """

    method_type: Literal["bearer"] = "bearer"
    headers: Sequence[ConnectorAuthenticationHeader | Mapping[str, Any]] | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class NoneAuthMethod(Schema):
    """No authentication.

    Attributes:
        method_type: `"none"`.
        headers: Headers that users must set.
    """

    method_type: Literal["none"] = "none"
    headers: Sequence[ConnectorAuthenticationHeader | Mapping[str, Any]] | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class OAuth2AuthorizationCodeAuthMethod(Schema):
    """OAuth 2 with an authorization code, which a user obtains in the browser.

    Attributes:
        auth_data: The OAuth client.
        method_type: `"oauth2"`.
        headers: Headers that users must set.
        grant_type: `"authorization_code"`.
        oauth2_server_metadata: Metadata of the authorization server.
    """

    auth_data: AuthData | Mapping[str, Any]
    method_type: Literal["oauth2"] = "oauth2"
    headers: Sequence[ConnectorAuthenticationHeader | Mapping[str, Any]] | None | Unset = UNSET
    grant_type: Literal["authorization_code"] = "authorization_code"
    oauth2_server_metadata: ExtendedOAuthServerMetadata | Mapping[str, Any] | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class OAuth2ClientCredentialsAuthMethod(Schema):
    """OAuth 2 with client credentials.

    Attributes:
        token_endpoint_auth_method: How the client authenticates at the token endpoint.
        oauth2_server_metadata: Metadata of the authorization server.
        method_type: `"oauth2"`.
        headers: Headers that users must set.
        grant_type: `"client_credentials"`.
    """

    token_endpoint_auth_method: TokenEndpointAuthMethod
    oauth2_server_metadata: ExtendedOAuthServerMetadata | Mapping[str, Any]
    method_type: Literal["oauth2"] = "oauth2"
    headers: Sequence[ConnectorAuthenticationHeader | Mapping[str, Any]] | None | Unset = UNSET
    grant_type: Literal["client_credentials"] = "client_credentials"


AuthMethod: TypeAlias = (
    BearerAuthMethod
    | NoneAuthMethod
    | OAuth2AuthorizationCodeAuthMethod
    | OAuth2ClientCredentialsAuthMethod
    | Mapping[str, Any]
)
"""An authentication method of a new connector, discriminated by `method_type` and `grant_type`."""


@final
@attrs.frozen(kw_only=True)
class Oauth2MetadataSecrets(Schema):
    """A registered OAuth client.

    Attributes:
        client_id: ID of the client.
        client_secret: Secret of the client. Not part of the repr.
        client_id_issued_at: When the client was registered, in seconds since the Unix epoch.
        client_secret_expires_at: When the secret expires, in seconds since the Unix epoch. 0 if it
            never expires.
    """

    client_id: str | None | Unset = UNSET
    client_secret: str | None | Unset = attrs.field(default=UNSET, repr=False)
    client_id_issued_at: int | None | Unset = UNSET
    client_secret_expires_at: int | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class AuthenticationMethodCreateOrUpdateRequest(Schema):
    """An authentication method to create or update.

    Attributes:
        method_type: How the connector authenticates.
        headers: Headers that users must set.
        global_headers: Headers that are sent with every request, by name.
        oauth2_metadata_secrets: The registered OAuth client.
        oauth2_server_metadata: Metadata of the authorization server.
    """

    method_type: OutboundAuthenticationType
    headers: Sequence[ConnectorAuthenticationHeader | Mapping[str, Any]] | None | Unset = UNSET
    global_headers: Mapping[str, GlobalHeaderValue | Mapping[str, Any]] | None = None
    oauth2_metadata_secrets: Oauth2MetadataSecrets | Mapping[str, Any] | None | Unset = UNSET
    oauth2_server_metadata: ExtendedOAuthServerMetadata | Mapping[str, Any] | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class PublicAuthenticationMethod(Schema):
    """An authentication method of a connector, without secrets.

    Attributes:
        method_type: How the connector authenticates.
        headers: Headers that users must set.
        global_headers: Headers that are sent with every request, by name.
        has_default_credentials: Whether the connector has default credentials.
        grant_type: OAuth grant type.
        token_endpoint_auth_method: How the client authenticates at the token endpoint.
        oauth2_server_metadata: Metadata of the authorization server.
    """

    method_type: OutboundAuthenticationType | None = None
    headers: list[ConnectorAuthenticationHeader | Unknown] | None = None
    global_headers: dict[str, GlobalHeaderValue] | None = None
    has_default_credentials: bool = False
    grant_type: Literal["authorization_code", "client_credentials"] | str | None = None
    token_endpoint_auth_method: TokenEndpointAuthMethod | None = None
    oauth2_server_metadata: ExtendedOAuthServerMetadata | None = None


@final
@attrs.frozen(kw_only=True)
class CredentialsStatus(Schema):
    """Result of the last check of credentials.

    Attributes:
        status_type: Whether the credentials are valid.
        last_checked_at: When the credentials were last checked.
        error_http_code: HTTP status of the error.
        error_message: What went wrong.
    """

    status_type: Literal["valid", "invalid", "error"] | str | None = None
    last_checked_at: datetime | None = None
    error_http_code: int | None = None
    error_message: (
        Literal[
            "oauth expired",
            "oauth near expiry",
            "empty credentials",
            "blank bearer token",
            "unparsable credentials",
            "you need to reconnect",
            "oauth refresh error",
            "MCP server unreachable",
            "MCP server timed out",
            "MCP server error",
            "unknown error",
        ]
        | str
        | None
    ) = None


@final
@attrs.frozen(kw_only=True)
class AuthenticationConfiguration(Schema):
    """Credentials for a connector, without secrets.

    Attributes:
        name: Name of the credentials.
        authentication_type: How the credentials authenticate.
        scope: Who the credentials belong to.
        title: Display title.
        status: Result of the last check.
        is_default: Whether these credentials are used by default.
        creator_id: ID of the creator.
    """

    name: str | None = None
    authentication_type: OutboundAuthenticationType | None = None
    scope: ResourceOwner | None = None
    title: str | None = None
    status: CredentialsStatus | None = None
    is_default: bool = False
    creator_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class OAuth2ClientCredentialsInput(Schema):
    """A client that obtains tokens with its own credentials.

    Attributes:
        client_id: ID of the client.
        grant_type: `"client_credentials"`.
        client_secret: Secret of the client. Not part of the repr.
        client_certificate: Certificate of the client.
        client_private_key: Private key of the client. Not part of the repr.
    """

    client_id: str
    grant_type: Literal["client_credentials"] = "client_credentials"
    client_secret: str | None | Unset = attrs.field(default=UNSET, repr=False)
    client_certificate: str | None | Unset = UNSET
    client_private_key: str | None | Unset = attrs.field(default=UNSET, repr=False)


@final
@attrs.frozen(kw_only=True)
class ConnectionCredentialsInput(Schema):
    """Credentials for a connector. Secrets are not part of the repr.

    Attributes:
        oauth: OAuth client.
        headers: Headers by name. Not part of the repr.
        bearer_token: Bearer token. Not part of the repr.
    """

    oauth: OAuth2ClientCredentialsInput | Mapping[str, Any] | None | Unset = UNSET
    headers: Mapping[str, str] | None | Unset = attrs.field(default=UNSET, repr=False)
    bearer_token: str | None | Unset = attrs.field(default=UNSET, repr=False)


@final
@attrs.frozen(kw_only=True)
class CredentialsResponse(Schema):
    """The credentials for a connector.

    Attributes:
        credentials: The credentials.
        connector_preset_credentials_for_auth: Authentication methods with credentials that the
            connector provides.
    """

    credentials: list[AuthenticationConfiguration] = attrs.field(
        factory=list[AuthenticationConfiguration]
    )
    connector_preset_credentials_for_auth: list[OutboundAuthenticationType] = attrs.field(
        factory=list[OutboundAuthenticationType]
    )


@final
@attrs.frozen(kw_only=True)
class AuthURLResponse(Schema):
    """A URL where a user authorizes a connector.

    Attributes:
        auth_url: The URL.
        ttl: How long the URL is valid, in seconds.
    """

    auth_url: str
    ttl: int | None = None
