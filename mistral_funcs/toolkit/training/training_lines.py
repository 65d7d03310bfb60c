"""One line of a training file: a chat, and the tools that it may use."""

from collections.abc import Mapping
from typing import Any, Final, cast

from mistral_core.response.json_text import decode_exactly
from mistral_funcs.toolkit.json_schema_rules import problem_of_schema
from mistral_funcs.toolkit.training.training_fields import (
    Check,
    FieldError,
    check_object,
    is_one_of,
    kind_of,
    list_of,
    typed,
)
from mistral_funcs.toolkit.training.training_messages import (
    Rules,
    check_function_name,
    check_messages,
)


def check_line(line: bytes, rules: Rules) -> None:
    """Check a line.

    Raises:
        FieldError: The line is invalid.
    """
    try:
        value: Any = decode_exactly(line)
    except (ValueError, RecursionError) as error:
        raise FieldError(f"it is not JSON: {error}") from None
    check_object(value, "", LINE, "messages")
    check_messages(value["messages"], rules)
    for index, tool in enumerate(value.get("tools") or ()):
        path = f"tools[{index}].function"
        check_function_name(tool["function"]["name"], f"{path}.name")
        problem = problem_of_schema(tool["function"]["parameters"], f"{path}.parameters")
        if problem is not None:
            raise FieldError(f"{problem} in JSON Schema, draft 7")


def _url(value: Any, path: str) -> None:
    """Check a URL, or an object with one."""
    if value.__class__ is dict:
        check_object(value, path, {"url": TEXT, "detail": TEXT_OR_NULL}, "url")
    else:
        TEXT(value, path)


def _audio_url(value: Any, path: str) -> None:
    if value.__class__ is dict:
        check_object(value, path, {"url": TEXT}, "url")
    else:
        TEXT(value, path)


def _audio(value: Any, path: str) -> None:
    """Check audio in base64, or an object with it."""
    data: Any = cast("dict[str, Any]", value).get("data") if value.__class__ is dict else value
    TEXT(data, path)
    if not data.strip():
        raise FieldError(f"{path} must not be empty")


def _chunk(value: Any, path: str) -> None:
    kind = _constant(value, "type", CHUNKS, path)
    check_object(value, path, {"type": TEXT, **CHUNKS[kind]}, CONTENT_OF[kind])


def _message(value: Any, path: str) -> None:
    role = _constant(value, "role", MESSAGES, path)
    required = () if role == "assistant" else ("content",)
    check_object(value, path, {"role": TEXT, **MESSAGES[role]}, *required)


def _constant(value: Any, name: str, fields: Mapping[str, object], path: str) -> str:
    """Return the field that determines which fields an object has."""
    if value.__class__ is not dict:
        raise FieldError(f"{path} must be an object, got {kind_of(value)}")
    if name not in value:
        raise FieldError(f"{path}.{name} is missing")
    is_one_of(*fields)(value[name], f"{path}.{name}")
    return str(value[name])


def _content(value: Any, path: str) -> None:
    if value.__class__ is list:
        list_of(_chunk)(value, path)
    elif not isinstance(value, str):
        raise FieldError(f"{path} must be a string or a list of chunks, got {kind_of(value)}")


def _content_or_null(value: Any, path: str) -> None:
    if value is not None:
        _content(value, path)


def _called_function(value: Any, path: str) -> None:
    fields = {"name": TEXT, "arguments": typed(str, dict, null=True)}
    check_object(value, path, fields, "name", "arguments")


def _tool_call(value: Any, path: str) -> None:
    fields: dict[str, Check] = {"id": TEXT, "type": FUNCTION, "function": _called_function}
    check_object(value, path, fields, "function")


def _function(value: Any, path: str) -> None:
    fields = {
        "name": TEXT,
        "description": TEXT,
        "parameters": typed(dict),
        "strict": typed(bool),
    }
    check_object(value, path, fields, "name", "parameters")


def _tool(value: Any, path: str) -> None:
    fields: dict[str, Check] = {"type": FUNCTION, "function": _function}
    check_object(value, path, fields, "function")


TEXT = typed(str)
TEXT_OR_NULL = typed(str, null=True)
FUNCTION = is_one_of("function")

CHUNKS: Final[Mapping[str, Mapping[str, Check]]] = {
    "text": {"text": TEXT},
    "image_url": {"image_url": _url},
    "input_audio": {"input_audio": _audio},
    "audio_url": {"audio_url": _audio_url},
    "thinking": {"thinking": TEXT, "closed": typed(bool)},
}
"""The fields of each type of chunk, beside the type. The first one is required."""

CONTENT_OF = {kind: next(iter(fields)) for kind, fields in CHUNKS.items()}

MESSAGES: Final[Mapping[str, Mapping[str, Check]]] = {
    "system": {"content": _content},
    "user": {"content": _content},
    "assistant": {
        "content": _content_or_null,
        "tool_calls": list_of(_tool_call, null=True),
        "prefix": typed(bool),
        "weight": typed(int, float, null=True),
    },
    "tool": {"content": _content, "tool_call_id": TEXT_OR_NULL, "name": TEXT_OR_NULL},
}
"""The fields of the messages of each role, beside the role."""

LINE: Final[Mapping[str, Check]] = {
    "messages": list_of(_message),
    "tools": list_of(_tool, null=True),
    "parallel_tool_calls": typed(bool),
}
"""The fields of a line."""
