"""The card of an MCP server: where it is and what it can do."""

from typing import Any, Literal, final

import attrs

from mistral_core import Schema
from mistral_funcs.schemas.beta.connectors.mcp import (
    Annotations,
    MCPServerIcon,
    MCPToolMeta,
    ToolAnnotations,
    ToolExecution,
)


@final
@attrs.frozen(kw_only=True)
class PromptArgument(Schema):
    """An argument of a prompt.

    Attributes:
        name: Name of the argument.
        title: Display title.
        description: Description.
        required: Whether it is required.
    """

    name: str | None = None
    title: str | None = None
    description: str | None = None
    required: bool | None = None


@final
@attrs.frozen(kw_only=True)
class MCPPrompt(Schema):
    """A prompt of an MCP server.

    Attributes:
        name: Name of the prompt.
        title: Display title.
        description: Description.
        arguments: Arguments.
        icons: Icons.
        meta: Metadata defined by MCP.
    """

    name: str | None = None
    title: str | None = None
    description: str | None = None
    arguments: list[PromptArgument] | None = None
    icons: list[MCPServerIcon] | None = None
    meta: dict[str, Any] | None = attrs.field(default=None, metadata={"json_key": "_meta"})


@final
@attrs.frozen(kw_only=True)
class MCPResource(Schema):
    """A resource of an MCP server.

    Attributes:
        name: Name of the resource.
        uri: URI.
        title: Display title.
        description: Description.
        mime_type: Media type.
        size: Size in bytes.
        icons: Icons.
        annotations: Hints on how to use it.
        meta: Metadata defined by MCP.
    """

    name: str | None = None
    uri: str | None = None
    title: str | None = None
    description: str | None = None
    mime_type: str | None = attrs.field(default=None, metadata={"json_key": "mimeType"})
    size: int | None = None
    icons: list[MCPServerIcon] | None = None
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = attrs.field(default=None, metadata={"json_key": "_meta"})


@final
@attrs.frozen(kw_only=True)
class ServerLocale(Schema):
    """Translations of the texts of an MCP server, by language.

    Attributes:
        name: Name, by language.
        description: Description, by language.
        usage_sentence: How it is used, by language.
        working_description: What is shown while it works, by language.
        done_description: What is shown when it is done, by language.
    """

    name: dict[str, str] | None = None
    description: dict[str, str] | None = None
    usage_sentence: dict[str, str] | None = None
    working_description: dict[str, str] | None = None
    done_description: dict[str, str] | None = None


@final
@attrs.frozen(kw_only=True)
class TurbineMeta(Schema):
    """Mistral's metadata of an MCP server.

    Attributes:
        system_prompt_name: Name of the system prompt.
        locale: Translations of its texts.
    """

    system_prompt_name: str | None = None
    locale: ServerLocale | None = None


@final
@attrs.frozen(kw_only=True)
class SamplingCapability(Schema):
    """Support for sampling.

    Attributes:
        context: Support for context.
        tools: Support for tools.
    """

    context: dict[str, Any] | None = None
    tools: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class ElicitationCapability(Schema):
    """Support for questions to the user.

    Attributes:
        form: Support for questions as forms.
        url: Support for questions at a URL.
    """

    form: dict[str, Any] | None = None
    url: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class RootsCapability(Schema):
    """Support for roots.

    Attributes:
        list_changed: Whether changes to the list are announced.
    """

    list_changed: bool | None = attrs.field(default=None, metadata={"json_key": "listChanged"})


@final
@attrs.frozen(kw_only=True)
class TasksSamplingCapability(Schema):
    """Sampling requests that can be tasks.

    Attributes:
        create_message: Support for messages.
    """

    create_message: dict[str, Any] | None = attrs.field(
        default=None, metadata={"json_key": "createMessage"}
    )


@final
@attrs.frozen(kw_only=True)
class TasksElicitationCapability(Schema):
    """Questions to the user that can be tasks.

    Attributes:
        create: Support for questions.
    """

    create: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class ClientTasksRequestsCapability(Schema):
    """Requests to a client that can be tasks.

    Attributes:
        sampling: Support for sampling.
        elicitation: Support for questions to the user.
    """

    sampling: TasksSamplingCapability | None = None
    elicitation: TasksElicitationCapability | None = None


@final
@attrs.frozen(kw_only=True)
class ClientTasksCapability(Schema):
    """Support of a client for tasks.

    Attributes:
        list: Support for listing tasks.
        cancel: Support for cancelling tasks.
        requests: Requests that can be tasks.
    """

    list: dict[str, Any] | None = None
    cancel: dict[str, Any] | None = None
    requests: ClientTasksRequestsCapability | None = None


@final
@attrs.frozen(kw_only=True)
class ClientCapabilities(Schema):
    """Capabilities that an MCP server requires of clients.

    Attributes:
        experimental: Experimental capabilities.
        sampling: Support for sampling.
        elicitation: Support for questions to the user.
        roots: Support for roots.
        extensions: Extensions.
        tasks: Support for tasks.
    """

    experimental: dict[str, dict[str, Any]] | None = None
    sampling: SamplingCapability | None = None
    elicitation: ElicitationCapability | None = None
    roots: RootsCapability | None = None
    extensions: dict[str, dict[str, Any]] | None = None
    tasks: ClientTasksCapability | None = None


@final
@attrs.frozen(kw_only=True)
class MCPServerAuthenticationRequirement(Schema):
    """Authentication that an MCP server requires.

    Attributes:
        required: Whether it is required.
        schemes: Accepted authentication schemes.
    """

    required: bool | None = None
    schemes: list[str] = attrs.field(factory=list[str])


@final
@attrs.frozen(kw_only=True)
class PromptsCapability(Schema):
    """Support for prompts.

    Attributes:
        list_changed: Whether changes to the list are announced.
    """

    list_changed: bool | None = attrs.field(default=None, metadata={"json_key": "listChanged"})


@final
@attrs.frozen(kw_only=True)
class ResourcesCapability(Schema):
    """Support for resources.

    Attributes:
        subscribe: Whether clients can subscribe to changes.
        list_changed: Whether changes to the list are announced.
    """

    subscribe: bool | None = None
    list_changed: bool | None = attrs.field(default=None, metadata={"json_key": "listChanged"})


@final
@attrs.frozen(kw_only=True)
class ToolsCapability(Schema):
    """Support for tools.

    Attributes:
        list_changed: Whether changes to the list are announced.
    """

    list_changed: bool | None = attrs.field(default=None, metadata={"json_key": "listChanged"})


@final
@attrs.frozen(kw_only=True)
class TasksToolsCapability(Schema):
    """Requests about tools that can be tasks.

    Attributes:
        call: Support for tool calls.
    """

    call: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class ServerTasksRequestsCapability(Schema):
    """Requests to a server that can be tasks.

    Attributes:
        tools: Requests about tools.
    """

    tools: TasksToolsCapability | None = None


@final
@attrs.frozen(kw_only=True)
class ServerTasksCapability(Schema):
    """Support of a server for tasks.

    Attributes:
        list: Support for listing tasks.
        cancel: Support for cancelling tasks.
        requests: Requests that can be tasks.
    """

    list: dict[str, Any] | None = None
    cancel: dict[str, Any] | None = None
    requests: ServerTasksRequestsCapability | None = None


@final
@attrs.frozen(kw_only=True)
class ServerCapabilities(Schema):
    """Capabilities of an MCP server.

    Attributes:
        experimental: Experimental capabilities.
        logging: Support for logging.
        prompts: Support for prompts.
        resources: Support for resources.
        tools: Support for tools.
        completions: Support for completions.
        extensions: Extensions.
        tasks: Support for tasks.
    """

    experimental: dict[str, dict[str, Any]] | None = None
    logging: dict[str, Any] | None = None
    prompts: PromptsCapability | None = None
    resources: ResourcesCapability | None = None
    tools: ToolsCapability | None = None
    completions: dict[str, Any] | None = None
    extensions: dict[str, dict[str, Any]] | None = None
    tasks: ServerTasksCapability | None = None


@final
@attrs.frozen(kw_only=True)
class MCPServerRepository(Schema):
    """The source code repository of an MCP server.

    Attributes:
        url: URL.
        source: Hosting service.
        subfolder: Folder within the repository.
    """

    url: str | None = None
    source: str | None = None
    subfolder: str | None = None


@final
@attrs.frozen(kw_only=True)
class MCPServerRemoteHeader(Schema):
    """A header that an endpoint of an MCP server takes.

    Attributes:
        name: Name of the header.
        description: Description.
        is_required: Whether the header is required.
        is_secret: Whether the value is a secret.
        default: Default value.
        choices: Accepted values.
    """

    name: str | None = None
    description: str | None = None
    is_required: bool | None = attrs.field(default=None, metadata={"json_key": "isRequired"})
    is_secret: bool | None = attrs.field(default=None, metadata={"json_key": "isSecret"})
    default: str | None = None
    choices: list[str] | None = None


@final
@attrs.frozen(kw_only=True)
class MCPServerRemote(Schema):
    """An endpoint of an MCP server.

    Attributes:
        type: Transport of the endpoint.
        url: URL.
        supported_protocol_versions: Supported versions of the protocol.
        headers: Headers.
        authentication: Required authentication.
    """

    type: Literal["streamable-http", "sse"] | str | None = None
    url: str | None = None
    supported_protocol_versions: list[str] | None = attrs.field(
        default=None, metadata={"json_key": "supportedProtocolVersions"}
    )
    headers: list[MCPServerRemoteHeader] | None = None
    authentication: MCPServerAuthenticationRequirement | None = None


@final
@attrs.frozen(kw_only=True)
class MCPServerCardTool(Schema):
    """A tool on the card of an MCP server.

    Attributes:
        name: Name of the tool.
        input_schema: JSON schema of the arguments.
        title: Display title.
        description: What the tool does.
        execution: How the tool is executed.
        output_schema: JSON schema of the result.
        icons: Icons.
        annotations: Hints on how to use it.
        meta: Metadata defined by MCP.
    """

    name: str | None = None
    input_schema: dict[str, Any] = attrs.field(
        factory=dict[str, Any], metadata={"json_key": "inputSchema"}
    )
    title: str | None = None
    description: str | None = None
    execution: ToolExecution | None = None
    output_schema: dict[str, Any] | None = attrs.field(
        default=None, metadata={"json_key": "outputSchema"}
    )
    icons: list[MCPServerIcon] | None = None
    annotations: ToolAnnotations | None = None
    meta: MCPToolMeta | None = attrs.field(default=None, metadata={"json_key": "_meta"})


@final
@attrs.frozen(kw_only=True)
class MCPServerCardMeta(Schema):
    """Metadata of an MCP server.

    Attributes:
        turbine: Mistral's metadata.
    """

    turbine: TurbineMeta | None = attrs.field(
        default=None, metadata={"json_key": "ai.mistral/turbine"}
    )


@final
@attrs.frozen(kw_only=True)
class MCPServerCard(Schema):
    """The card of an MCP server.

    Attributes:
        name: Name of the server.
        version: Version of the server.
        schema: URL of the JSON schema of the card.
        capabilities: What the server can do.
        title: Display title.
        description: Description.
        website_url: URL of the website.
        repository: Source code repository.
        icons: Icons.
        remotes: Endpoints.
        requires: What the server requires of clients.
        resources: Resources, or a string in their place.
        tools: Tools, or a string in their place.
        prompts: Prompts, or a string in their place.
        meta: Metadata defined by MCP.
    """

    name: str | None = None
    version: str | None = None
    schema: str | None = attrs.field(
        default="https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json",
        metadata={"json_key": "$schema"},
    )
    capabilities: ServerCapabilities | None = None
    title: str | None = None
    description: str | None = None
    website_url: str | None = attrs.field(default=None, metadata={"json_key": "websiteUrl"})
    repository: MCPServerRepository | None = None
    icons: list[MCPServerIcon] | None = None
    remotes: list[MCPServerRemote] | None = None
    requires: ClientCapabilities | None = None
    resources: str | list[MCPResource] | None = None
    tools: str | list[MCPServerCardTool] | None = None
    prompts: str | list[MCPPrompt] | None = None
    meta: MCPServerCardMeta | None = attrs.field(default=None, metadata={"json_key": "_meta"})
