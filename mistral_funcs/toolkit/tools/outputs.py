"""Return values of tools as text or chunks for the model."""

import dataclasses
import json
from collections.abc import Mapping, Sequence, Set as AbstractSet
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any, get_args
from uuid import UUID

import attrs

from mistral_core.schema import Schema, Unknown
from mistral_core.structuring.converter import converter
from mistral_funcs.schemas.shared.chunks import ContentChunk, TextChunk
from mistral_funcs.toolkit.tools.runnable import ToolError, ToolOutput
from mistral_funcs.toolkit.typed.json_types import class_of
from mistral_funcs.toolkit.typed.objects import is_named_tuple, is_pydantic
from mistral_funcs.toolkit.typed.scalars import duration_text

CHUNKS: tuple[type, ...] = get_args(ContentChunk)

SUPPORTED = (
    "Return a string, content chunks such as `ImageURLChunk`, or values that are JSON: numbers, "
    "lists, dictionaries, dates, attrs classes, dataclasses and pydantic models."
)


def tool_output(value: Any, name: str) -> ToolOutput:
    """Return the output of a tool: strings and chunks unchanged, everything else as JSON.

    Args:
        value: The return value of the tool. Strings in a list of chunks are text chunks.
        name: The name of the tool, for errors.

    Raises:
        ToolError: The value cannot be sent. The cause reports which part of it is invalid.
    """
    chunks = _chunks(value)
    if chunks:
        return chunks
    try:
        is_text = isinstance(value, str) and not isinstance(value, Enum)
        text = value if is_text else json.dumps(plain(value), ensure_ascii=False, allow_nan=False)
        text.encode()
    except Exception as error:
        failure = ToolError(f"`{name}` ran, but its result is not text or JSON and was not sent.")
        failure.add_note(SUPPORTED)
        raise failure from error
    return str(text)


def _chunks(value: Any) -> list[ContentChunk]:
    """Return the chunks in a value, if it is a chunk, or a list with chunks and strings only."""
    parts: Sequence[Any] = value if value.__class__ in (list, tuple) else (value,)
    is_content = any(isinstance(each, CHUNKS) for each in parts)
    if not is_content or not all(isinstance(each, (*CHUNKS, str)) for each in parts):
        return []
    return [TextChunk(text=each) if isinstance(each, str) else each for each in parts]


def plain(value: Any, path: str = "$") -> Any:
    """Return a value as JSON.

    Raises:
        TypeError: It contains a value that JSON cannot represent.
    """
    if isinstance(value, Enum):
        return plain(value.value, path)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Schema | Unknown):
        return plain(converter.unstructure(value), path)
    if (fields := _fields(value)) is not None:
        return {_key(key, path): plain(each, f"{path}.{key}") for key, each in fields.items()}
    if _is_a(value, list | tuple | AbstractSet):
        items = [plain(each, f"{path}[{index}]") for index, each in enumerate(value)]
        return sorted(items, key=json.dumps) if _is_a(value, AbstractSet) else items
    return _scalar(value, path)


def _is_a(value: Any, kinds: Any) -> bool:
    return isinstance(value, kinds)


def _fields(value: Any) -> Mapping[Any, Any] | None:
    """Return the members of a mapping or the fields of an object, or `None` for other values."""
    cls = class_of(value)
    members: Mapping[Any, Any] | None = None
    if _is_a(value, Mapping):
        members = value
    elif is_pydantic(cls) and hasattr(value, "model_dump"):
        members = value.model_dump(mode="json", by_alias=True)
    elif attrs.has(cls):
        members = {each.name: getattr(value, each.name) for each in attrs.fields(cls)}
    elif dataclasses.is_dataclass(cls):
        members = {each.name: getattr(value, each.name) for each in dataclasses.fields(cls)}
    elif is_named_tuple(cls):
        members = value._asdict()
    return members


def _key(key: Any, path: str) -> str:
    value = plain(key, path)
    return value if isinstance(value, str) else json.dumps(value)


def _scalar(value: Any, path: str) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, Decimal | UUID | PurePath):
        return str(value)
    raise TypeError(f"`{path}` is of type `{type(value).__qualname__}`, which is not JSON")
