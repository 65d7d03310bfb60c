"""Strict schemas: accepted by servers in strict mode, for all supported types."""

import dataclasses
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated, Any, Literal, NamedTuple, NewType, NotRequired, Required, TypedDict
from uuid import UUID

import attrs
import pydantic
import pytest
from annotated_types import Ge, Len, MaxLen
from attrs import validators
from pydantic import BaseModel, ConfigDict, RootModel
from typing_extensions import ReadOnly, TypeAliasType, TypedDict as NewTypedDict

from mistral_core import Unset
from mistral_funcs.schemas import TextChunk, ThinkChunk, ToolConfiguration, ToolReferenceChunk
from mistral_funcs.toolkit.json_schema import json_schema_of
from mistral_funcs.toolkit.strict_schema import (
    is_wrapped,
    resolved,
    strict_schema,
    strict_schema_of,
)
from mistral_funcs.toolkit.typed.json_types import class_of


class Color(Enum):
    """A colour."""

    RED = "red"
    BLUE = "blue"


class Size(IntEnum):
    """A size."""

    SMALL = 1


@attrs.frozen
class Part:
    """A part.

    With a second paragraph.
    """

    name: Annotated[str, "What it is called"] = attrs.field(
        validator=validators.and_(validators.min_len(2), validators.matches_re("[a-z]+"))
    )
    size: Size = Size.SMALL
    weight: float = attrs.field(
        default=1.0, validator=validators.and_(validators.ge(0), validators.lt(10))
    )
    color: str | None = attrs.field(
        default=None, validator=validators.optional(validators.in_(["red", "blue"]))
    )
    parts: "list[Part]" = attrs.field(factory=list["Part"])


@dataclasses.dataclass
class Car:
    """A car."""

    main: Annotated[Part, "The main part"]
    built: date
    spare: Part | None = None
    price: Decimal = Decimal("1.5")


class Engine(TypedDict, total=False):
    """An engine."""

    power: Required[int]
    fuel: Literal["gas", "none"]


class Wheel(NewTypedDict):
    """A wheel."""

    radius: ReadOnly[float]
    spokes: NotRequired[int]


class Point(NamedTuple):
    """A point."""

    x: int
    y: int = 0


class Loose(BaseModel):
    """A model that allows anything."""

    model_config = ConfigDict(extra="allow")
    amount: int = pydantic.Field(1, ge=1, description="How many")
    child: "Loose | None" = None
    other: "Other"
    described: "Other | None" = pydantic.Field(description="One that is described", default=None)
    default: str


class Other(BaseModel):
    """Another model."""

    tags: dict[str, int]
    pair: tuple[int, "Other"] | None = None


UserId = NewType("UserId", int)
Names = TypeAliasType("Names", list[str])
Tree = TypeAliasType("Tree", "list[Tree] | int")


def schemas_in(schema: Any) -> list[dict[str, Any]]:
    """Yield a schema and all schemas in it. Names of fields are not keywords."""
    kind = class_of(schema)
    if kind is list:
        return [each for part in schema for each in schemas_in(part)]
    if kind is not dict:
        return []
    maps = ("properties", "$defs")
    parts = [each for name in maps for each in schema.get(name, {}).values()]
    parts += [each for key, each in schema.items() if key not in {*maps, "enum"}]
    return [schema, *schemas_in(parts)]


KINDS: list[Any] = [
    Part,
    Car,
    Engine,
    Wheel,
    Point,
    Loose,
    Other,
    Tree,
    list[Part],
    Part | Car,
    Car | None,
    tuple[Part, Point],
    dict[str, Part],
    RootModel[list[int]],
    int,
    Annotated[list[Loose], "Several"],
]


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_strict_schema_is_strict_everywhere(kind: Any) -> None:
    """The root is an object, objects are closed, fields are required, and none has a `default`."""
    schema = strict_schema_of(kind)
    assert schema["type"] == "object"
    for each in schemas_in(schema):
        is_object = each.get("type") == "object"
        if is_object and (each.get("properties") or "additionalProperties" not in each):
            assert each["additionalProperties"] is False
            assert each["required"] == [*each["properties"]]
        assert "default" not in each
        assert "$ref" not in each or [*each] == ["$ref"]
        if "$ref" in each:
            assert each["$ref"].removeprefix("#/$defs/") in schema["$defs"]


def test_optional_fields_are_nullable() -> None:
    """Fields that allow `null` already are unchanged."""
    assert strict_schema_of(Part)["properties"] == {
        "name": {
            "type": "string",
            "minLength": 2,
            "pattern": "^(?:[a-z]+)$",
            "description": "What it is called",
        },
        "size": {"type": "integer", "enum": [1]},
        "weight": {
            "anyOf": [
                {"type": "number", "minimum": 0, "exclusiveMaximum": 10},
                {"type": "null"},
            ]
        },
        "color": {"anyOf": [{"type": "string", "enum": ["red", "blue"]}, {"type": "null"}]},
        "parts": {
            "anyOf": [{"type": "array", "items": {"$ref": "#/$defs/Part"}}, {"type": "null"}]
        },
    }
    assert strict_schema_of(Car)["properties"]["main"] == {
        "anyOf": [{"$ref": "#/$defs/Part"}],
        "description": "The main part",
    }


def test_validator_without_a_keyword_is_left_out() -> None:
    """Patterns with flags, `search` or `match`, and functions."""

    def is_even(_: Any, __: Any, value: int) -> None:
        assert value % 2 == 0

    cls: Any = attrs.make_class(
        "Checked",
        {
            "flags": attrs.field(type=str, validator=validators.matches_re("a", re.IGNORECASE)),
            "search": attrs.field(type=str, validator=validators.matches_re("a", func=re.search)),
            "match": attrs.field(type=str, validator=validators.matches_re("a", func=re.match)),
            "even": attrs.field(type=int, validator=is_even),
            "text": attrs.field(type=int, validator=validators.min_len(1)),
        },
    )
    assert json_schema_of(cls)["properties"] == {
        "flags": {"type": "string"},
        "search": {"type": "string", "pattern": "a"},
        "match": {"type": "string", "pattern": "^(?:a)"},
        "even": {"type": "integer"},
        "text": {"type": "integer"},
    }


def test_schema_of_pydantic_is_closed_too() -> None:
    """Although the model allows other fields. A field may have the name of a keyword."""
    schema = strict_schema_of(Loose)
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["amount", "child", "other", "described", "default"]
    assert schema["properties"]["amount"] == {
        "title": "Amount",
        "description": "How many",
        "anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}],
    }
    assert schema["properties"]["other"] == {"$ref": "#/$defs/Other"}
    described = schema["properties"]["described"]
    assert described["description"] == "One that is described"
    assert described["anyOf"] == [{"$ref": "#/$defs/Other"}, {"type": "null"}]


def test_map_is_not_closed() -> None:
    """A closed map could only be empty."""
    tags = strict_schema_of(Other)["properties"]["tags"]
    assert tags["additionalProperties"] == {"type": "integer"}


@pytest.mark.parametrize(
    ("schema", "strict"),
    [
        ({"type": "object"}, {"type": "object", "properties": {}, "required": []}),
        ({"allOf": [{"$ref": "#/$defs/A"}], "default": 1}, {"$ref": "#/$defs/A"}),
        (
            {"allOf": [{"$ref": "#/$defs/A"}], "description": "An A"},
            {"anyOf": [{"$ref": "#/$defs/A"}], "description": "An A"},
        ),
        ({"$ref": "#/$defs/A", "title": "A", "default": None}, {"$ref": "#/$defs/A"}),
        ({"enum": [{"default": 1}]}, {"enum": [{"default": 1}]}),
    ],
)
def test_schema_of_the_caller_is_not_changed(
    schema: dict[str, Any], strict: dict[str, Any]
) -> None:
    """A copy is made strict."""
    before = deepcopy(schema)
    closed = {"additionalProperties": False} if schema.get("type") == "object" else {}
    assert strict_schema(schema) == {**strict, **closed}
    assert schema == before


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        (Any, {}),
        (type(None), {"type": "null"}),
        (Annotated[float, Ge(float("-inf"))], {"type": "number"}),
        (Decimal, {"type": "number"}),
        (datetime, {"type": "string", "format": "date-time"}),
        (date, {"type": "string", "format": "date"}),
        (time, {"type": "string", "format": "time"}),
        (timedelta, {"type": "string", "format": "duration"}),
        (UUID, {"type": "string", "format": "uuid"}),
        (UserId, {"type": "integer"}),
        (Names, {"type": "array", "items": {"type": "string"}}),
        (Literal["a", 1], {"enum": ["a", 1]}),
        (Literal[Color.RED], {"type": "string", "enum": ["red"]}),
        (set[int], {"type": "array", "items": {"type": "integer"}, "uniqueItems": True}),
        (Sequence[str], {"type": "array", "items": {"type": "string"}}),
        (tuple[int, ...], {"type": "array", "items": {"type": "integer"}}),
        (tuple[()], {"type": "array", "items": {}, "minItems": 0, "maxItems": 0}),
        (
            tuple[int, int],
            {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
        ),
        (
            tuple[int, str],
            {
                "type": "array",
                "items": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
                "minItems": 2,
                "maxItems": 2,
            },
        ),
        (Mapping[str, int], {"type": "object", "additionalProperties": {"type": "integer"}}),
        (
            Annotated[int, Ge(2), "A number"],
            {"type": "integer", "minimum": 2, "description": "A number"},
        ),
        (
            Annotated[list[int], Len(1, 3)],
            {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
        ),
        (
            Annotated[dict[str, int] | None, MaxLen(3)],
            {
                "anyOf": [
                    {
                        "type": "object",
                        "additionalProperties": {"type": "integer"},
                        "maxProperties": 3,
                    },
                    {"type": "null"},
                ]
            },
        ),
        (Annotated[date, Ge(date(2020, 1, 1))], {"type": "string", "format": "date"}),
        (Annotated[Decimal, Ge(Decimal(1))], {"type": "number"}),
    ],
    ids=str,
)
def test_schema_of_a_type(kind: Any, schema: dict[str, Any]) -> None:
    """Constraints appear if JSON Schema has a keyword for them."""
    assert json_schema_of(kind) == schema


def test_schemas_of_the_api_have_schemas_too() -> None:
    """Without the types for missing or unknown values."""
    schema = json_schema_of(ToolReferenceChunk)
    assert schema["properties"]["title"] == {"type": "string"}
    assert "Unknown" not in json_schema_of(ThinkChunk)["$defs"]
    properties = json_schema_of(ToolConfiguration)["properties"]
    assert properties["include"] == {
        "anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]
    }
    assert json_schema_of(TextChunk | Unset)["$ref"] == "#/$defs/TextChunk"


def test_reference_of_older_versions_of_pydantic_is_resolved() -> None:
    """They wrap it in a list of one."""
    definitions = {"A": {"allOf": [{"$ref": "#/$defs/B"}]}, "B": {"type": "object"}}
    schema = {"allOf": [{"$ref": "#/$defs/A"}], "$defs": definitions}
    assert resolved(schema) == {"type": "object", "$defs": definitions}


def test_alias_may_be_recursive() -> None:
    """It becomes a definition, like a class."""
    assert json_schema_of(Tree) == {
        "$ref": "#/$defs/Tree",
        "$defs": {
            "Tree": {
                "anyOf": [
                    {"type": "array", "items": {"$ref": "#/$defs/Tree"}},
                    {"type": "integer"},
                ]
            }
        },
    }


@pytest.mark.parametrize(
    ("kind", "wrapped"),
    [
        (Part, False),
        (Loose, False),
        (dict[str, int], False),
        (Annotated[Car, "x"], False),
        (list[Part], True),
        (Part | Car, True),
        (RootModel[list[int]], True),
        (Tree, True),
    ],
    ids=str,
)
def test_type_other_than_an_object_is_wrapped(kind: Any, wrapped: bool) -> None:  # noqa: FBT001
    """In an object with the field `value`."""
    assert is_wrapped(kind) is wrapped
    assert (strict_schema_of(kind).get("required") == ["value"]) is wrapped


@attrs.frozen
class Unresolvable:
    """A class with an annotation that cannot be resolved."""

    value: "Missing"  # type: ignore[name-defined] # noqa: F821  # pyright: ignore[reportUndefinedVariable]


class Callback(BaseModel):
    """A model that cannot be JSON."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    call: Part


Part2: Any = attrs.make_class("Part", {"a": attrs.field(type=int)})
Other2: Any = pydantic.create_model("Other", a=(int, 1))
Holder: Any = pydantic.create_model("Holder", other=(Other2, ...))


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (complex, "No JSON schema for <class 'complex'>"),
        (attrs.make_class("Untyped", ["a"]), "No JSON schema for None"),
        (dict[int, str], "No JSON schema for dict[int, str]"),
        (Literal[b"x"], "not all of its values are JSON"),
        (Enum("Empty", {}), "not all of its values are JSON"),
        (Unresolvable, "The fields of `Unresolvable` cannot be read: name 'Missing'"),
        (list[Part] | list[Part2], "two classes with the same name: 'Part'"),
        (list[Loose] | list[Holder], "two classes with the same name: 'Other'"),
        (Callback, "No JSON schema for"),
        (Literal[()], "not all of its values are JSON"),
        ([int], "No JSON schema for [<class 'int'>]"),
        (Annotated[dict[str, bytes], ["unhashable"]], "No JSON schema for <class 'bytes'>"),
    ],
    ids=str,
)
def test_type_without_a_schema_is_refused(kind: Any, message: str) -> None:
    """With the type and the reason."""
    with pytest.raises(TypeError) as caught:
        strict_schema_of(kind)
    assert message in str(caught.value)
