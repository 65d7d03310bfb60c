"""Chunks of message content.

Requests and responses use the same classes, so received content can be sent back unchanged.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown

ImageDetail: TypeAlias = Literal["low", "auto", "high"] | str
"""Level of detail for image input. Other values are accepted."""

BuiltInConnectors: TypeAlias = (
    Literal[
        "web_search",
        "web_search_premium",
        "code_interpreter",
        "image_generation",
        "document_library",
        "mistral_mcp",
    ]
    | str
)
"""A tool hosted by Mistral. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class TextChunk(Schema):
    """A text chunk.

    Attributes:
        type: `"text"`.
        text: The text.
    """

    type: Literal["text"] = "text"
    text: str


@final
@attrs.frozen(kw_only=True)
class ImageURL(Schema):
    """The location of an image, and the level of detail to use.

    Attributes:
        url: URL of the image, or the image itself as a `data:` URL.
        detail: Level of detail for image input.
    """

    url: str
    detail: ImageDetail | None = None


@final
@attrs.frozen(kw_only=True)
class ImageURLChunk(Schema):
    """An image chunk.

    Attributes:
        type: `"image_url"`.
        image_url: URL of the image, or the image itself as a `data:` URL.
    """

    type: Literal["image_url"] = "image_url"
    image_url: ImageURL | str


@final
@attrs.frozen(kw_only=True)
class DocumentURLChunk(Schema):
    """A document chunk.

    Attributes:
        type: `"document_url"`.
        document_url: URL of the document.
        document_name: File name of the document.
    """

    type: Literal["document_url"] = "document_url"
    document_url: str
    document_name: str | None = None


@final
@attrs.frozen(kw_only=True)
class ReferenceChunk(Schema):
    """A reference to sources.

    Attributes:
        type: `"reference"`.
        reference_ids: IDs of the sources.
    """

    type: Literal["reference"] = "reference"
    reference_ids: list[int | str]


@final
@attrs.frozen(kw_only=True)
class FileChunk(Schema):
    """An uploaded file.

    Attributes:
        type: `"file"`.
        file_id: ID of the file.
    """

    type: Literal["file"] = "file"
    file_id: str


@final
@attrs.frozen(kw_only=True)
class AudioChunk(Schema):
    """An audio chunk.

    Attributes:
        type: `"input_audio"`.
        input_audio: The audio in base64, or its URL.
    """

    type: Literal["input_audio"] = "input_audio"
    input_audio: str


@final
@attrs.frozen(kw_only=True)
class ToolReferenceChunk(Schema):
    """A reference to a result of a tool.

    Attributes:
        type: `"tool_reference"`.
        tool: Tool that returned the result.
        title: Title of the result.
        url: URL of the result.
        favicon: URL of the site's icon.
        description: Description of the result.
    """

    type: Literal["tool_reference"] = "tool_reference"
    tool: BuiltInConnectors
    title: str
    url: str | None = None
    favicon: str | None = None
    description: str | None = None


@final
@attrs.frozen(kw_only=True)
class ThinkChunk(Schema):
    """The reasoning of the model.

    Attributes:
        type: `"thinking"`.
        thinking: The reasoning.
        signature: Signature that allows the reasoning to be sent back.
        closed: Whether the reasoning is complete.
    """

    type: Literal["thinking"] = "thinking"
    thinking: list[TextChunk | ToolReferenceChunk | ReferenceChunk | Unknown]
    signature: str | None = None
    closed: bool | None = None


@final
@attrs.frozen(kw_only=True)
class ResourceChunk(Schema):
    """The content of a resource of an MCP server.

    Attributes:
        type: `"resource"`.
        uri: URI of the resource.
        content: Content of the resource.
    """

    type: Literal["resource"] = "resource"
    uri: str
    content: TextChunk | ImageURLChunk | Unknown


@final
@attrs.frozen(kw_only=True)
class ResourceLinkChunk(Schema):
    """A link to a resource of an MCP server.

    Attributes:
        type: `"resource_link"`.
        uri: URI of the resource.
        metadata: Metadata of the resource.
    """

    type: Literal["resource_link"] = "resource_link"
    uri: str
    metadata: dict[str, str | int | float | bool] | None = None


def text_of(content: str | Sequence[object] | None) -> str:
    """Return the text of message content, without reasoning and references."""
    if isinstance(content, str):
        return content
    return "".join(chunk.text for chunk in content or () if isinstance(chunk, TextChunk))


ContentChunk: TypeAlias = (
    TextChunk
    | ImageURLChunk
    | DocumentURLChunk
    | ReferenceChunk
    | FileChunk
    | ThinkChunk
    | AudioChunk
    | ResourceChunk
    | ResourceLinkChunk
    | Unknown
)
"""A chunk of message content, discriminated by `type`."""

SystemMessageContentChunks: TypeAlias = TextChunk | ThinkChunk | Unknown | Mapping[str, Any]
"""A chunk of system message content, discriminated by `type`."""
