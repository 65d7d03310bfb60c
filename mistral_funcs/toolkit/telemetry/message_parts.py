"""Messages in the shape of the semantic conventions: a role, and parts by type."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias, cast

Message: TypeAlias = dict[str, Any]
Part: TypeAlias = dict[str, Any]

TEXTS: Final = frozenset({"text", "input_text", "output_text"})

MODALITIES: Final[Mapping[str, str]] = {"image_url": "image", "document_url": "document"}
"""The modality of each chunk that contains a URL."""

CALLS: Final = frozenset({"function.call", "function_call"})
RESULTS: Final = frozenset({"function.result", "function_call_output"})


def input_messages(messages: Any, *more: str) -> list[Message]:
    """Return messages, entries or items, or texts of the user, as messages."""
    items = [messages] if isinstance(messages, str) else [*messages]
    return [*map(_message, [*items, *more])]


def output_messages(response: Any) -> list[Message]:
    """Return the messages of an unstructured response."""
    if not isinstance(response, Mapping):
        return []
    fields = cast("Mapping[str, Any]", response)
    messages: list[Message] = []
    for choice in fields.get("choices") or ():
        finish = {"finish_reason": choice["finish_reason"]} if choice.get("finish_reason") else {}
        several = choice.get("messages") or ()
        messages += [
            {"role": "assistant", **_message(each), **finish}
            for each in (choice.get("message"), *several)
            if each
        ]
    for item in fields.get("outputs") or fields.get("output") or ():
        messages.append({**_message(item), "role": "assistant"})
    return messages


def _message(item: Any) -> Message:
    if isinstance(item, str):
        return {"role": "user", "parts": parts_of(item)}
    kind = item.get("type")
    if kind in CALLS:
        identifier = item.get("tool_call_id") or item.get("call_id")
        part = _tool_call(identifier, item.get("name"), item.get("arguments"))
        return {"role": "assistant", "parts": [part]}
    if kind in RESULTS:
        result = item.get("result", item.get("output"))
        part = _tool_result(item.get("tool_call_id") or item.get("call_id"), result)
        return {"role": "tool", "parts": [part]}
    role = item.get("role") or "assistant"
    if role == "tool":
        return {"role": role, "parts": [_tool_result(item.get("tool_call_id"), item["content"])]}
    parts = parts_of(item.get("content"))
    for call in item.get("tool_calls") or ():
        function = call["function"]
        parts.append(_tool_call(call.get("id"), function.get("name"), function.get("arguments")))
    return {"role": role, "parts": parts or [{"type": kind}] if kind else parts}


def parts_of(content: Any) -> list[Part]:
    """Return the content of a message as parts."""
    if not content:
        return []
    if isinstance(content, str):
        return [{"type": "text", "content": content}]
    return [*_parts(content)]


def _parts(chunks: Any) -> Iterator[Part]:
    """Yield chunks as parts. Data that is sent inline, such as an image, is left out."""
    for chunk in chunks:
        kind = chunk.get("type", "text")
        if kind in TEXTS:
            yield {"type": "text", "content": chunk.get("text", "")}
        elif kind == "thinking":
            texts = (each.get("text", "") for each in chunk.get("thinking") or ())
            yield {"type": "reasoning", "content": "".join(texts)}
        elif kind in MODALITIES:
            yield _linked(chunk[kind], kind)
        elif kind == "file":
            yield {"type": "file", "modality": "document", "file_id": chunk.get("file_id", "")}
        else:
            yield {"type": kind}


def _linked(given: Any, kind: str) -> Part:
    url: Any = given if isinstance(given, str) else given.get("url")
    if isinstance(url, str) and not url.startswith("data:"):
        return {"type": "uri", "modality": MODALITIES[kind], "uri": url}
    return {"type": kind}


def _tool_call(identifier: Any, name: Any, arguments: Any) -> Part:
    return {"type": "tool_call", "id": identifier, "name": name, "arguments": decoded(arguments)}


def _tool_result(identifier: Any, result: Any) -> Part:
    text = result if isinstance(result, str) else parts_of(result)
    return {"type": "tool_call_response", "id": identifier, "response": decoded(text)}


def decoded(value: Any) -> Any:
    """Return the value of JSON text, or other text unchanged."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value
