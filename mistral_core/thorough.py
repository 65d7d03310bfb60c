"""Thorough structuring: what is wrong with a value, and where, for the first hundred faults."""

from collections.abc import Iterable
from typing import Any, cast, final, get_args, get_origin

import attrs
from cattrs import Converter, transform_error
from cattrs.cols import (
    mapping_structure_factory,  # pyright: ignore[reportUnknownVariableType] - its key is untyped
)
from cattrs.errors import IterableValidationError, IterableValidationNote

from mistral_core.schema import Unknown
from mistral_core.strict import Structure, take_any, wrong_type

NOTE = cast("Any", IterableValidationNote)
GROUP = cast("Any", IterableValidationError)
"""The classes of cattrs, whose constructors are not typed as they are called."""

MOST_FAULTS = 100
"""How many faults of a value are collected: more would only cost time and memory."""


@final
@attrs.frozen
class Fault:
    """Name one thing that is wrong with a value.

    Attributes:
        path: The JSON path to it.
        what: What is wrong with it.
    """

    path: str
    what: str

    def __str__(self) -> str:
        """Return both in one line."""
        return f"{self.path}: {self.what}"


def faults(error: Exception) -> list[Fault]:
    """Return what is wrong with the value that could not be structured: the first faults of it."""
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

    def structure_or_keep(value: Any, _: Any) -> Any:
        try:
            return structure_item(value, item_type)
        except Exception as error:  # noqa: BLE001
            return Unknown(take_any(value), "; ".join(map(str, faults(error))))

    structure_each = structure_or_keep if Unknown in get_args(item_type) else structure_item

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not list:
            raise wrong_type("an array", value)
        items: list[Any] = value
        return _structure_items(enumerate(items), item_type, structure_each, kind)

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
    made: list[Any] = []
    errors: list[Exception] = []
    count = 0
    for place, each in items:
        try:
            made.append(structure_item(each, item_type))
        except Exception as error:  # noqa: BLE001
            note: str = NOTE(f"at {place!r}", place, item_type)
            error.__notes__ = [*getattr(error, "__notes__", ()), note]
            errors.append(error)
            count += _count(error)
            if count >= MOST_FAULTS:
                break
    if errors:
        raise GROUP("items cannot be read", errors, kind)
    return made


def _count(error: BaseException) -> int:
    """Return how many faults an error stands for."""
    if not isinstance(error, ExceptionGroup):
        return 1
    return sum(map(_count, cast("ExceptionGroup[Exception]", error).exceptions))
