"""Quick structuring: a function for each schema, written for it as attrs writes its methods.

It takes what is right, and is short with all else: it raises any error at all, upon which the
thorough hooks do the same once more, and say what is wrong, and where.
"""

from collections.abc import Callable
from keyword import iskeyword
from math import isfinite
from sys import float_info
from types import NoneType
from typing import Any, NoReturn, TypeAlias, get_args

import attrs
from cattrs import Converter

from mistral_core.schema import EXTRA, Schema, UnixTime, Unknown
from mistral_core.structuring.detailed import MOST_FAULTS, NOT_EXPLAINED
from mistral_core.structuring.primitives import Structure, take_any, wrong_type
from mistral_core.structuring.unions import is_literal, is_union

Field: TypeAlias = Any  # An `attrs.Attribute`, whose own types say less than they have.

ABSENT: Any = object()
"""Stands for a field that an object does not have."""

FACTORY: Any = attrs.Factory

TESTS: dict[Any, str] = {
    str: "type(v) is str",
    int: "type(v) is int",
    UnixTime: "type(v) is int",
    bool: "v is False or v is True",
    float: "type(v) is float and -MOST <= v <= MOST",
    NoneType: "v is None",
}
"""By the type of a value: how one that is taken as it is can be told."""

MADE_OTHERWISE = (
    "__attrs_init__",
    "__attrs_pre_init__",
    "__attrs_post_init__",
    "_attrs_cached_hash",
)
"""What a class has whose instances are not made by setting their fields alone."""


def is_simple(cls: Any) -> bool:
    """Tell whether a class is a schema whose instances are made by setting their fields alone."""
    return (
        type(cls) is type
        and issubclass(cls, Schema)
        and "__attrs_attrs__" in vars(cls)
        and cls.__new__ is object.__new__
        and cls.__setattr__ is Schema.__setattr__
        and cls.__dictoffset__ == 0
        and not any("__init_subclass__" in vars(each) for each in cls.__mro__[:-1])
        and not any(hasattr(cls, name) for name in MADE_OTHERWISE)
        and all(map(_is_simple_field, attrs.fields(attrs.resolve_types(cls))))
    )


def _is_simple_field(field: Field) -> bool:
    if field.name == EXTRA:
        return bool(field == attrs.fields(Schema).additional_properties)
    return (
        field.init
        and field.type is not None
        and field.converter is None
        and field.validator is None
        and not getattr(field.default, "takes_self", False)
        and (field.type == UnixTime or not hasattr(field.type, "__metadata__"))
        and not iskeyword(field.name)
    )


def structure_schema(cls: Any, converter: Converter) -> Structure:
    """Structure an object of a schema that `is_simple`."""
    fields = [field for field in attrs.fields(cls) if field.name != EXTRA]
    names = {field.name for field in fields}

    def keep_extra(made: Any, value: dict[str, Any]) -> None:
        extra = {name: take_any(each) for name, each in value.items() if name not in names}
        object.__setattr__(made, EXTRA, extra)

    def hook_later(place: int, kind: Any) -> Structure:
        """Return a hook that is made when it is needed: a schema may have itself in a field."""

        def structure_first(value: Any, _: Any) -> Any:
            namespace[f"hook{place}"] = hook = converter.get_structure_hook(kind)
            return hook(value, kind)

        return structure_first

    namespace: dict[str, Any] = {
        "ABSENT": ABSENT,
        "MOST": float_info.max,
        "Draft": _draft(cls),
        "cls": cls,
        "keep_extra": keep_extra,
        "missing": _missing,
        "wrong_type": wrong_type,
    }
    for place, field in enumerate(fields):
        default = field.default
        namespace[f"default{place}"] = default.factory if isinstance(default, FACTORY) else default
        namespace[f"known{place}"] = {each: each for each in _known(field)}
        namespace[f"kind{place}"] = field.type
        namespace[f"hook{place}"] = hook_later(place, field.type)
    exec(compile(_source(fields), f"<structure {cls.__qualname__}>", "exec"), namespace)  # noqa: S102
    structure = namespace["structure"]
    normalize: Callable[[Any], Any] | None = getattr(cls, "_normalize", None)
    return structure if normalize is None else lambda value, _: structure(normalize(value))


def _draft(cls: Any) -> Any:
    """Return a subclass with this one difference: attributes can be set.

    Instances of a frozen class are made the quickest as instances of such a one, which are given
    their class when they are whole.
    """
    free = {name: vars(object)[name] for name in ("__init__", "__setattr__", "__delattr__")}
    return type(cls.__name__, (cls,), {"__slots__": (), **free})


def _source(fields: list[Field]) -> str:
    """Return the source of the function that structures an object with these fields."""
    lines = [
        "def structure(value, _=None):",
        " if type(value) is not dict:",
        "  raise wrong_type('an object', value)",
        " get = value.get",
        " made = Draft()",
        f" extra = len(value) - {len(fields)}",
    ]
    for place, field in enumerate(fields):
        lines += _reading(place, field)
    lines += [" made.__class__ = cls", " if extra:", "  keep_extra(made, value)", " return made"]
    return "\n".join(lines)


def _reading(place: int, field: Field) -> list[str]:
    """Return the lines of source that read a field, and set it."""
    known = _known(field)
    if is_literal(field.type):
        tests = [f"v == {each!r}" for each in known]
    else:
        tests = [TESTS[each] for each in _taken(field.type)]
    same = "v"
    if len(known) == 1:
        same = f"{known[0]!r} if v == {known[0]!r} else v"
    elif known:
        same = f"known{place}.get(v, v)"
    default = f"default{place}" if field.default is not attrs.NOTHING else "missing()"
    if isinstance(field.default, FACTORY):
        default += "()"
    made = f"hook{place}(v, kind{place})"
    if NoneType not in get_args(field.type):
        made = f"{default} if v is None else {made}"
    return [
        f" v = get({field.name!r}, ABSENT)",
        f" if {' or '.join(tests) or False}:",
        f"  made.{field.name} = {same}",
        " elif v is ABSENT:",
        f"  made.{field.name} = {default}",
        "  extra += 1",
        " else:",
        f"  made.{field.name} = {made}",
    ]


def _missing() -> NoReturn:
    raise KeyError


def _known(field: Field) -> list[Any]:
    """Return the values that a field often has, of which each is to be in memory once."""
    members = get_args(field.type) if is_union(field.type) else (field.type,)
    values = [each for member in members if is_literal(member) for each in get_args(member)]
    default = field.default
    if type(default) is float and default and isfinite(default) and int not in members:
        return [default]
    return [*dict.fromkeys(each for each in (*values, default) if type(each) is str)]


def _taken(kind: Any) -> list[type]:
    """Return the types of the JSON values that a type takes as they are."""
    members = get_args(kind) if is_union(kind) else () if kind is NoneType else (kind,)
    return [json_type for json_type in TESTS if json_type in members]


def structure_list(kind: Any, converter: Converter, forgive: Structure) -> Structure:
    """Structure an array.

    Args:
        kind: The type of the list.
        converter: What makes the hook of its items.
        forgive: Structures a list of the same type; it is given what cannot be read, where an item
            may be `Unknown`.
    """
    (item_type,) = get_args(kind) or (Any,)
    structure_item = converter.get_structure_hook(item_type)
    if Unknown in get_args(item_type):
        return _structure_forgiving(kind, item_type, structure_item, forgive)
    taken = {*_taken(item_type)} - {float}

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not list:
            raise wrong_type("an array", value)
        for each in value:
            if type(each) not in taken:
                break
        else:
            return value.copy()
        if item_type is float and {*map(type, value)} == {float} and isfinite(sum(value)):
            return value.copy()
        return [structure_item(each, item_type) for each in value]

    return structure


def _structure_forgiving(
    kind: Any, item_type: Any, structure_item: Structure, forgive: Structure
) -> Structure:
    """Structure an array in which an item that cannot be read is an `Unknown`."""

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not list:
            raise wrong_type("an array", value)
        made: list[Any] = []
        unknown = 0
        for each in value:
            try:
                made.append(structure_item(each, item_type))
            except Exception:  # noqa: BLE001
                unknown += 1
                if unknown <= MOST_FAULTS:
                    made += forgive([each], kind)
                else:
                    made.append(Unknown(take_any(each), NOT_EXPLAINED))
        return made

    return structure
