"""Values that the sandbox generates for JSON schemas."""

from typing import Any

import pytest

from mistral_funcs.sandbox.json_schema_values import fitting

NODE: dict[str, Any] = {
    "$defs": {
        "Node": {
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "next": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]},
            },
            "required": ["name", "next"],
        }
    },
    "$ref": "#/$defs/Node",
}
TREE: dict[str, Any] = {
    "type": "object",
    "properties": {"leaves": {"type": "array", "items": {"$ref": "#"}}},
}

FITTING: dict[str, tuple[dict[str, Any], object]] = {
    "anything": ({}, "text"),
    "text": ({"type": "string"}, "text"),
    "text or null": ({"type": ["null", "string"]}, "text"),
    "short text": ({"type": "string", "maxLength": 2}, "te"),
    "long text": ({"type": "string", "minLength": 6}, "text.."),
    "date": ({"type": "string", "format": "date-time"}, "2025-01-01T00:00:00Z"),
    "a new format": ({"type": "string", "format": "iban"}, "text"),
    "boolean": ({"type": "boolean"}, True),
    "null": ({"type": "null"}, None),
    "const": ({"const": 0}, 0),
    "const null": ({"const": None}, None),
    "default": ({"type": "integer", "default": 7}, 7),
    "enum": ({"type": "string", "enum": ["b", "a"]}, "b"),
    "integer": ({"type": "integer"}, 1),
    "number": ({"type": "number"}, 1),
    "at least": ({"type": "integer", "minimum": 5}, 5),
    "above": ({"type": "integer", "exclusiveMinimum": 5}, 6),
    "at most": ({"type": "integer", "maximum": -5}, -5),
    "below": ({"type": "integer", "exclusiveMaximum": -5}, -6),
    "below 1": ({"type": "number", "exclusiveMaximum": 1}, 0),
    "between": ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, 0.5),
    "between, from a half": ({"type": "integer", "minimum": 1.5, "maximum": 2.5}, 2),
    "a multiple": ({"type": "integer", "multipleOf": 4}, 4),
    "a multiple at least": ({"type": "integer", "multipleOf": 4, "minimum": 5}, 8),
    "a multiple at most": ({"type": "integer", "multipleOf": 4, "maximum": -5}, -8),
    "array": ({"type": "array", "items": {"type": "integer"}}, [1]),
    "array of anything": ({"type": "array"}, ["text"]),
    "array of more": ({"items": {"type": "boolean"}, "minItems": 2}, [True, True]),
    "array of none": ({"type": "array", "maxItems": 0}, []),
    "object": (
        {"properties": {"a": {"type": "string"}, "b": {"type": "array"}}},
        {"a": "a", "b": ["b"]},
    ),
    "object of anything": ({"type": "object"}, {}),
    "any of": ({"anyOf": [{"type": "null"}, {"type": "integer"}]}, 1),
    "any of null": ({"anyOf": [{"type": "null"}]}, None),
    "one of": ({"oneOf": [{"const": "a"}, {"const": "b"}]}, "a"),
    "any of, with a default": ({"anyOf": [{"type": "integer"}], "default": None}, None),
    "all of": (
        {
            "allOf": [
                {"$ref": "#/$defs/Named"},
                {"properties": {"size": {"type": "integer"}}, "required": ["size"]},
            ],
            "$defs": {"Named": {"type": "object", "properties": {"name": {"type": "string"}}}},
        },
        {"name": "name", "size": 1},
    ),
    "all of, beside others": (
        {
            "type": "object",
            "properties": {"a": {"const": 1}},
            "allOf": [{"properties": {"b": {"const": 2}}}],
        },
        {"a": 1, "b": 2},
    ),
    "one that refers to itself": (
        {"$ref": "#/$defs/A", "$defs": {"A": {"$ref": "#/$defs/B"}, "B": {"const": 1}}},
        1,
    ),
    "one that ends": (
        NODE,
        {
            "name": "name",
            "next": {
                "name": "name",
                "next": {
                    "name": "name",
                    "next": {"name": "name", "next": None},
                },
            },
        },
    ),
    "one that has itself in an array": (TREE, {"leaves": [{"leaves": [{}]}]}),
}
"""Schemas, each with the generated value."""


@pytest.mark.parametrize("name", FITTING)
def test_a_value_matches_its_schema(name: str) -> None:
    """It is small, and always the same."""
    schema, expected = FITTING[name]
    value = fitting(schema)
    assert value == expected
    assert isinstance(value, bool) == isinstance(expected, bool)


def test_a_given_text_is_used_for_strings() -> None:
    """Instead of the names of the fields."""
    schema = {"properties": {"city": {"type": "string"}, "day": {"format": "date"}}}
    assert fitting(schema, "Paris") == {"city": "Paris", "day": "2025-01-01"}


@pytest.mark.parametrize("schema", [{"type": "integer", "minimum": 0.2, "maximum": 0.8}])
def test_a_contradictory_schema_has_no_value(schema: dict[str, Any]) -> None:
    """No integer is in this range."""
    with pytest.raises(StopIteration):
        fitting(schema)
