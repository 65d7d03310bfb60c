"""Encoding of JSON bodies."""

import json
from collections.abc import Mapping
from typing import Any, cast

from mistral_core.errors import InvalidRequestError
from mistral_core.operations.declaration import Operation
from mistral_core.schema import UNSET


def encode_fields(operation: Operation[Any], fields: Mapping[str, object]) -> bytes:
    """Encode fields as JSON. `UNSET` is omitted, and so is `None` unless the field is nullable.

    Raises:
        InvalidRequestError: A field cannot be encoded.
    """
    nullable, additional = operation.nullable, operation.additional
    body = {
        name: value
        for name, value in fields.items()
        if value is not UNSET and (value is not None or name in nullable)
    }
    if additional is not None and additional in body:
        body |= _additional_fields(operation, body.pop(additional))
    return encode_json(body)


def _additional_fields(operation: Operation[Any], value: object) -> Mapping[str, object]:
    """Return additional fields of a body, after checking that none of them is a parameter."""
    if not isinstance(value, Mapping):
        kind = type(value).__name__
        message = f"`{operation.additional}` must be a mapping, got {kind}"
        raise InvalidRequestError(message, operation.additional)
    taken = {*operation.fields, *operation.keys.values(), *operation.constants, "stream"}
    for name in cast("Mapping[object, object]", value):
        if not isinstance(name, str) or name in taken:
            message = f"`{operation.additional}` must not contain {name!r}: it is a separate field"
            raise InvalidRequestError(message, operation.additional)
    return cast("Mapping[str, object]", value)


def encode_json(value: object, name: str = "") -> bytes:
    """Encode a value, which may contain attrs classes, as JSON.

    Args:
        value: The value.
        name: The name of the parameter. Empty for the body.

    Raises:
        InvalidRequestError: The value cannot be encoded.
    """
    try:
        try:
            return _encoder.encode(value).encode()
        except TypeError:  # Such as an enum member as a key.
            return _encoder.encode(unstructure(value)).encode()
    except Exception as error:
        subject = f"`{name}`" if name else "The body"
        message = f"{subject} cannot be encoded as JSON: {error}"
        raise InvalidRequestError(message, name or None) from error


def unstructure(value: object) -> object:
    """Convert a value, which may contain attrs classes, to JSON values."""
    # Creating a client loads this module, so it is not loaded during a call.
    from mistral_core.structuring.converter import request_converter  # noqa: PLC0415

    unstructured: object = request_converter.unstructure(value)
    return unstructured


def _as_json(value: object) -> object:
    """Convert a value that JSON does not support, such as an attrs class."""
    unstructured = unstructure(value)
    if isinstance(unstructured, dict | list | str | int | float):
        return cast("object", unstructured)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


_encoder = json.JSONEncoder(
    allow_nan=False, ensure_ascii=False, separators=(",", ":"), default=_as_json
)
