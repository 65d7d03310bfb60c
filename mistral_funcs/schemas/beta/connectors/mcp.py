"""Parts of the Model Context Protocol: icons, annotations and tools."""

from typing import Any, Literal, final

import attrs

from mistral_core import Schema


@final
@attrs.frozen(kw_only=True)
class MCPServerIcon(Schema):
    """An icon.

    Attributes:
        src: URL of the icon.
        mime_type: Media type.
        sizes: Sizes, such as `"48x48"`.
        theme: Theme that the icon is for.
    """

    src: str | None = None
    mime_type: str | None = attrs.field(default=None, metadata={"json_key": "mimeType"})
    sizes: list[str] | None = None
    theme: Literal["light", "dark"] | str | None = None


@final
@attrs.frozen(kw_only=True)
class Annotations(Schema):
    """Hints on how to use content.

    Attributes:
        audience: Who the content is for.
        priority: Importance, from 0 to 1.
        last_modified: When it was last modified, as a string.
    """

    audience: list[Literal["user", "assistant"] | str] | None = None
    priority: float | None = None
    last_modified: str | None = attrs.field(default=None, metadata={"json_key": "lastModified"})


@final
@attrs.frozen(kw_only=True)
class ToolAnnotations(Schema):
    """Hints on what a tool does. They come from the server and are not guaranteed.

    Attributes:
        title: Display title.
        read_only_hint: Whether the tool only reads.
        destructive_hint: Whether the tool may delete or overwrite.
        idempotent_hint: Whether repeated calls have no further effect.
        open_world_hint: Whether the tool reaches external systems.
    """

    title: str | None = None
    read_only_hint: bool | None = attrs.field(default=None, metadata={"json_key": "readOnlyHint"})
    destructive_hint: bool | None = attrs.field(
        default=None, metadata={"json_key": "destructiveHint"}
    )
    idempotent_hint: bool | None = attrs.field(
        default=None, metadata={"json_key": "idempotentHint"}
    )
    open_world_hint: bool | None = attrs.field(default=None, metadata={"json_key": "openWorldHint"})


@final
@attrs.frozen(kw_only=True)
class ToolExecution(Schema):
    """Execution of a tool.

    Attributes:
        task_support: Whether calls can be tasks.
    """

    task_support: Literal["forbidden", "optional", "required"] | str | None = attrs.field(
        default=None, metadata={"json_key": "taskSupport"}
    )


@final
@attrs.frozen(kw_only=True)
class TurbineToolLocale(Schema):
    """Translations of the texts of a tool, by language.

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
class TurbineToolMeta(Schema):
    """Mistral's metadata of a tool.

    Attributes:
        locale: Translations of its texts.
        tool_type: Kind of tool.
        timeout: Time limit of a call, in seconds.
        private_execution: Whether calls are private.
    """

    locale: TurbineToolLocale | None = None
    tool_type: Literal["rag", "image", "code", "event"] | str | None = None
    timeout: float | None = None
    private_execution: bool | None = None


@final
@attrs.frozen(kw_only=True)
class MCPUIToolMeta(Schema):
    """User interface of a tool.

    Attributes:
        resource_uri: URI of the user interface.
        visibility: Who sees the user interface.
    """

    resource_uri: str | None = attrs.field(default=None, metadata={"json_key": "resourceUri"})
    visibility: list[Literal["model", "app"] | str] | None = None


@final
@attrs.frozen(kw_only=True)
class MCPToolMeta(Schema):
    """Metadata of a tool.

    Attributes:
        ui: User interface.
        turbine: Mistral's metadata.
    """

    ui: MCPUIToolMeta | None = None
    turbine: TurbineToolMeta | None = attrs.field(
        default=None, metadata={"json_key": "ai.mistral/turbine"}
    )


@final
@attrs.frozen(kw_only=True)
class MCPTool(Schema):
    """A tool of a connector.

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

    name: str
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
