"""Classes that are JSON objects, as data: attrs, dataclasses, `TypedDict` and `NamedTuple`."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, final, get_args, get_origin, get_type_hints
from weakref import WeakKeyDictionary

import attrs

from mistral_core.schema import EXTRA, key_of
from mistral_funcs.toolkit.typed.annotations import (
    description_of,
    split_annotated,
    split_qualifiers,
    substituted,
    type_arguments,
)

MISSING = dataclasses.MISSING


@final
@attrs.frozen
class ObjectField:
    """A field of an object.

    Attributes:
        name: The name in JSON.
        type: The type, with its metadata.
        required: Whether an object must have the field.
        default: The default, if it is a plain value.
        description: The description, if any.
        validators: Validators of attrs.
        argument: The name of the argument with which the class is created.
    """

    name: str
    type: Any
    required: bool
    default: Any
    description: str | None
    validators: tuple[Any, ...]
    argument: str = attrs.Factory(lambda self: self.name, takes_self=True)


_fields: WeakKeyDictionary[Any, tuple[ObjectField, ...]] = WeakKeyDictionary()


def _is_subclass(kind: Any, cls: type) -> bool:
    return isinstance(kind, type) and issubclass(kind, cls)


def is_pydantic(kind: Any) -> bool:
    """Return whether a type is a model or a dataclass of pydantic."""
    return isinstance(kind, type) and hasattr(kind, "__pydantic_validator__")


def is_named_tuple(kind: Any) -> bool:
    """Return whether a type is a `NamedTuple`."""
    return _is_subclass(kind, tuple) and hasattr(kind, "_fields")


def is_typed_dict(kind: Any) -> bool:
    """Return whether a type is a `TypedDict`, of `typing` or `typing_extensions`."""
    return _is_subclass(kind, dict) and hasattr(kind, "__total__")


def is_object(kind: Any) -> bool:
    """Return whether `fields_of` supports a type: a class with fields, even a generic one."""
    cls = class_with_fields(kind)
    return (
        isinstance(cls, type)
        and not is_pydantic(cls)
        and (
            attrs.has(cls)
            or dataclasses.is_dataclass(cls)
            or is_typed_dict(cls)
            or is_named_tuple(cls)
        )
    )


def class_with_fields(kind: Any) -> Any:
    """Return the class of a generic class with arguments, and other types as they are."""
    return get_origin(kind) or kind


def name_of(kind: Any) -> str:
    """Return the name of a class, with its arguments if it is generic."""
    name: str = kind.__name__
    arguments = get_args(kind)
    return f"{name}[{', '.join(map(_shown, arguments))}]" if arguments else name


def _shown(argument: Any) -> str:
    is_named = isinstance(argument, type) or is_object(argument)
    return name_of(argument) if is_named else repr(argument).replace("typing.", "")


def fields_of(kind: Any, names: Mapping[str, Any] | None = None) -> tuple[ObjectField, ...]:
    """Return the fields of a class for which `is_object` is true.

    Args:
        kind: The class, with its arguments if it is generic.
        names: Names that its annotations may refer to, besides those of its module.

    Raises:
        TypeError: An annotation refers to an unknown name.
    """
    cls = class_with_fields(kind)
    if cls not in _fields:
        try:
            _fields[cls] = tuple(_read_fields(cls, names or {}))
        except NameError as error:
            raise TypeError(f"The fields of `{cls.__qualname__}` cannot be read: {error}") from None
    arguments = type_arguments(kind)
    return tuple(
        attrs.evolve(field, type=substituted(field.type, arguments)) for field in _fields[cls]
    )


def _read_fields(cls: Any, names: Mapping[str, Any]) -> Iterator[ObjectField]:
    local = {**names, cls.__name__: cls}
    if attrs.has(cls):
        for each in attrs.fields(attrs.resolve_types(cls, localns=local)):
            if each.init and each.name != EXTRA:
                validators = () if each.validator is None else (each.validator,)
                described = each.metadata.get("description")
                field = _field(key_of(each), each.type, each.default, described, validators)
                yield attrs.evolve(field, argument=each.alias)
        return
    types = get_type_hints(cls, localns=local, include_extras=True)
    if is_typed_dict(cls):
        for name, annotation in types.items():
            kind, qualifiers = split_qualifiers(annotation)
            optional = name not in cls.__required_keys__
            optional = "Required" not in qualifiers and ("NotRequired" in qualifiers or optional)
            yield _field(name, kind, None if optional else attrs.NOTHING)
    elif is_named_tuple(cls):
        for name, kind in types.items():
            yield _field(name, kind, cls._field_defaults.get(name, attrs.NOTHING))
    else:
        for each in dataclasses.fields(cls):
            if each.init:
                factory = None if each.default_factory is not MISSING else attrs.NOTHING
                default = factory if each.default is MISSING else each.default
                described = each.metadata.get("description")
                yield _field(each.name, types[each.name], default, described)


def _field(
    name: str,
    kind: Any,
    default: Any,
    description: str | None = None,
    validators: tuple[Any, ...] = (),
) -> ObjectField:
    metadata = split_annotated(kind)[1]
    return ObjectField(
        name,
        kind,
        default is attrs.NOTHING,
        default,
        description or description_of(metadata),
        validators,
    )
