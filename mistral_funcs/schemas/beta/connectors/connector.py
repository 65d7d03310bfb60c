"""Connectors, their tools and preferences."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unknown, Unset
from mistral_funcs.schemas.beta.connectors.authentication import (
    AuthenticationConfiguration,
    AuthenticationMethodCreateOrUpdateRequest,
    AuthMethod,
    BearerAuthMethod,
    ExtendedOAuthServerMetadata,
    GlobalHeaderValue,
    NoneAuthMethod,
    OAuth2AuthorizationCodeAuthMethod,
    OAuth2ClientCredentialsAuthMethod,
    PublicAuthenticationMethod,
    ResourceOwner,
)
from mistral_funcs.schemas.beta.connectors.server_card import MCPServerCard

ResourceVisibility: TypeAlias = (
    Literal["shared_global", "shared_org", "shared_workspace", "private"] | str
)
"""Who can use a connector or a tool. Other values are accepted."""


PublicResourceVisibility: TypeAlias = Literal["shared_org", "shared_workspace", "private"] | str
"""Who can use a new connector. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class ToolProperties(Schema):
    """Properties of tools as a condition.

    Attributes:
        read_only: Whether a tool only reads.
    """

    read_only: bool | None = None


@final
@attrs.frozen(kw_only=True)
class LogicalExpression(Schema):
    """A combination of conditions.

    Attributes:
        type: Whether all conditions must hold or only one.
        expressions: The conditions.
    """

    type: Literal["and", "or"] | str | None = None
    expressions: "list[Expression]" = attrs.field(factory=lambda: list[Expression]())  # noqa: PLW0108 - it is defined below


Expression: TypeAlias = ToolProperties | LogicalExpression | list[str] | Unknown
"""A condition on tools: their properties, their names, or a combination of conditions."""


@final
@attrs.frozen(kw_only=True)
class ToolExecutionConfiguration(Schema):
    """Which tools of a connector can be called, and which need confirmation.

    Attributes:
        requires_confirmation: Tools that require confirmation.
        skip_confirmation: Tools that need no confirmation.
        include: Tools that can be called. All others are excluded.
        exclude: Tools that must not be called.
    """

    requires_confirmation: Expression | None = None
    skip_confirmation: Expression | None = None
    include: list[str] | None = None
    exclude: list[str] | None = None


@final
@attrs.frozen(kw_only=True)
class ConnectionPreference(Schema):
    """A preference of a user, workspace or organization for a connector.

    Attributes:
        tool_configuration: Which tools can be called.
        consumer_type: Who the preference belongs to.
        name: Name of the preference.
        is_default: Whether this preference is used by default.
    """

    tool_configuration: ToolExecutionConfiguration = attrs.field(factory=ToolExecutionConfiguration)
    consumer_type: ResourceOwner | None = None
    name: str = "default"
    is_default: bool | None = None


@final
@attrs.frozen(kw_only=True)
class ConnectorLocale(Schema):
    """Translations of the texts of a connector, by language.

    Attributes:
        name: Name, by language.
        description: Description, by language.
        usage_sentence: How it is used, by language.
    """

    name: dict[str, str] = attrs.field(factory=dict[str, str])
    description: dict[str, str] = attrs.field(factory=dict[str, str])
    usage_sentence: dict[str, str] = attrs.field(factory=dict[str, str])


@final
@attrs.frozen(kw_only=True)
class ConnectorToolLocale(Schema):
    """Translations of the texts of a tool, by language.

    Attributes:
        name: Name, by language.
        description: Description, by language.
        usage_sentence: How it is used, by language.
    """

    name: dict[str, str] = attrs.field(factory=dict[str, str])
    description: dict[str, str] = attrs.field(factory=dict[str, str])
    usage_sentence: dict[str, str] = attrs.field(factory=dict[str, str])


@final
@attrs.frozen(kw_only=True)
class ExecutionConfig(Schema):
    """Execution of a tool.

    Attributes:
        type: Kind of execution.
    """

    type: str | None = None


@final
@attrs.frozen(kw_only=True)
class ConnectorTool(Schema):
    """A tool of a connector, as stored.

    Attributes:
        id: ID of the tool.
        name: Name of the tool.
        description: What the tool does.
        execution_config: How the tool is executed.
        visibility: Who can use it.
        created_at: When it was created.
        modified_at: When it was last modified.
        system_prompt: Text that is added to the system prompt.
        locale: Translations of its texts.
        jsonschema: JSON schema of the arguments.
        active: Whether the tool is active.
    """

    id: str
    name: str | None = None
    description: str | None = None
    execution_config: ExecutionConfig | None = attrs.field(factory=ExecutionConfig)
    visibility: ResourceVisibility | None = None
    created_at: datetime | None = None
    modified_at: datetime | None = None
    system_prompt: str | None = None
    locale: ConnectorToolLocale | None = None
    jsonschema: dict[str, Any] | None = None
    active: bool | None = None


@final
@attrs.frozen(kw_only=True)
class OpenAPIFileSource(Schema):
    """An OpenAPI document in a file.

    Attributes:
        type: `"file"`.
        filename: Name of the file.
    """

    type: Literal["file"] = "file"
    filename: str | None = None


@final
@attrs.frozen(kw_only=True)
class OpenAPIURLSource(Schema):
    """An OpenAPI document at a URL.

    Attributes:
        type: `"url"`.
        url: URL.
    """

    type: Literal["url"] = "url"
    url: str | None = None


@final
@attrs.frozen(kw_only=True)
class ConnectorOpenAPISpec(Schema):
    """The OpenAPI document of a connector.

    Attributes:
        source: Where the document is.
    """

    source: OpenAPIFileSource | OpenAPIURLSource | Unknown | None = None


@final
@attrs.frozen(kw_only=True)
class MCPConnector(Schema):
    """A connector to an MCP server.

    Attributes:
        id: ID of the connector.
        name: Name of the connector.
        description: Description of the connector.
        created_at: When it was created.
        modified_at: When it was last modified.
        owner_type: Kind of owner.
        visibility: Who can use it.
        private_tool_execution: Whether tool calls are private.
        supports_mcp: Whether the connector is available over MCP.
        title: Title of the connector.
        server: URL of the server.
        icon_url: URL of the icon.
        server_card: Card of the server.
        owner_id: ID of the owner.
        creator_id: ID of the creator.
        locale: Translations of its texts.
        system_prompt: Text that is added to the system prompt.
        supported_auth_methods: Supported authentication methods.
        connection_preferences: Preferences for the connector.
        connection_credentials: Credentials for the connector.
        blocked_by: Who blocked the connector.
        mistral: Whether the connector is Mistral's own.
        is_authenticated: Whether the user has valid credentials.
        tools: Tools.
        protocol: `"mcp"`.
    """

    id: str
    name: str | None = None
    description: str | None = None
    created_at: datetime | None = None
    modified_at: datetime | None = None
    owner_type: ResourceOwner | None = None
    visibility: ResourceVisibility | None = None
    private_tool_execution: bool | None = None
    supports_mcp: bool | None = None
    title: str | None = None
    server: str | None = None
    icon_url: str | None = None
    server_card: MCPServerCard | None = None
    owner_id: str | None = None
    creator_id: str | None = None
    locale: ConnectorLocale | None = None
    system_prompt: str | None = None
    supported_auth_methods: list[PublicAuthenticationMethod] | None = None
    connection_preferences: list[ConnectionPreference] | None = None
    connection_credentials: list[AuthenticationConfiguration] | None = None
    blocked_by: list[ResourceOwner] | None = None
    mistral: bool = False
    is_authenticated: bool | None = None
    tools: list[ConnectorTool | Unknown] | None = None
    protocol: Literal["mcp"] = "mcp"


@final
@attrs.frozen(kw_only=True)
class HTTPConnector(Schema):
    """A connector to an HTTP API.

    Attributes:
        id: ID of the connector.
        name: Name of the connector.
        description: Description of the connector.
        created_at: When it was created.
        modified_at: When it was last modified.
        owner_type: Kind of owner.
        visibility: Who can use it.
        private_tool_execution: Whether tool calls are private.
        supports_mcp: Whether the connector is available over MCP.
        title: Title of the connector.
        server: URL of the server.
        icon_url: URL of the icon.
        server_card: Card of the server.
        owner_id: ID of the owner.
        creator_id: ID of the creator.
        locale: Translations of its texts.
        system_prompt: Text that is added to the system prompt.
        supported_auth_methods: Supported authentication methods.
        connection_preferences: Preferences for the connector.
        connection_credentials: Credentials for the connector.
        blocked_by: Who blocked the connector.
        mistral: Whether the connector is Mistral's own.
        is_authenticated: Whether the user has valid credentials.
        tools: Tools.
        protocol: `"http"`.
        openapi_spec: OpenAPI document of the API.
    """

    id: str
    name: str | None = None
    description: str | None = None
    created_at: datetime | None = None
    modified_at: datetime | None = None
    owner_type: ResourceOwner | None = None
    visibility: ResourceVisibility | None = None
    private_tool_execution: bool | None = None
    supports_mcp: bool | None = None
    title: str | None = None
    server: str | None = None
    icon_url: str | None = None
    server_card: MCPServerCard | None = None
    owner_id: str | None = None
    creator_id: str | None = None
    locale: ConnectorLocale | None = None
    system_prompt: str | None = None
    supported_auth_methods: list[PublicAuthenticationMethod] | None = None
    connection_preferences: list[ConnectionPreference] | None = None
    connection_credentials: list[AuthenticationConfiguration] | None = None
    blocked_by: list[ResourceOwner] | None = None
    mistral: bool = False
    is_authenticated: bool | None = None
    tools: list[ConnectorTool | Unknown] | None = None
    protocol: Literal["http"] = "http"
    openapi_spec: ConnectorOpenAPISpec | None = None


Connector: TypeAlias = MCPConnector | HTTPConnector | Unknown
"""A connector, discriminated by `protocol`."""


@final
@attrs.frozen(kw_only=True)
class PaginationResponse(Schema):
    """Position of a page.

    Attributes:
        page_size: Maximum number of items per page.
        next_cursor: Cursor of the next page. `None` on the last page.
    """

    page_size: int | None = None
    next_cursor: str | None = None


@final
@attrs.frozen(kw_only=True)
class PaginatedConnectors(Schema):
    """A page of connectors.

    Attributes:
        items: Connectors on this page.
        pagination: Position of the page.
    """

    items: list[Connector] = attrs.field(factory=list[Connector])
    pagination: PaginationResponse = attrs.field(factory=PaginationResponse)

    @property
    def data(self) -> list[Connector]:
        """The items of the page, under the name that `paginate` reads."""
        return self.items

    @property
    def next_cursor(self) -> str | None:
        """The cursor of the next page. `None` on the last page."""
        return self.pagination.next_cursor


@final
@attrs.frozen(kw_only=True)
class ConnectorsQueryFilters(Schema):
    """Filters of a list of connectors.

    Attributes:
        supports_mcp: If true, return only the connectors available over MCP; if false, only the
            others.
    """

    supports_mcp: bool | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class MessageResponse(Schema):
    """A confirmation.

    Attributes:
        message: The message.
    """

    message: str


@final
@attrs.frozen(kw_only=True)
class CreateConnectorRequest(Schema):
    """A new connector to an MCP server.

    Attributes:
        name: Name of the connector.
        description: Description of the connector.
        server: URL of the server, at most 2,083 characters.
        headers: Headers that are sent with every request. Not part of the repr.
        global_headers: Headers that are sent with every request, by name.
        oauth2_server_metadata: Metadata of the authorization server.
        oauth2_server_metadata_url: URL of the metadata of the authorization server, at most 2,083
            characters.
        title: Title of the connector, at most 255 characters.
        icon_url: URL of the icon.
        visibility: Who can use it. Defaults to `"private"`.
        auth_methods: Authentication methods.
        system_prompt: Text that is added to the system prompt.
        protocol: `"mcp"`.
    """

    name: str
    description: str
    server: str
    headers: Mapping[str, Any] | None | Unset = attrs.field(default=UNSET, repr=False)
    global_headers: Mapping[str, GlobalHeaderValue | Mapping[str, Any]] | None = None
    oauth2_server_metadata: ExtendedOAuthServerMetadata | Mapping[str, Any] | None | Unset = UNSET
    oauth2_server_metadata_url: str | None | Unset = UNSET
    title: str | None | Unset = UNSET
    icon_url: str | None | Unset = UNSET
    visibility: PublicResourceVisibility | None = None
    auth_methods: Sequence[AuthMethod] | None | Unset = UNSET
    system_prompt: str | None | Unset = UNSET
    protocol: Literal["mcp"] = "mcp"


@final
@attrs.frozen(kw_only=True)
class CreateHTTPConnectorRequest(Schema):
    """A new connector to an HTTP API.

    Attributes:
        name: Name of the connector.
        description: Description of the connector.
        server: URL of the server.
        headers: Headers that are sent with every request. Not part of the repr.
        global_headers: Headers that are sent with every request, by name.
        oauth2_server_metadata: Metadata of the authorization server.
        oauth2_server_metadata_url: URL of the metadata of the authorization server.
        title: Title of the connector.
        icon_url: URL of the icon.
        visibility: Who can use it.
        auth_methods: Authentication methods.
        system_prompt: Text that is added to the system prompt.
        protocol: `"http"`.
    """

    name: str
    description: str
    server: str
    headers: Mapping[str, Any] | None | Unset = attrs.field(default=UNSET, repr=False)
    global_headers: Mapping[str, GlobalHeaderValue | Mapping[str, Any]] | None = None
    oauth2_server_metadata: ExtendedOAuthServerMetadata | Mapping[str, Any] | None | Unset = UNSET
    oauth2_server_metadata_url: str | None | Unset = UNSET
    title: str | None | Unset = UNSET
    icon_url: str | None | Unset = UNSET
    visibility: PublicResourceVisibility | None = None
    auth_methods: Sequence[AuthMethod] | None | Unset = UNSET
    system_prompt: str | None | Unset = UNSET
    protocol: Literal["http"] = "http"


@final
@attrs.frozen(kw_only=True)
class ConnectorMCPPublicUpdate(Schema):
    """Changes to a connector for an MCP server.

    Attributes:
        title: Title of the connector.
        name: Name of the connector.
        description: Description of the connector.
        icon_url: URL of the icon.
        server: URL of the server.
        auth_methods: Authentication methods.
        protocol: `"mcp"`.
        system_prompt: Text that is added to the system prompt.
    """

    title: str | None | Unset = UNSET
    name: str | None | Unset = UNSET
    description: str | None | Unset = UNSET
    icon_url: str | None | Unset = UNSET
    server: str | None | Unset = UNSET
    auth_methods: (
        Sequence[
            AuthenticationMethodCreateOrUpdateRequest
            | BearerAuthMethod
            | NoneAuthMethod
            | OAuth2AuthorizationCodeAuthMethod
            | OAuth2ClientCredentialsAuthMethod
            | Mapping[str, Any]
        ]
        | None
        | Unset
    ) = UNSET
    protocol: Literal["mcp"] = "mcp"
    system_prompt: str | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class UpdateHTTPConnectorRequest(Schema):
    """Changes to a connector for an HTTP API.

    Attributes:
        title: Title of the connector.
        name: Name of the connector.
        description: Description of the connector.
        icon_url: URL of the icon.
        server: URL of the server.
        auth_methods: Authentication methods.
        protocol: `"http"`.
    """

    title: str | None | Unset = UNSET
    name: str | None | Unset = UNSET
    description: str | None | Unset = UNSET
    icon_url: str | None | Unset = UNSET
    server: str | None | Unset = UNSET
    auth_methods: (
        Sequence[
            AuthenticationMethodCreateOrUpdateRequest
            | BearerAuthMethod
            | NoneAuthMethod
            | OAuth2AuthorizationCodeAuthMethod
            | OAuth2ClientCredentialsAuthMethod
            | Mapping[str, Any]
        ]
        | None
        | Unset
    ) = UNSET
    protocol: Literal["http"] = "http"
