"""Models and dataclasses of pydantic, which is imported only for those who use it."""

import json
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from functools import cache
from typing import Any, TypeAlias

Invalid: TypeAlias = tuple[tuple[str | int, ...], str]
"""The path of an invalid value, and the reason."""


@cache
def _adapter(kind: Any) -> Any:
    from pydantic import TypeAdapter  # noqa: PLC0415 - see above

    return TypeAdapter[Any](kind)


def pydantic_schema(kind: Any) -> dict[str, Any]:
    """Return the JSON schema of a model, as pydantic writes it.

    Raises:
        TypeError: pydantic has no schema for it.
    """
    from pydantic.errors import PydanticUserError  # noqa: PLC0415

    try:
        return deepcopy(_adapter(kind).json_schema())
    except PydanticUserError as error:
        raise TypeError(f"No JSON schema for {kind!r}: {error.message}") from None


def validate(kind: Any, value: Any, fail: Callable[[list[Invalid]], Exception]) -> Any:
    """Return a JSON value as an instance of a model.

    Strict schemas require all fields, so optional fields may be `null`.

    Args:
        kind: The model.
        value: The value.
        fail: Returns the error to raise for invalid values.
    """
    from pydantic import ValidationError  # noqa: PLC0415

    adapter = _adapter(kind)
    try:
        return adapter.validate_json(json.dumps(value))
    except ValidationError as error:
        invalid = [(fault["loc"], fault["msg"]) for fault in error.errors(include_url=False)]
    schema = pydantic_schema(kind)
    with suppress(ValidationError):
        given = without_nulls(value, schema, schema.get("$defs", {}))
        return adapter.validate_json(json.dumps(given))
    raise fail(invalid)


def reference_in(schema: Any) -> str | None:
    """Return the name of the definition that a schema refers to, even within a single `allOf`."""
    if len(schema.get("allOf", ())) == 1:
        (schema,) = schema["allOf"]
    reference: str | None = schema.get("$ref")
    return reference and reference.rpartition("/")[2]


def without_nulls(value: Any, schema: Any, definitions: dict[str, Any]) -> Any:
    """Return a value without the optional fields that are `null`."""
    while reference := reference_in(schema):
        schema = definitions[reference]
    for member in schema.get("anyOf", ()):
        value = without_nulls(value, member, definitions)
    if value.__class__ is list:
        items = schema.get("items", {})
        return [without_nulls(each, items, definitions) for each in value]
    if value.__class__ is not dict:
        return value
    fields = schema.get("properties", {})
    optional = fields.keys() - {*schema.get("required", ())}
    return {
        name: without_nulls(each, fields.get(name, {}), definitions)
        for name, each in value.items()
        if each is not None or name not in optional
    }
