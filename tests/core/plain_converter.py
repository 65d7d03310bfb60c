"""The rules of structuring, implemented plainly with cattrs, without optimization."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from enum import Enum
from typing import Any, Literal, Union, cast, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.cols import (
    is_mapping,
    list_structure_factory,
    mapping_structure_factory,  # pyright: ignore[reportUnknownVariableType] - its key is untyped
)
from cattrs.errors import ClassValidationError, IterableValidationError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn

from mistral_core import UNSET, UnixTime, Unknown
from mistral_core.schema import EXTRA, key_of
from mistral_core.structuring.converter import faults
from mistral_core.structuring.primitives import (
    FROM_JSON,
    JSON_NAMES,
    LITERALS,
    Structure,
    strict_bool,
    strict_datetime,
    strict_float,
    strict_int,
    strict_none,
    strict_str,
    strict_unix_time,
    take_any,
    wrong_type,
)

NOTE = cast("Any", IterableValidationNote)
GROUP = cast("Any", IterableValidationError)
UNIONS = (Union, type(int | str))
SIMPLE = {
    str: strict_str,
    bool: strict_bool,
    int: strict_int,
    float: strict_float,
    type(None): strict_none,
}


def is_union(kind: Any) -> bool:
    """Return whether a type is a union."""
    return get_origin(kind) in UNIONS


def is_literal(kind: Any) -> bool:
    """Return whether a type is a closed set of literals."""
    origin: Any = get_origin(kind)
    return origin is Literal


def is_list(kind: Any) -> bool:
    """Return whether a type is a list."""
    return kind is list or get_origin(kind) is list


def is_enum(kind: Any) -> bool:
    """Return whether a type is an enum."""
    return isinstance(kind, type) and issubclass(kind, Enum)


def of_literal(kind: Any, _: Converter) -> Structure:
    """Structure a literal."""
    allowed = get_args(kind)

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ in (dict, list) or value not in allowed:
            raise TypeError(f"must be {' or '.join(map(repr, allowed))}, got {value!r}"[:200])
        return value

    return structure


def of_list(kind: Any, converter: Converter) -> Structure:
    """Structure an array. Invalid items become `Unknown` if the item type allows it."""
    (item,) = get_args(kind) or (Any,)

    def structure_or_keep(value: Any) -> Any:
        try:
            return converter.structure(value, item)
        except Exception as error:  # noqa: BLE001
            return Unknown(take_any(value), "; ".join(map(str, faults(error))))

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not list:
            raise wrong_type("an array", value)
        items: list[Any] = value
        if Unknown in get_args(item):
            return one_by_one(enumerate(items), structure_or_keep)
        if item is Any:
            return one_by_one(enumerate(items), take_any)
        result: Any = list_structure_factory(kind, converter)(value, kind)
        return result

    return structure


def one_by_one(items: Iterable[tuple[Any, Any]], make: Callable[[Any], Any]) -> list[Any]:
    """Convert each item, or raise all errors as a group."""
    result: list[Any] = []
    errors: list[Exception] = []
    for place, each in items:
        try:
            result.append(make(each))
        except Exception as error:  # noqa: BLE001
            error.__notes__ = [NOTE("", place, Any)]
            errors.append(error)
    if errors:
        raise GROUP("", errors, list)
    return result


def of_mapping(kind: Any, converter: Converter) -> Structure:
    """Structure a map."""
    structure_items: Any = mapping_structure_factory(kind, converter)

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not dict:
            raise wrong_type("an object", value)
        if (get_args(kind) or (Any,))[-1] is Any:
            one_by_one(value.items(), take_any)
        return structure_items(value, kind)

    return structure


def json_types(kind: Any) -> set[type]:
    """Return the types of JSON values that a type accepts."""
    if is_literal(kind):
        return {value.__class__ for value in get_args(kind)}
    if is_enum(kind):
        return {member.value.__class__ for member in kind}
    origin: Any = kind if kind == UnixTime else get_origin(kind) or kind
    return FROM_JSON.get(origin, {origin})


def choices(members: list[Any]) -> dict[type, Any]:
    """Return the union member for each type of JSON values."""
    chosen: dict[type, Any] = {}
    for member in sorted(members, key=is_literal, reverse=True):
        for json_type in json_types(member):
            if json_type is member or json_type not in chosen:
                chosen[json_type] = member
    return chosen


def of_union(kind: Any, converter: Converter) -> Structure:
    """Structure a union by the type of the JSON value, and objects by their tag."""
    members = [member for member in get_args(kind) if get_args(member) != (UNSET,)]
    classes = [member for member in members if attrs.has(member) and member is not Unknown]
    chosen = choices(members)
    arrays = [each for each in members if json_types(each) == {list}]

    def structure(value: Any, _: Any) -> Any:
        if Any in members:
            return take_any(value)
        if value.__class__ is list and arrays:
            return of_arrays(value, arrays, converter)
        if classes and value.__class__ is dict:
            return of_tag(value, classes, converter, forgiving=Unknown in members)
        if value.__class__ not in chosen:
            for member in [each for each in LITERALS if each in members]:
                if value.__class__ in LITERALS[member]:
                    with suppress(TypeError, ValueError):
                        return converter.structure(value, member)
            accepted = {dict} if classes else set[type]()
            accepted |= {each for each in chosen if each in JSON_NAMES}
            raise wrong_type(" or ".join(sorted({JSON_NAMES[each] for each in accepted})), value)
        return converter.structure(value, chosen[value.__class__])

    return structure


def of_arrays(value: Any, kinds: list[Any], converter: Converter) -> Any:
    """Structure an array as the first type that fits. The errors are those of the last type."""
    *others, last = kinds
    for each in others:
        with suppress(Exception):
            return converter.structure(value, each)
    return converter.structure(value, last)


def literals_of(kind: Any) -> tuple[Any, ...]:
    """Return the values of a closed set, or the listed values of an open set."""
    members = get_args(kind) if is_union(kind) else (kind,)
    if len(members) > 1 and str not in members:
        return ()
    return next((get_args(each) for each in members if is_literal(each)), ())


def of_tag(value: Any, classes: list[Any], converter: Converter, *, forgiving: bool) -> Any:
    """Structure an object as the class with its tag, or the class with most of its fields."""
    types = {
        each: {key_of(field): field.type for field in attrs.fields(attrs.resolve_types(each))}
        for each in classes
    }

    def distinguished(name: str) -> int:
        kinds = [literals_of(types[each][name]) for each in classes if name in types[each]]
        values = [value for kind in kinds for value in kind]
        if not all(kinds) or len(values) != len(set(values)):
            return 0
        return len(kinds) if len(kinds) > 1 or len(classes) == len(values) == 1 else 0

    tag = max((name for each in classes for name in types[each]), key=distinguished)
    tag = tag if distinguished(tag) else ""
    value_of_tag = value.get(tag)
    value_of_tag = value.get(tag.upper()) if value_of_tag is None else value_of_tag
    for each in classes:
        if type(value_of_tag) is str and value_of_tag in literals_of(types[each].get(tag)):
            return converter.structure(value, each)
    takes_any = [each for each in classes if is_union(types[each].get(tag))]
    if value_of_tag is None or not tag or takes_any:
        of = classes if value_of_tag is None or not tag else takes_any
        most = max(of, key=lambda each: len(types[each].keys() & value.keys()))
        return converter.structure(value, most)
    if not forgiving:
        raise TypeError(f"has an unknown {tag}: {value_of_tag!r}"[:200])
    return Unknown(take_any(value), f"unknown {tag} {value_of_tag!r}"[:200])


def of_attrs(cls: Any, converter: Converter) -> Structure:
    """Structure an object. Unknown fields are kept if the class has a field for them."""
    fields = attrs.fields(attrs.resolve_types(cls))
    names = {key_of(field): field.name for field in fields if field.name != EXTRA}
    nullable = {key_of(field) for field in fields if type(None) in get_args(field.type)}
    structure_known: Any = make_dict_structure_fn(cls, converter)

    def structure(value: Any, _: Any) -> Any:
        if hasattr(cls, "_normalize"):
            value = cls._normalize(value)
        if value.__class__ is not dict:
            raise wrong_type("an object", value)
        accepted = {
            names[key]: each
            for key, each in value.items()
            if key in names and (each is not None or key in nullable)
        }
        if len(names) < len(fields):
            accepted[EXTRA] = {name: each for name, each in value.items() if name not in names}
        try:
            return structure_known(accepted, cls)
        except ClassValidationError as error:
            keys = {name: key for key, name in names.items()}
            for each in error.exceptions:
                for note in getattr(each, "__notes__", ()):
                    note.name = keys.get(note.name, note.name)
            raise

    return structure


def plain_converter() -> Converter:
    """Return a converter with the same results and the same errors."""
    result = Converter(detailed_validation=True)
    for kind, hook in SIMPLE.items():
        result.register_structure_hook(kind, hook)
    result.register_structure_hook(datetime, strict_datetime)
    result.register_structure_hook_func(lambda kind: kind is Any, take_any)
    result.register_structure_hook_func(lambda kind: kind == UnixTime, strict_unix_time)
    result.register_structure_hook_factory(is_mapping, of_mapping)
    result.register_structure_hook_factory(is_literal, of_literal)
    result.register_structure_hook_factory(is_list, of_list)
    result.register_structure_hook_factory(is_union, of_union)
    result.register_structure_hook_factory(attrs.has, of_attrs)
    return result
