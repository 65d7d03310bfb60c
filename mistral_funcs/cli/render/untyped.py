"""JSON without a schema, since a newer server may send unknown values."""

import math
from typing import Any, TypeGuard

from mistral_core.structuring.converter import converter


def unstructured(value: Any) -> dict[str, Any]:
    """Return the fields of an API object, empty if the value is not an object."""
    return as_object(converter.unstructure(value))


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Return whether a value is an object."""
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """Return whether a value is an array."""
    return isinstance(value, list)


def as_object(value: Any) -> dict[str, Any]:
    """Return a value if it is an object, and an empty object otherwise."""
    return value if is_object(value) else {}


def as_array(value: Any) -> list[Any]:
    """Return a value if it is an array, and an empty array otherwise."""
    return value if is_array(value) else []


def as_number(value: Any) -> float | None:
    """Return a value if it is a finite number."""
    return value if isinstance(value, int | float) and math.isfinite(value) else None
