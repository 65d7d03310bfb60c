"""Calls of the tools of connectors, and their results."""

from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.beta.connectors.mcp import Annotations, MCPServerIcon


@final
@attrs.frozen(kw_only=True)
class TextContent(Schema):
    """Text.

    Attributes:
        type: `"text"`.
        text: The text.
        annotations: Hints on how to use it.
        meta: Metadata defined by MCP.
    """

    type: Literal["text"] = "text"
    text: str | None = None
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = attrs.field(default=None, metadata={"json_key": "_meta"})


@final
@attrs.frozen(kw_only=True)
class ImageContent(Schema):
    """An image.

    Attributes:
        type: `"image"`.
        data: Data in base64.
        mime_type: Media type.
        annotations: Hints on how to use it.
        meta: Metadata defined by MCP.
    """

    type: Literal["image"] = "image"
    data: str | None = None
    mime_type: str | None = attrs.field(default=None, metadata={"json_key": "mimeType"})
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = attrs.field(default=None, metadata={"json_key": "_meta"})


@final
@attrs.frozen(kw_only=True)
class AudioContent(Schema):
    """An audio recording.

    Attributes:
        type: `"audio"`.
        data: Data in base64.
        mime_type: Media type.
        annotations: Hints on how to use it.
        meta: Metadata defined by MCP.
    """

    type: Literal["audio"] = "audio"
    data: str | None = None
    mime_type: str | None = attrs.field(default=None, metadata={"json_key": "mimeType"})
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = attrs.field(default=None, metadata={"json_key": "_meta"})


@final
@attrs.frozen(kw_only=True)
class ResourceLink(Schema):
    """A link to a resource.

    Attributes:
        type: `"resource_link"`.
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

    type: Literal["resource_link"] = "resource_link"
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
class TextResourceContents(Schema):
    """A resource with text.

    Attributes:
        uri: URI.
        text: The text.
        mime_type: Media type.
        meta: Metadata defined by MCP.
    """

    uri: str | None = None
    text: str
    mime_type: str | None = attrs.field(default=None, metadata={"json_key": "mimeType"})
    meta: dict[str, Any] | None = attrs.field(default=None, metadata={"json_key": "_meta"})


@final
@attrs.frozen(kw_only=True)
class BlobResourceContents(Schema):
    """A resource with binary data.

    Attributes:
        uri: URI.
        blob: Binary data in base64.
        mime_type: Media type.
        meta: Metadata defined by MCP.
    """

    uri: str | None = None
    blob: str
    mime_type: str | None = attrs.field(default=None, metadata={"json_key": "mimeType"})
    meta: dict[str, Any] | None = attrs.field(default=None, metadata={"json_key": "_meta"})


@final
@attrs.frozen(kw_only=True)
class EmbeddedResource(Schema):
    """A resource with its content.

    Attributes:
        type: `"resource"`.
        resource: The resource.
        annotations: Hints on how to use it.
        meta: Metadata defined by MCP.
    """

    type: Literal["resource"] = "resource"
    resource: TextResourceContents | BlobResourceContents | Unknown
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = attrs.field(default=None, metadata={"json_key": "_meta"})


ConnectorToolCallResponseContent: TypeAlias = (
    TextContent | ImageContent | AudioContent | ResourceLink | EmbeddedResource | Unknown
)
"""A part of the result of a tool call, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class ConnectorToolResultMetadata(Schema):
    """The MCP result of a tool call, apart from its content.

    Attributes:
        is_error: Whether the tool failed.
        structured_content: The result as structured data.
        meta: Metadata defined by MCP.
    """

    is_error: bool = attrs.field(default=False, metadata={"json_key": "isError"})
    structured_content: dict[str, Any] | None = attrs.field(
        default=None, metadata={"json_key": "structuredContent"}
    )
    meta: dict[str, Any] | None = attrs.field(default=None, metadata={"json_key": "_meta"})


@final
@attrs.frozen(kw_only=True)
class ConnectorToolCallMetadata(Schema):
    """Metadata of a tool call.

    Attributes:
        mcp_meta: The MCP result, apart from its content.
    """

    mcp_meta: ConnectorToolResultMetadata | None = None


@final
@attrs.frozen(kw_only=True)
class ConnectorToolCallResponse(Schema):
    """The result of a tool call.

    Attributes:
        content: Content of the result. Parts that cannot be parsed are `Unknown`.
        metadata: Metadata of the call.
    """

    content: list[ConnectorToolCallResponseContent] = attrs.field(
        factory=list[ConnectorToolCallResponseContent]
    )
    metadata: ConnectorToolCallMetadata | None = None

    @property
    def text(self) -> str:
        """The text of the content. Empty if it has none."""
        return "".join(each.text or "" for each in self.content if isinstance(each, TextContent))
