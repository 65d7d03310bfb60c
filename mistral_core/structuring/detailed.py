"""Detailed structuring: reports up to 100 invalid values, each with its path."""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any, cast, final, get_args, get_origin

import attrs
from cattrs import Converter, transform_error
from cattrs.cols import (
    mapping_structure_factory,  # pyright: ignore[reportUnknownVariableType] - its key is untyped
)
from cattrs.errors import (
    ClassValidationError,
    IterableValidationError,
    IterableValidationNote,
)

from mistral_core.schema import Unknown
from mistral_core.structuring.primitives import Structure, take_any, wrong_type

NOTE = cast("Any", IterableValidationNote)
GROUP = cast("Any", IterableValidationError)
"""Classes of cattrs whose constructors have incorrect annotations."""

MAX_FAULTS = 100
"""Maximum number of faults to collect. More would only take time and memory."""

NOT_EXPLAINED = f"is invalid, like {MAX_FAULTS} items before it"
"""The reason of an `Unknown` after `MAX_FAULTS` others in its list."""

PREDICATES = ("is ", "has ", "must ", "cannot ")
"""Beginnings of problems that continue a sentence after the path."""


@final
@attrs.frozen
class Fault:
    """An invalid value in a response.

    Attributes:
        path: Its JSON path.
        problem: What is wrong with it, such as "is missing".
    """

    path: str
    problem: str

    def __str__(self) -> str:
        """Return the path and the problem in one line."""
        separator = " " if self.problem.startswith(PREDICATES) else ": "
        return f"`{self.path}`{separator}{self.problem}"


def faults(error: Exception) -> list[Fault]:
    """Return the first faults of a value that could not be structured."""
    lines = transform_error(error, format_exception=lambda each, _: f"{_describe(each)}\0")
    parts = (line.partition("\0 @ ") for line in lines[:MAX_FAULTS])
    return [Fault(path, problem) for problem, _, path in parts]


def _describe(error: BaseException) -> str:
    if isinstance(error, KeyError):
        return "is missing"
    # Validators of attrs add the attribute and the value as further arguments.
    message, *others = error.args or ("",)
    return message if others and isinstance(message, str) else str(error)


def name_keys(error: ClassValidationError, keys: Mapping[str, str]) -> None:
    """Replace the names of fields in an error with their names in JSON."""
    of_fields, _ = error.group_exceptions()
    for _, note in of_fields:
        note.name = keys.get(note.name, note.name)


def is_list(kind: Any) -> bool:
    """Return whether a type is a list."""
    return kind is list or get_origin(kind) is list


def structure_list_in_detail(kind: Any, converter: Converter) -> Structure:
    """Return the hook for a list. Invalid items are `Unknown` if the item type allows it."""
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
    """Return a hook for the items of one list that converts invalid items to `Unknown`."""
    unknown = count()

    def structure(value: Any, kind: Any) -> Any:
        try:
            return structure_item(value, kind)
        except Exception as error:  # noqa: BLE001
            explained = next(unknown) < MAX_FAULTS
            reason = "; ".join(map(str, faults(error))) if explained else NOT_EXPLAINED
            return Unknown(take_any(value), reason)

    return structure


def structure_mapping_in_detail(kind: Any, converter: Converter) -> Structure:
    """Return the hook for a mapping."""
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
    """Structure items one by one, until too many of them are invalid."""
    structured: list[Any] = []
    errors: list[Exception] = []
    fault_count = 0
    for key, each in items:
        try:
            structured.append(structure_item(each, item_type))
        except Exception as error:  # noqa: BLE001
            note: str = NOTE(f"at {key!r}", key, item_type)
            error.__notes__ = [*getattr(error, "__notes__", ()), note]
            errors.append(error)
            fault_count += _count(error)
            if fault_count >= MAX_FAULTS:
                break
    if errors:
        raise GROUP("invalid items", errors, kind)
    return structured


def _count(error: BaseException) -> int:
    """Return the number of faults in an error."""
    if not isinstance(error, ExceptionGroup):
        return 1
    return sum(map(_count, cast("ExceptionGroup[Exception]", error).exceptions))
