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

    A value whose type no member has is converted to another member if that is lossless.
    """
    members = [member for member in get_args(kind) if get_args(member) != (UNSET,)]
    if Any in members:
        return converter.get_structure_hook(Any)
    classes = [member for member in members if attrs.has(member) and member is not Unknown]
    plain = [member for member in members if member not in (*classes, Unknown)]
    hooks = _plain_hooks(plain, converter)
    if classes:
        objects = [(_structure_tagged(classes, converter, forgiving=Unknown in members), kind)]
        if any(get_origin(each) is dict for each in plain):
            objects.append(hooks[dict])
        hooks[dict] = _first_of(objects)
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


def _plain_hooks(members: list[Any], converter: Converter) -> dict[type, tuple[Structure, Any]]:
    """Return the hook for each JSON type that members of a union have, apart from classes."""
    hooks: dict[type, tuple[Structure, Any]] = {}
    for member in sorted(members, key=is_literal, reverse=True):
        hook = converter.get_structure_hook(member), member
        for json_type in _json_types(member):
            if json_type is member or json_type not in hooks:
                hooks[json_type] = hook
    arrays = [each for each in members if _json_types(each) == {list}]
    if len(arrays) > 1:
        hooks[list] = _first_of([(converter.get_structure_hook(each), each) for each in arrays])
    return hooks


def _first_of(alternatives: list[tuple[Structure, Any]]) -> tuple[Structure, Any]:
    """Return the hook that tries several hooks, each for a type, until one accepts the value."""
    *others, (last, last_kind) = alternatives
    if not others:
        return alternatives[0]

    def structure(value: Any, _: Any) -> Any:
        for hook, kind in others:
            with suppress(Exception):
                return hook(value, kind)
        return last(value, last_kind)

    return structure, last_kind


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


def _literals(kind: Any) -> tuple[Any, ...]:
    """Return the values of a literal, or of a union of a literal and any string."""
    if is_union(kind):
        members = get_args(kind)
        return next((get_args(each) for each in members if is_literal(each) and str in members), ())
    return get_args(kind) if is_literal(kind) else ()


def _tag(classes: list[dict[str, Any]]) -> str:
    """Return the field whose literals distinguish the most classes, or an empty name."""

    def distinguished(name: str) -> int:
        kinds = [_literals(fields[name]) for fields in classes if name in fields]
        values = [value for kind in kinds for value in kind]
        unique = all(kinds) and len(values) == len(set(values))
        return len(kinds) if unique and (len(kinds) > 1 or len(classes) == len(values) == 1) else 0

    best = max((name for fields in classes for name in fields), key=distinguished, default="")
    return best if distinguished(best) else ""


def field_types(classes: list[Any]) -> dict[Any, dict[str, Any]]:
    """Return the types of the fields of classes, by their names in JSON."""
    return {
        each: {key_of(field): field.type for field in attrs.fields(attrs.resolve_types(each))}
        for each in classes
    }


def tags_of(types: dict[Any, dict[str, Any]]) -> tuple[str, dict[Any, Any]]:
    """Return the field that distinguishes classes, if any, and the class of each of its values.

    Args:
        types: The classes with their `field_types`.
    """
    tag = _tag([*types.values()])
    by_value = {value: each for each in types for value in _literals(types[each].get(tag))}
    return tag, by_value


def _structure_tagged(classes: list[Any], converter: Converter, *, forgiving: bool) -> Structure:
    """Return the hook for classes with tags. The tag selects the class.

    An object without a tag becomes an instance of the class that has most of its fields. One with
    an unknown tag does so too, among the classes that accept any tag.
    """
    hooks = {each: converter.get_structure_hook(each) for each in classes}
    types = field_types(classes)
    names = {each: types[each].keys() for each in classes}
    tag, by_tag = tags_of(types)
    open_classes = [each for each in classes if is_union(types[each].get(tag))]
    if not tag and len(classes) == 1:
        return hooks[classes[0]]

    def structure(value: Any, _: Any) -> Any:
        tag_value = value.get(tag)
        if tag_value is None:
            tag_value = value.get(tag.upper())
        if tag_value.__class__ is str and tag_value in by_tag:
            cls = by_tag[tag_value]
        elif tag_value is None or not tag or open_classes:
            candidates = open_classes if tag and tag_value is not None else classes
            cls = max(candidates, key=lambda each: len(names[each] & value.keys()))
        elif forgiving:
            return Unknown(take_any(value), f"unknown {tag} {tag_value!r}"[:200])
        else:
            raise TypeError(f"has an unknown {tag}: {tag_value!r}"[:200])
        return hooks[cls](value, cls)

    return structure
