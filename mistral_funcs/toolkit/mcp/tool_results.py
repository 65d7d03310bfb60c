"""Results of tools of MCP servers, as the output for the model."""

import json
from collections.abc import Sequence
from typing import Any, cast

from mcp_types import (
    AudioContent,
    CallToolResult,
    ContentBlock,
    ImageContent,
    ResourceLink,
    TextContent,
    TextResourceContents,
)

from mistral_funcs.schemas.shared.chunks import (
    AudioChunk,
    ContentChunk,
    ImageURLChunk,
    TextChunk,
)
from mistral_funcs.toolkit.tools.runnable import ToolError, ToolOutput

NO_MESSAGE = "The tool failed without a message"


def output_of(result: CallToolResult, *, media: bool = False) -> ToolOutput:
    """Return the output of a tool.

    Args:
        result: The result that the server sent.
        media: Whether images and audio are passed as chunks. Otherwise they are named.

    Raises:
        ToolError: The server reports an error. The message is the text of the content.
    """
    chunks = [_chunk(block, media=media and not result.is_error) for block in result.content]
    if result.is_error:
        raise ToolError(_text(chunks) or NO_MESSAGE)
    structured = result.structured_content
    if structured is not None and not _is_shown(structured, result.content):
        chunks.append(TextChunk(text=json.dumps(structured, ensure_ascii=False)))
    return chunks if any(not isinstance(each, TextChunk) for each in chunks) else _text(chunks)


def _text(chunks: Sequence[ContentChunk]) -> str:
    return "\n".join(chunk.text for chunk in chunks if isinstance(chunk, TextChunk))


def _chunk(block: ContentBlock, *, media: bool) -> ContentChunk:
    match block:
        case TextContent(text=text):
            return TextChunk(text=text)
        case ImageContent(data=data, mime_type=kind):
            return _media(kind, data, "image", media=media)
        case AudioContent(data=data, mime_type=kind):
            return _media(kind, data, "audio", media=media)
        case ResourceLink():
            about = [each for each in (block.title or block.name, block.description) if each]
            kind = f" ({block.mime_type})" if block.mime_type else ""
            return TextChunk(text=f"[resource {block.uri}{kind}: {', '.join(about)}]")
        case embedded:
            resource = embedded.resource
            if isinstance(resource, TextResourceContents):
                return TextChunk(text=f"[resource {resource.uri}]\n{resource.text}")
            kind = resource.mime_type or "application/octet-stream"
            return _media(kind, resource.blob, f"resource {resource.uri}", media=media)


def _media(kind: str, data: str, name: str, *, media: bool) -> ContentChunk:
    """Return an image or audio as a chunk, or else its description."""
    if media and kind.startswith("image/"):
        return ImageURLChunk(image_url=f"data:{kind};base64,{data}")
    if media and kind.startswith("audio/"):
        return AudioChunk(input_audio=data)
    return TextChunk(text=f"[{name} ({kind}, {len(data) * 3 // 4} bytes), not shown]")


def _is_shown(structured: Any, content: Sequence[ContentBlock]) -> bool:
    """Return whether text of the content is the structured content as well.

    Servers send it as JSON for older clients. A value that is not an object is in `result`.
    """
    if _is_content(structured, content):
        return True
    only = structured["result"] if [*structured] == ["result"] else structured
    texts = [block.text for block in content if isinstance(block, TextContent)]
    if isinstance(only, list):
        items: list[Any] = [*cast("Any", only)]
        if items and [*map(_parsed, texts, items)] == items:
            return len(texts) == len(items)
    return any(_parsed(text, cast("object", only)) in (structured, only) for text in texts)


def _is_content(structured: Any, content: Sequence[ContentBlock]) -> bool:
    """Return whether a result consists of the blocks of the content, with the data of images."""
    items: Any = (
        cast("dict[str, Any]", structured).get("result") if isinstance(structured, dict) else None
    )
    if not isinstance(items, list) or not items:
        return False
    kinds = [
        cast("dict[str, Any]", each).get("type") if isinstance(each, dict) else None
        for each in [*cast("Any", items)]
    ]
    return kinds == [block.type for block in content]


def _parsed(text: str, expected: object) -> object:
    """Return the value of JSON text, or the text itself where it is expected."""
    if text == expected:
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
