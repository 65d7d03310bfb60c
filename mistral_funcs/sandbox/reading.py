"""What a request of the sandbox says; what it says wrong is answered with 422."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from mistral_core.structuring.converter import Fault, converter, faults
from mistral_funcs.sandbox.routing import Incoming, RefusalError
from mistral_funcs.sandbox.state import read_object, refuse_body

T = TypeVar("T")

PATH_PART = re.compile(r"\.(\w+)|\[(\d+)\]")
"""A field or an index in a JSON path."""


def read_as(request: Incoming, schema: type[T]) -> T:
    """Return the body as an object of a schema."""
    value = read_object(request)
    try:
        return converter.structure(value, schema)
    except Exception as error:  # noqa: BLE001
        raise RefusalError(422, {"detail": [*map(_detail, faults(error))]}) from None


def read_number(
    request: Incoming, name: str, default: int, *, least: int = 0, most: int = 2**31
) -> int:
    """Return a whole number of the query."""
    told = request.query.get(name, str(default))
    if not re.fullmatch(r"-?[0-9]{1,10}", told):
        refuse_body("int_parsing", ["query", name], "Input should be a valid integer", told)
    if not least <= int(told) <= most:
        message = f"Input should be from {least} to {most}"
        refuse_body("value_error", ["query", name], message, told)
    return int(told)


def read_flag(request: Incoming, name: str, *, default: bool) -> bool:
    """Return a boolean of the query."""
    told = request.query.get(name, "true" if default else "false")
    if told not in ("true", "false"):
        refuse_body("bool_parsing", ["query", name], "Input should be a valid boolean", told)
    return told == "true"


def read_moment(request: Incoming, name: str, default: float) -> float:
    """Return a date of the query, in seconds since 1970."""
    told = request.query.get(name)
    if told is None:
        return default
    try:
        return datetime.fromisoformat(told).timestamp()
    except ValueError:
        refuse_body("datetime_parsing", ["query", name], "Input should be a valid datetime", told)


def page_of(request: Incoming, items: Sequence[T]) -> list[T]:
    """Return the items of the page that the query asks for."""
    size = read_number(request, "page_size", 100, least=1)
    first = read_number(request, "page", 0) * size
    return [*items[first : first + size]]


def _detail(fault: Fault) -> dict[str, Any]:
    loc = [field or int(index) for field, index in PATH_PART.findall(fault.path)]
    kind = "missing" if fault.problem == "is missing" else "value_error"
    return {"type": kind, "loc": ["body", *loc], "msg": fault.problem}
