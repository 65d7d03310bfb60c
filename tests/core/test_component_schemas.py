"""JSON schemas of types, as parts of an OpenAPI document."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import attrs
import pytest

from mistral_core import Schema, Unknown, Unset
from mistral_core.serialization.component_schemas import (
    PLAIN,
    class_schema,
    classes_within,
    type_schema,
)
from mistral_funcs.schemas import ModelCapabilities, TextChunk


def refer(cls: type) -> dict[str, Any]:
    """Return a reference to a class."""
    return {"$ref": cls.__name__}


@attrs.frozen(kw_only=True)
class Left(Schema):  # noqa: D101
    left: int = 0  # Neither the class nor the field has a docstring.


@attrs.frozen(kw_only=True)
class Right(Schema):  # noqa: D101
    right: Any = None


TYPES: list[tuple[Any, dict[str, Any]]] = [
    (str, {"type": "string"}),
    (datetime, {"type": "string", "format": "date-time"}),
    (Any, {}),
    (complex, {}),
    (list, {"type": "array", "items": {}}),
    (Sequence[int], {"type": "array", "items": {"type": "integer"}}),
    (dict[str, Any], {"type": "object", "additionalProperties": True}),
    (Mapping[str, int], {"type": "object", "additionalProperties": {"type": "integer"}}),
    (Literal["a"], {"type": "string", "const": "a"}),
    (Literal[1, 2], {"type": "integer", "enum": [1, 2]}),
    (Literal["a", 1], {"enum": ["a", 1]}),
    (str | Unset, {"type": "string"}),
    (float | None, {"anyOf": [{"type": "number"}, {"type": "null"}]}),
    (TextChunk, {"$ref": "TextChunk"}),
    (Unknown | TextChunk, {"anyOf": [{"$ref": "TextChunk"}, PLAIN[Unknown]]}),
    (Left | Right, {"anyOf": [{"$ref": "Left"}, {"$ref": "Right"}]}),
]


@pytest.mark.parametrize(("kind", "schema"), TYPES)
def test_schema_of_a_type(kind: Any, schema: dict[str, Any]) -> None:
    """A type without a schema accepts anything."""
    assert type_schema(kind, refer) == schema


def test_class_without_documentation_has_no_description() -> None:
    """Its fields have only names and types."""
    assert class_schema(Left, refer) == {
        "type": "object",
        "title": "Left",
        "properties": {"left": {"type": "integer", "default": 0}},
    }


def test_classes_within_a_type() -> None:
    """Each class once."""
    assert classes_within(list[Left | dict[str, Left]]) == [Left]
    assert classes_within(ModelCapabilities | str)[0] is ModelCapabilities
