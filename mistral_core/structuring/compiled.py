"""Fast structuring: generated functions for schemas, as attrs generates methods.

They accept valid values. Invalid values raise arbitrary errors; the detailed hooks then structure
the value again and report what is wrong.

The first objects of a class are structured without a generated function, which would take longer.
Most objects of a class have the same keys. When a function has structured enough objects, it is
generated again with a part for the most frequent keys, which takes about half of the time.
"""

from collections import Counter
from collections.abc import Callable, Collection
from keyword import iskeyword
from math import isfinite
from sys import float_info
from types import FunctionType, NoneType
from typing import Any, NoReturn, TypeAlias, get_args

import attrs

from mistral_core.schema import EXTRA, Schema, UnixTime, key_of
from mistral_core.structuring.primitives import Hooks, Structure, take_any, wrong_type
from mistral_core.structuring.unions import is_literal, is_union

Field: TypeAlias = Any  # An `attrs.Attribute`, whose annotations are incomplete.

ABSENT: Any = object()
"""Default for a field that an object does not have."""

FACTORY: Any = attrs.Factory

INTERPRETED = 64
"""Number of objects of a class that are structured before a function is generated for it."""

LEARNED_FROM = 1000
"""Number of objects from which the most frequent keys are learned. Generating a function takes a
millisecond, which pays off after about as many objects."""

TESTS: dict[Any, str] = {
    str: "type(v) is str",
    int: "type(v) is int",
    UnixTime: "type(v) is int",
    bool: "v is False or v is True",
    float: "type(v) is float and -MOST <= v <= MOST",
    NoneType: "v is None",
}
"""Source of a test for values that need no conversion, by type."""

CUSTOM_INITIALIZATION = (
    "__attrs_init__",
    "__attrs_pre_init__",
    "__attrs_post_init__",
    "_attrs_cached_hash",
)
"""Attributes of classes whose instances need more than setting their fields."""


def is_simple(cls: Any) -> bool:
    """Return whether a class is a schema that can be created by setting its fields."""
    return (
        type(cls) is type
        and issubclass(cls, Schema)
        and "__attrs_attrs__" in vars(cls)
        and cls.__new__ is object.__new__
        and cls.__setattr__ is Schema.__setattr__
        and cls.__dictoffset__ == 0
        and not any(
            "__init_subclass__" in vars(each) for each in cls.__mro__[:-1] if each is not Schema
        )
        and not any(hasattr(cls, name) for name in CUSTOM_INITIALIZATION)
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


def structure_schema(cls: Any, converter: Hooks) -> Structure:
    """Return the hook for a schema that `is_simple`."""
    fields = [field for field in attrs.fields(cls) if field.name != EXTRA]
    names = {key_of(field) for field in fields}

    def keep_extra(instance: Any, value: dict[str, Any]) -> None:
        extra = {name: take_any(each) for name, each in value.items() if name not in names}
        object.__setattr__(instance, EXTRA, extra)

    def lazy_hook(index: int, kind: Any) -> Structure:
        """Return a hook that is created on first use: schemas can be recursive."""

        def structure_first(value: Any, _: Any) -> Any:
            namespace[f"hook{index}"] = hook = converter.get_structure_hook(kind)
            return hook(value, kind)

        return structure_first

    keys_seen = Counter[frozenset[str]]()

    def learn(value: dict[str, Any]) -> None:
        keys_seen[frozenset(value)] += 1
        if keys_seen.total() == LEARNED_FROM:
            ((frequent, _),) = keys_seen.most_common(1)
            _generate(structure, cls, fields, frequent)

    namespace: dict[str, Any] = {
        "ABSENT": ABSENT,
        "MOST": float_info.max,
        "Draft": _draft(cls),
        "cls": cls,
        "keep_extra": keep_extra,
        "learn": learn,
        "missing": _missing,
        "wrong_type": wrong_type,
    }
    for index, field in enumerate(fields):
        default = field.default
        namespace[f"default{index}"] = default.factory if isinstance(default, FACTORY) else default
        namespace[f"shared{index}"] = {each: each for each in _shared_values(field)}
        namespace[f"kind{index}"] = field.type
        namespace[f"hook{index}"] = lazy_hook(index, field.type)
    structure = _structure_first(cls, fields, namespace)
    normalize: Callable[[Any], Any] | None = getattr(cls, "_normalize", None)
    return structure if normalize is None else lambda value, _: structure(normalize(value))


interpret: Structure = take_any
"""In the namespace of a schema: what its function calls as long as its code is not generated."""


def _interpreted(value: Any, kind: Any = None) -> Any:
    return interpret(value, kind)


def _structure_first(cls: Any, fields: list[Field], namespace: dict[str, Any]) -> Any:
    """Return the function of a schema, and generate its code after `INTERPRETED` objects."""
    structure = FunctionType(_interpreted.__code__, namespace, "structure", (None,))
    objects = 0

    def interpret(value: Any, _: Any) -> Any:
        nonlocal objects
        objects += 1
        if objects > INTERPRETED:
            _generate(structure, cls, fields)
            return structure(value)
        if value.__class__ is not dict:
            raise wrong_type("an object", value)
        draft = namespace["Draft"]()
        extra = len(value) - len(fields)
        for index, field in enumerate(fields):
            given = value.get(key_of(field), ABSENT)
            extra += given is ABSENT
            setattr(draft, field.name, _interpret_field(index, field, given, namespace))
        draft.__class__ = cls
        if extra:
            namespace["keep_extra"](draft, value)
        return draft

    namespace["interpret"] = interpret
    return structure


def _interpret_field(index: int, field: Field, value: Any, namespace: dict[str, Any]) -> Any:
    """Return the value of a field, as the generated code does."""
    if value is ABSENT or (value is None and NoneType not in get_args(field.type)):
        default = namespace[f"default{index}"] if field.default is not attrs.NOTHING else _missing()
        return default() if isinstance(field.default, FACTORY) else default
    converted = namespace[f"hook{index}"](value, field.type)
    is_shared = type(converted) is str or type(converted) is float
    return namespace[f"shared{index}"].get(converted, converted) if is_shared else converted


def _draft(cls: Any) -> Any:
    """Return a subclass whose attributes can be set.

    The fastest way to create an instance of a frozen class is to create an instance of this
    subclass, set its attributes and then change its class.
    """
    unfrozen = {name: vars(object)[name] for name in ("__init__", "__setattr__", "__delattr__")}
    return type(cls.__name__, (cls,), {"__slots__": (), **unfrozen})


def _generate(
    structure: FunctionType, cls: Any, fields: list[Field], frequent: Collection[str] = ()
) -> None:
    """Replace the code of the function of a schema. Other hooks refer to the function itself."""
    namespace = structure.__globals__
    code = compile(_source(fields, frequent), f"<structure {cls.__qualname__}>", "exec")
    exec(code, namespace)  # noqa: S102
    structure.__code__ = namespace["structure"].__code__


def _source(fields: list[Field], frequent: Collection[str]) -> str:
    """Return the source of the function that structures an object with these fields.

    Args:
        fields: The fields.
        frequent: The keys of most objects. If it is empty, the function learns them.
    """
    lines = ["def structure(value, _=None):"]
    if frequent:
        lines += _frequent_source(fields, frequent)
    lines += [
        " if type(value) is not dict:",
        "  raise wrong_type('an object', value)",
        " get = value.get",
        " draft = Draft()",
        f" extra = len(value) - {len(fields)}",
    ]
    for index, field in enumerate(fields):
        test, unconverted, default, converted = _field_source(index, field)
        lines += [
            f" v = get({key_of(field)!r}, ABSENT)",
            f" if {test}:",
            f"  draft.{field.name} = {unconverted}",
            " elif v is ABSENT:",
            f"  draft.{field.name} = {default}",
            "  extra += 1",
            " else:",
            f"  draft.{field.name} = {converted}",
        ]
    lines += [" draft.__class__ = cls", " if extra:", "  keep_extra(draft, value)"]
    if not frequent:
        lines += [" else:", "  learn(value)"]
    return "\n".join([*lines, " return draft"])


def _frequent_source(fields: list[Field], keys: Collection[str]) -> list[str]:
    """Return the lines of source that structure an object with exactly these keys."""
    indices = [index for index, field in enumerate(fields) if key_of(field) in keys]
    lines = [f" if type(value) is dict and len(value) == {len(keys)}:", "  try:"]
    lines += [f"   v{index} = value[{key_of(fields[index])!r}]" for index in indices]
    lines += ["  except KeyError:", "   pass", "  else:", "   draft = Draft()"]
    for index, field in enumerate(fields):
        test, unconverted, default, converted = _field_source(index, field)
        if index in indices:
            lines += [
                f"   v = v{index}",
                f"   draft.{field.name} = ({unconverted}) if {test} else ({converted})",
            ]
        else:
            lines.append(f"   draft.{field.name} = {default}")
    return [*lines, "   draft.__class__ = cls", "   return draft"]


def _field_source(index: int, field: Field) -> tuple[str, str, str, str]:
    """Return the parts of the source that structures the value `v` of a field.

    They are a test of whether it needs no conversion, the unconverted value, the default, and the
    conversion.
    """
    shared = _shared_values(field)
    if is_literal(field.type):
        tests = [f"v == {each!r}" for each in shared]
    else:
        tests = [TESTS[each] for each in unconverted_types(field.type)]
    unconverted = "v"
    if len(shared) == 1:
        unconverted = f"{shared[0]!r} if v == {shared[0]!r} else v"
    elif shared:
        unconverted = f"shared{index}.get(v, v)"
    default = f"default{index}" if field.default is not attrs.NOTHING else "missing()"
    if isinstance(field.default, FACTORY):
        default += "()"
    converted = f"hook{index}(v, kind{index})"
    if NoneType not in get_args(field.type):
        converted = f"{default} if v is None else {converted}"
    return " or ".join(tests) or "False", unconverted, default, converted


def _missing() -> NoReturn:
    raise KeyError


def _shared_values(field: Field) -> list[Any]:
    """Return common values of a field, for each of which all objects share one instance."""
    members = get_args(field.type) if is_union(field.type) else (field.type,)
    values = [each for member in members if is_literal(member) for each in get_args(member)]
    default = field.default
    if type(default) is float and default and isfinite(default) and int not in members:
        return [default]
    return [*dict.fromkeys(each for each in (*values, default) if type(each) is str)]


def unconverted_types(kind: Any) -> list[type]:
    """Return the types of the JSON values that a type accepts without conversion."""
    members = get_args(kind) if is_union(kind) else () if kind is NoneType else (kind,)
    return [json_type for json_type in TESTS if json_type in members]
