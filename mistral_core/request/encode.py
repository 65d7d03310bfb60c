"""JSON bodies: what a caller passes, as JSON text."""

import json
from collections.abc import Mapping
from typing import Any, cast

from mistral_core.errors import InvalidRequestError
from mistral_core.operations.declaration import Operation
from mistral_core.schema import UNSET


def encode_fields(operation: Operation[Any], fields: Mapping[str, object]) -> bytes:
    """Return the JSON body of an operation: `UNSET` is left out, and `None` unless nullable.

    Raises:
        InvalidRequestError: A field cannot be written as JSON.
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
    """Return further fields of a body, none of which is a parameter of the operation."""
    if not isinstance(value, Mapping):
        kind = type(value).__name__
        message = f"`{operation.additional}` must be a mapping, got {kind}"
        raise InvalidRequestError(message, operation.additional)
    taken = {*operation.fields, *operation.keys.values(), *operation.constants, "stream"}
    for name in cast("Mapping[object, object]", value):
        if not isinstance(name, str) or name in taken:
            message = (
                f"`{operation.additional}` must not contain {name!r}: it is a field of its own"
            )
            raise InvalidRequestError(message, operation.additional)
    return cast("Mapping[str, object]", value)


def encode_json(value: object) -> bytes:
    """Return a value as JSON text; attrs classes may be anywhere in it.

    Raises:
        InvalidRequestError: It cannot be written as JSON.
    """
    try:
        try:
            return _encoder.encode(value).encode()
        except TypeError:  # Such as a key that is a member of an enum.
            return _encoder.encode(_unstructure(value)).encode()
    except Exception as error:
        raise InvalidRequestError(f"The body cannot be written as JSON: {error}") from error


def _unstructure(value: object) -> object:
    from mistral_core.structuring.converter import request_converter  # noqa: PLC0415 - it is loaded

    unstructured: object = request_converter.unstructure(value)
    return unstructured


def _as_json(value: object) -> object:
    """Return a value that JSON has, for one that it lacks, such as an attrs class."""
    unstructured = _unstructure(value)
    if isinstance(unstructured, dict | list | str | int | float):
        return cast("object", unstructured)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


_encoder = json.JSONEncoder(
    allow_nan=False, ensure_ascii=False, separators=(",", ":"), default=_as_json
)
