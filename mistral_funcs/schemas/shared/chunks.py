"""The chunks that the content of a message is made of, where it is not plain text.

They stand in requests and in answers alike: what an answer brought can be sent back as it is.
"""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown

ImageDetail: TypeAlias = Literal["low", "auto", "high"] | str
"""How closely an image is looked at. An open set."""

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
"""A tool that Mistral runs. An open set."""


@final
@attrs.frozen(kw_only=True)
class TextChunk(Schema):
    """Hold text.

    Attributes:
        type: `"text"`.
        text: The text.
    """

    type: Literal["text"] = "text"
    text: str


@final
@attrs.frozen(kw_only=True)
class ImageURL(Schema):
    """Tell where an image is, and how closely to look at it.

    Attributes:
        url: The URL of the image, or the image itself as a `data:` URL.
        detail: How closely it is looked at.
    """

    url: str
    detail: ImageDetail | None = None


@final
@attrs.frozen(kw_only=True)
class ImageURLChunk(Schema):
    """Hold an image.

    Attributes:
        type: `"image_url"`.
        image_url: The URL of the image, or the image itself as a `data:` URL.
    """

    type: Literal["image_url"] = "image_url"
    image_url: ImageURL | str


@final
@attrs.frozen(kw_only=True)
class DocumentURLChunk(Schema):
    """Hold a document.

    Attributes:
        type: `"document_url"`.
        document_url: The URL of the document.
        document_name: The name of its file.
    """

    type: Literal["document_url"] = "document_url"
    document_url: str
    document_name: str | None = None


@final
@attrs.frozen(kw_only=True)
class ReferenceChunk(Schema):
    """Refer to the sources of what was said.

    Attributes:
        type: `"reference"`.
        reference_ids: The ids of the sources.
    """

    type: Literal["reference"] = "reference"
    reference_ids: list[int | str]


@final
@attrs.frozen(kw_only=True)
class FileChunk(Schema):
    """Hold a file that was uploaded.

    Attributes:
        type: `"file"`.
        file_id: The id of the file.
    """

    type: Literal["file"] = "file"
    file_id: str


@final
@attrs.frozen(kw_only=True)
class AudioChunk(Schema):
    """Hold audio.

    Attributes:
        type: `"input_audio"`.
        input_audio: The audio in base64, or its URL.
    """

    type: Literal["input_audio"] = "input_audio"
    input_audio: str


@final
@attrs.frozen(kw_only=True)
class ToolReferenceChunk(Schema):
    """Refer to what a tool has found.

    Attributes:
        type: `"tool_reference"`.
        tool: The tool that has found it.
        title: Its title.
        url: Where it is.
        favicon: The URL of the icon of that place.
        description: What it is.
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
    """Hold what a model thought before it answered.

    Attributes:
        type: `"thinking"`.
        thinking: The thoughts.
        signature: What proves them to be the model's, when they are sent back.
        closed: Whether the thoughts have come to an end.
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
        uri: The URI of the resource.
        content: Its content.
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
        uri: The URI of the resource.
        metadata: Further facts about the resource.
    """

    type: Literal["resource_link"] = "resource_link"
    uri: str
    metadata: dict[str, str | int | float | bool] | None = None


def text_of(content: "str | list[ContentChunk] | None") -> str:
    """Return the text of a content, without thoughts and references."""
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
"""A part of the content of a message, told apart by `type`."""

SystemMessageContentChunks: TypeAlias = TextChunk | ThinkChunk | Unknown | Mapping[str, Any]
"""A part of the content of a system message, told apart by `type`."""
