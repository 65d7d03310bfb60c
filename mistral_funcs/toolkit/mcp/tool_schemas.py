"""JSON schemas of tools, in the form that the API accepts."""

from collections.abc import Mapping
from typing import Any, cast

from jsonschema import Draft7Validator, SchemaError

MAX_DEPTH = 64
"""Maximum depth of a schema."""

SCHEMA = (
    "additionalProperties",
    "items",
    "additionalItems",
    "not",
    "contains",
    "if",
    "then",
    "else",
)
"""Keywords whose value is a schema."""

SCHEMAS = ("anyOf", "allOf", "oneOf", "prefixItems", "items")
"""Keywords whose value is a list of schemas."""

NAMED_SCHEMAS = ("properties", "patternProperties", "definitions", "$defs", "dependentSchemas")
"""Keywords whose value is a mapping of schemas."""


class RejectedSchema(Exception):  # noqa: N818 - not an error of the program
    """A schema that cannot be repaired. The message is the reason."""


def repair(schema: object) -> dict[str, Any]:
    """Return the schema of a tool's arguments in the form that the API accepts.

    A missing schema becomes one without properties, `$schema` is removed, an array without
    `items` accepts any, and a missing `type` of an object or array is added.

    Raises:
        RejectedSchema: The schema is not one of an object, or is not valid.
    """
    if schema is None:
        schema = {}
    if not isinstance(schema, dict):
        raise RejectedSchema(f"its schema must be an object, not {type(schema).__name__}")
    repaired = _repaired(cast("dict[str, Any]", schema), 0)
    if repaired.setdefault("type", "object") != "object":
        raise RejectedSchema(f"its schema must be of type 'object', not {repaired['type']!r}")
    if not isinstance(repaired.setdefault("properties", {}), dict):
        raise RejectedSchema("`properties` of its schema must be an object")
    try:
        Draft7Validator.check_schema(repaired)
    except SchemaError as error:
        path = "/".join(map(str, error.absolute_path))
        raise RejectedSchema(f"its schema is not valid at {path!r}: {error.message}") from None
    return repaired


def _repaired(schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
    """Return a copy of a schema and those in it, with what the API would refuse repaired."""
    if depth > MAX_DEPTH:
        raise RejectedSchema(f"its schema is nested more than {MAX_DEPTH} levels deep")
    repaired = {key: value for key, value in schema.items() if key != "$schema"}
    for key in SCHEMA:
        if isinstance(repaired.get(key), dict):
            repaired[key] = _repaired(repaired[key], depth + 1)
    for key in SCHEMAS:
        if isinstance(repaired.get(key), list):
            repaired[key] = [_each(value, depth) for value in repaired[key]]
    for key in NAMED_SCHEMAS:
        if isinstance(repaired.get(key), dict):
            named: dict[str, Any] = repaired[key]
            repaired[key] = {name: _each(value, depth) for name, value in named.items()}
    return _with_type(repaired)


def _with_type(schema: dict[str, Any]) -> dict[str, Any]:
    """Add the type of an object or array, and the items of an array, where they are missing."""
    if "type" not in schema and "$ref" not in schema:
        if isinstance(schema.get("properties"), dict):
            schema["type"] = "object"
        elif "items" in schema:
            schema["type"] = "array"
    kinds = schema.get("type")
    if kinds == "array" or (isinstance(kinds, list) and "array" in kinds):
        schema.setdefault("items", {})
    return schema


def _each(value: object, depth: int) -> object:
    return _repaired(cast("dict[str, Any]", value), depth + 1) if isinstance(value, dict) else value
