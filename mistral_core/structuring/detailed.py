"""Thorough structuring: what is wrong with a value, and where, for the first hundred faults."""

from collections.abc import Iterable
from itertools import count
from typing import Any, cast, final, get_args, get_origin

import attrs
from cattrs import Converter, transform_error
from cattrs.cols import (
    mapping_structure_factory,  # pyright: ignore[reportUnknownVariableType] - its key is untyped
)
from cattrs.errors import IterableValidationError, IterableValidationNote

from mistral_core.schema import Unknown
from mistral_core.structuring.primitives import Structure, take_any, wrong_type

NOTE = cast("Any", IterableValidationNote)
GROUP = cast("Any", IterableValidationError)
"""The classes of cattrs, whose constructors are not typed as they are called."""

MOST_FAULTS = 100
"""How many faults of a value are collected: more would only cost time and memory."""

NOT_EXPLAINED = f"cannot be read, like {MOST_FAULTS} items before it"
"""The reason of an `Unknown` that has so many before it in its list."""


@final
@attrs.frozen
class Fault:
    """One invalid value in a response.

    Attributes:
        path: Its JSON path.
        what: What is wrong with it.
    """

    path: str
    what: str

    def __str__(self) -> str:
        """Return both in one line."""
        return f"{self.path}: {self.what}"


def faults(error: Exception) -> list[Fault]:
    """Return the first faults of a value that could not be structured."""
    lines = transform_error(error, format_exception=lambda each, _: f"{_describe(each)}\0")
    parts = (line.partition("\0 @ ") for line in lines[:MOST_FAULTS])
    return [Fault(path, what) for what, _, path in parts]


def _describe(error: BaseException) -> str:
    return "is required, and missing" if isinstance(error, KeyError) else str(error)


def is_list(kind: Any) -> bool:
    """Return whether a type is a list."""
    return kind is list or get_origin(kind) is list


def structure_list_thoroughly(kind: Any, converter: Converter) -> Structure:
    """Structure an array; where its items may be `Unknown`, those that cannot be read are."""
    (item_type,) = get_args(kind) or (Any,)
    structure_item = converter.get_structure_hook(item_type)
    forgiving = Unknown in get_args(item_type)

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not list:
            raise wrong_type("an array", value)
        items: list[Any] = value
        structure_each = _forgiving(structure_item) if forgiving else structure_item
        return _structure_items(enumerate(items), item_type, structure_each, kind)

    return structure


def _forgiving(structure_item: Structure) -> Structure:
    """Return a hook for the items of one list, of which those that cannot be read are kept."""
    unknown = count()

    def structure(value: Any, kind: Any) -> Any:
        try:
            return structure_item(value, kind)
        except Exception as error:  # noqa: BLE001
            explained = next(unknown) < MOST_FAULTS
            reason = "; ".join(map(str, faults(error))) if explained else NOT_EXPLAINED
            return Unknown(take_any(value), reason)

    return structure


def structure_mapping_thoroughly(kind: Any, converter: Converter) -> Structure:
    """Structure an object of any keys."""
    structure_items: Structure = mapping_structure_factory(kind, converter)
    item_type = get_args(kind)[-1] if get_args(kind) else Any
    structure_item = converter.get_structure_hook(item_type)

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not dict:
            raise wrong_type("an object", value)
        _structure_items(value.items(), item_type, structure_item, kind)
        return structure_items(value, kind)

    return structure


def _structure_items(
    items: Iterable[tuple[Any, Any]], item_type: Any, structure_item: Structure, kind: Any
) -> list[Any]:
    """Structure items one by one, until too many of them are wrong."""
    structured: list[Any] = []
    errors: list[Exception] = []
    found = 0
    for place, each in items:
        try:
            structured.append(structure_item(each, item_type))
        except Exception as error:  # noqa: BLE001
            note: str = NOTE(f"at {place!r}", place, item_type)
            error.__notes__ = [*getattr(error, "__notes__", ()), note]
            errors.append(error)
            found += _count(error)
            if found >= MOST_FAULTS:
                break
    if errors:
        raise GROUP("items cannot be read", errors, kind)
    return structured


def _count(error: BaseException) -> int:
    """Return how many faults an error stands for."""
    if not isinstance(error, ExceptionGroup):
        return 1
    return sum(map(_count, cast("ExceptionGroup[Exception]", error).exceptions))
