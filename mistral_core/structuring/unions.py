"""Structure hooks for unions and literals."""

from contextlib import suppress
from enum import Enum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import attrs
from cattrs import Converter

from mistral_core.schema import UNSET, Unknown, key_of
from mistral_core.structuring.primitives import (
    FROM_JSON,
    JSON_NAMES,
    LITERALS,
    Structure,
    take_any,
    wrong_type,
)


def is_union(kind: Any) -> bool:
    """Return whether a type is a union."""
    return get_origin(kind) in (Union, UnionType)


def is_literal(kind: Any) -> bool:
    """Return whether a type is a `Literal`, a closed set of values."""
    origin: Any = get_origin(kind)
    return origin is Literal


def structure_literal(kind: Any, _: Converter) -> Structure:
    """Return the hook for a `Literal`."""
    allowed = get_args(kind)
    expected = " or ".join(map(repr, allowed))

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ in (dict, list) or value not in allowed:
            raise TypeError(f"must be {expected}, got {value!r}"[:200])
        return value

    return structure


def structure_union(kind: Any, converter: Converter) -> Structure:
    """Return the hook for a union. It selects a member by JSON type, and a class by its tag.

    A value whose type no member has is converted to another member if that loses nothing.
    """
    members = [member for member in get_args(kind) if get_args(member) != (UNSET,)]
    if Any in members:
        return converter.get_structure_hook(Any)
    classes = [member for member in members if attrs.has(member) and member is not Unknown]
    plain = [member for member in members if member not in (*classes, Unknown)]
    hooks: dict[type, tuple[Structure, Any]] = {}
    for member in sorted(plain, key=is_literal, reverse=True):
        hook = converter.get_structure_hook(member), member
        for json_type in _json_types(member):
            if json_type is member or json_type not in hooks:
                hooks[json_type] = hook
    if classes:
        structure_object = _structure_tagged(classes, converter, forgiving=Unknown in members)
        structure_any = hooks.get(dict) if any(get_origin(each) is dict for each in plain) else None
        hooks[dict] = _structure_or(structure_object, structure_any), kind
    expected = " or ".join(sorted({JSON_NAMES[json_type] for json_type in hooks}))
    literals = [
        (converter.get_structure_hook(member), member, LITERALS[member])
        for member in LITERALS
        if member in plain
    ]

    def structure(value: Any, _: Any) -> Any:
        match = hooks.get(value.__class__)
        if match is not None:
            hook, member = match
            return hook(value, member)
        for hook, member, json_types in literals:
            if value.__class__ in json_types:
                with suppress(TypeError, ValueError):
                    return hook(value, member)
        raise wrong_type(expected, value)

    return structure


def _structure_or(structure_class: Structure, other: tuple[Structure, Any] | None) -> Structure:
    """Return the hook for an object of a class, or else of the `dict` that the union contains."""
    if other is None:
        return structure_class
    structure_dict, kind_of_dict = other

    def structure(value: Any, kind: Any) -> Any:
        with suppress(Exception):
            return structure_class(value, kind)
        return structure_dict(value, kind_of_dict)

    return structure


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _json_types(kind: Any) -> set[type]:
    """Return the JSON types of the values of a type."""
    if is_literal(kind):
        return {value.__class__ for value in get_args(kind)}
    if _is_enum(kind):
        return {member.value.__class__ for member in kind}
    origin: Any = kind if kind in FROM_JSON else get_origin(kind) or kind
    return FROM_JSON.get(origin, {origin})


def _tag(classes: list[dict[str, Any]]) -> str:
    """Return the field whose literals distinguish the most classes, or an empty name."""

    def distinguished(name: str) -> int:
        kinds = [fields[name] for fields in classes if name in fields]
        values = [value for kind in kinds for value in get_args(kind) if is_literal(kind)]
        unique = all(map(is_literal, kinds)) and len(values) == len(set(values))
        return len(kinds) if unique and (len(kinds) > 1 or len(classes) == len(values) == 1) else 0

    best = max((name for fields in classes for name in fields), key=distinguished, default="")
    return best if distinguished(best) else ""


def _structure_tagged(classes: list[Any], converter: Converter, *, forgiving: bool) -> Structure:
    """Return the hook for classes with tags. The tag selects the class.

    Without a tag in the object, it is the class that has most of its fields.
    """
    hooks = {each: converter.get_structure_hook(each) for each in classes}
    types: dict[Any, dict[str, Any]] = {
        each: {key_of(field): field.type for field in attrs.fields(attrs.resolve_types(each))}
        for each in classes
    }
    names = {each: types[each].keys() for each in classes}
    tag = _tag([*types.values()])
    by_tag = {value: each for each in classes for value in get_args(types[each].get(tag))}
    if not tag and len(classes) == 1:
        return hooks[classes[0]]

    def structure(value: Any, _: Any) -> Any:
        tag_value = value.get(tag)
        if tag_value is None:
            tag_value = value.get(tag.upper())
        if tag_value.__class__ is str and tag_value in by_tag:
            cls = by_tag[tag_value]
        elif tag_value is None or not tag:
            cls = max(classes, key=lambda each: len(names[each] & value.keys()))
        elif forgiving:
            return Unknown(take_any(value), f"unknown {tag} {tag_value!r}"[:200])
        else:
            raise TypeError(f"has an unknown {tag}: {tag_value!r}"[:200])
        return hooks[cls](value, cls)

    return structure
