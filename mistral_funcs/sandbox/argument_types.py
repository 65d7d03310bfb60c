"""Structure JSON values with the parameter types of the SDK's functions.

These types allow more than the API: `UNSET`, mappings in place of schemas, any sequence.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, cast, final, get_args, get_origin

import attrs

from mistral_core import UNSET, Unknown
from mistral_core.structuring.converter import Fault, converter, faults

MOST_FAULTS = 100


@final
class InvalidArgumentError(Exception):
    """A value does not match its type."""

    def __init__(self, invalid: list[Fault]) -> None:
        """Store the faults."""
        super().__init__(invalid)
        self.faults = invalid


def members_of(kind: Any) -> Iterator[Any]:
    """Yield the members of a union, or the type itself, without `UNSET` and `Unknown`."""
    if get_origin(kind) in (Union, UnionType):
        for each in get_args(kind):
            yield from members_of(each)
    elif kind is not Unknown and get_args(kind) != (UNSET,):
        yield kind


@cache
def item_of(kind: Any) -> Any:
    """Return the type of a list's items, or `None` if the type is not a list."""
    origin: Any = get_origin(kind)
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return get_args(kind)[0]
    return None


@cache
def is_list(kind: Any) -> bool:
    """Return whether a type allows a list."""
    return any(item_of(each) is not None for each in members_of(kind))


@cache
def accepts(kind: Any, plain: type) -> bool:
    """Return whether a type, or the items of its lists, allow a plain type."""
    for each in members_of(kind):
        item = item_of(each)
        if item is not None and accepts(item, plain):
            return True
        base = get_args(each)[0] if get_origin(each) is Annotated else get_origin(each) or each
        if base is plain:
            return True
    return False


def allows_null(kind: Any) -> bool:
    """Return whether a type allows `None`."""
    return NoneType in _members(kind)


def structured(value: Any, kind: Any, path: str = "$") -> Any:
    """Structure a JSON value as an instance of a type.

    Raises:
        InvalidArgumentError: The value does not match the type.
    """
    members = _members(kind)
    if isinstance(value, list):
        values = cast("list[Any]", value)  # type: ignore[redundant-cast]  # pyright: list[Unknown]
        item = _item_for(members, values)
        if item is not None:
            return _structured_items(values, item, path)
    elif isinstance(value, dict):
        chosen = _class_for(members, cast("dict[str, Any]", value), path)
        if chosen is not None and not (_has_untagged(members) and _fits(value, kind)):
            kind = chosen
    elif isinstance(value, str) and members and all(map(item_of, members)):
        raise InvalidArgumentError([Fault(path, "must be an array, got a string")])
    try:
        return converter.structure(value, kind)
    except Exception as error:  # noqa: BLE001 - hooks raise errors of many kinds
        invalid = [Fault(path + each.path[1:], each.problem) for each in faults(error)]
        raise InvalidArgumentError(invalid) from None


def _structured_items(values: list[Any], item: Any, path: str) -> list[Any]:
    structured_items: list[Any] = []
    invalid: list[Fault] = []
    for index, value in enumerate(values):
        try:
            structured_items.append(structured(value, item, f"{path}[{index}]"))
        except InvalidArgumentError as error:
            invalid += error.faults
            if len(invalid) >= MOST_FAULTS:
                break
    if invalid:
        raise InvalidArgumentError(invalid)
    return structured_items


@cache
def _members(kind: Any) -> tuple[Any, ...]:
    return tuple(members_of(kind))


def _item_for(members: tuple[Any, ...], values: list[Any]) -> Any:
    """Return the type of the items of a list, if they are objects or lists of objects."""
    nested = bool(values) and isinstance(values[0], list)
    for each in members:
        item = item_of(each)
        if item is not None and is_list(item) == nested and (nested or _has_classes(item)):
            return item
    return None


def _has_classes(kind: Any) -> bool:
    return any(map(attrs.has, members_of(kind)))


def _class_for(members: tuple[Any, ...], value: Mapping[str, Any], path: str) -> Any:
    """Return the class of an object: the one whose tag matches.

    Raises:
        InvalidArgumentError: The object is a message with an unknown role.
    """
    classes = [each for each in members if attrs.has(each)]
    tagged = [_tags(each) for each in classes]
    for each, tags in zip(classes, tagged, strict=True):
        given = {name: value[name] for name in tags if name in value}
        if given and next(iter(tags)) in given and given.items() <= tags.items():
            return each
    if len(classes) > 1 and all("role" in tags for tags in tagged):
        raise InvalidArgumentError([Fault(f"{path}.role", "is not the role of a message")])
    return classes[0] if len(classes) == 1 else None


def _has_untagged(members: tuple[Any, ...]) -> bool:
    """Return whether a class of a union has no tag."""
    return any(attrs.has(each) and not _tags(each) for each in members) and len(members) > 1


def _fits(value: Any, kind: Any) -> bool:
    try:
        converter.structure(value, kind)
    except Exception:  # noqa: BLE001 - hooks raise errors of many kinds
        return False
    return True


@cache
def _tags(schema: Any) -> Mapping[str, str]:
    """Return the fields that identify the class of an object, with their values.

    An object must have the first of them.
    """
    fields = {field.name: field.default for field in attrs.fields(schema)}
    return {
        name: fields[name]
        for name in ("type", "role", "object")
        if isinstance(fields.get(name), str)
    }
