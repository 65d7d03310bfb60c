"""Strict JSON schemas, which a model follows exactly: closed objects whose fields are required."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from mistral_funcs.toolkit.json_schema import described, json_schema_of
from mistral_funcs.toolkit.typed.pydantic_models import reference_in

WRAPPER = "value"
"""The field for a value that is not an object, because the root of a strict schema is one."""

SCHEMAS = {"items", "additionalProperties", "contains", "not", "if", "then", "else"}
LISTS = {"anyOf", "oneOf", "allOf", "prefixItems"}
MAPS = {"properties", "$defs", "definitions", "patternProperties"}
"""The keywords whose values are schemas, lists of schemas, and schemas by name."""


def strict_schema_of(kind: Any) -> dict[str, Any]:
    """Return the strict JSON schema of a type. A type that is not an object is wrapped in one.

    Raises:
        TypeError: The type has no JSON schema.
    """
    schema = resolved(json_schema_of(kind))
    if not is_object_schema(schema):
        definitions = {key: schema.pop(key) for key in ("$defs",) if key in schema}
        fields = {"properties": {WRAPPER: schema}, "required": [WRAPPER]}
        schema = {"type": "object", **fields, **definitions}
    return strict_schema(schema)


def is_wrapped(kind: Any) -> bool:
    """Return whether the strict schema of a type wraps it in an object."""
    return not is_object_schema(resolved(json_schema_of(kind)))


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema whose root is not a reference."""
    definitions = schema.get("$defs", {})
    target = schema
    while reference := reference_in(target):
        target = definitions[reference]
    return schema if target is schema else {**target, "$defs": definitions}


def is_object_schema(schema: Mapping[str, Any]) -> bool:
    """Return whether all values of a schema are objects."""
    return schema.get("type") == "object"


def strict_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of a JSON schema in which all fields are required and no others are allowed.

    Optional fields are nullable. Only maps, which have no fields of their own, stay open.

    Args:
        schema: The schema, which is not changed.
    """
    strict = {key: _strict_keyword(key, each) for key, each in schema.items() if key != "default"}
    if "$ref" in strict and len(strict) > 1:
        return described({"$ref": strict["$ref"]}, strict.get("description"))
    members: list[Any] = strict.get("allOf", ())
    if len(members) == 1:
        del strict["allOf"]
        return described(members[0], strict.get("description"))
    if is_object_schema(strict):
        is_map = not strict.get("properties") and strict.get("additionalProperties")
        if not is_map:
            fixed = [
                name for name, each in schema.get("properties", {}).items() if _is_constant(each)
            ]
            strict |= _closed(strict, {*schema.get("required", ()), *fixed})
    return strict


def _strict_keyword(key: str, value: Any) -> Any:
    if key in SCHEMAS and isinstance(value, Mapping):
        return strict_schema(value)  # pyright: ignore[reportUnknownArgumentType]
    if key in LISTS:
        return [strict_schema(each) for each in value]
    if key in MAPS:
        return {name: strict_schema(each) for name, each in value.items()}
    return deepcopy(value)


def _closed(strict: dict[str, Any], required: set[str]) -> dict[str, Any]:
    fields: dict[str, Any] = strict.get("properties", {})
    return {
        "properties": {
            name: each if name in required else _nullable(each) for name, each in fields.items()
        },
        "required": [*fields],
        "additionalProperties": False,
    }


def _is_constant(schema: Mapping[str, Any]) -> bool:
    """Return whether the default is the only value: the field shows which class an object is."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return "default" in schema and values == [schema["default"]]


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that also allows `null`."""
    if _allows_null(schema):
        return schema
    outer: dict[str, Any] = {key: schema[key] for key in ("title", "description") if key in schema}
    inner = {key: each for key, each in schema.items() if key not in outer}
    members = inner["anyOf"] if [*inner] == ["anyOf"] else [inner]
    return {**outer, "anyOf": [*members, {"type": "null"}]}


def _allows_null(schema: Mapping[str, Any]) -> bool:
    kinds = schema.get("type", ())
    members = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    is_any = not schema.keys() - {"title", "description"}
    return (
        is_any
        or "null" in (kinds if isinstance(kinds, list) else [kinds])
        or None in schema.get("enum", ())
        or any(map(_allows_null, members))
    )
