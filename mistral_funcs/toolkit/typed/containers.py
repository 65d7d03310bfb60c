"""Types that are JSON arrays or maps: lists, sets, tuples and mappings."""

from collections.abc import (
    Collection,
    Iterable,
    Mapping,
    MutableMapping,
    MutableSequence,
    MutableSet,
    Sequence,
    Set as AbstractSet,
)
from typing import Any, get_args, get_origin

ARRAYS: dict[Any, type] = {
    list: list,
    Sequence: list,
    MutableSequence: list,
    Collection: list,
    Iterable: list,
    tuple: tuple,
    set: set,
    MutableSet: set,
    frozenset: frozenset,
    AbstractSet: frozenset,
}
"""The types of arrays, each with the class of its values."""

MAPPINGS = (dict, Mapping, MutableMapping)


def _origin(kind: Any) -> Any:
    return get_origin(kind) or kind


def array_class(kind: Any) -> type | None:
    """Return the class of the values of an array type, or `None` if a type is not an array."""
    try:
        return ARRAYS.get(_origin(kind))
    except TypeError:  # Some types cannot be hashed.
        return None


def is_array(kind: Any) -> bool:
    """Return whether a type is an array of any length."""
    return array_class(kind) is not None


def is_set(kind: Any) -> bool:
    """Return whether a type is a set."""
    return array_class(kind) in (set, frozenset)


def item_type(kind: Any) -> Any:
    """Return the type of the items of an array."""
    return (get_args(kind) or (Any,))[0]


def items_of_tuple(kind: Any) -> tuple[Any, ...] | None:
    """Return the types of a tuple of fixed length, or `None` for other types."""
    arguments = get_args(kind)
    if get_origin(kind) is not tuple or Ellipsis in arguments:
        return None
    return arguments


def is_mapping(kind: Any) -> bool:
    """Return whether a type is a mapping with strings as keys."""
    arguments = get_args(kind)
    return _origin(kind) in MAPPINGS and (not arguments or arguments[0] in (str, Any))


def value_type(kind: Any) -> Any:
    """Return the type of the values of a mapping."""
    return (get_args(kind) or (Any,))[-1]
