"""JSON of which nothing is known: a newer server may send what no schema foretells."""

import math
from typing import Any, TypeGuard

from mistral_core.structuring.converter import converter


def unstructured(value: Any) -> dict[str, Any]:
    """Return the fields of an object of the API; of what is no object, there are none."""
    return as_object(converter.unstructure(value))


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Tell whether a value is an object."""
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """Tell whether a value is an array."""
    return isinstance(value, list)


def as_object(value: Any) -> dict[str, Any]:
    """Return a value if it is an object, and else an empty one."""
    return value if is_object(value) else {}


def as_array(value: Any) -> list[Any]:
    """Return a value if it is an array, and else an empty one."""
    return value if is_array(value) else []


def as_number(value: Any) -> float | None:
    """Return a value if it is a number that can be drawn."""
    return value if isinstance(value, int | float) and math.isfinite(value) else None
