"""Classes that are JSON objects, as data: attrs, dataclasses, `TypedDict` and `NamedTuple`."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, final, get_type_hints
from weakref import WeakKeyDictionary

import attrs

from mistral_core.schema import EXTRA
from mistral_funcs.toolkit.typed.annotations import (
    description_of,
    split_annotated,
    split_qualifiers,
)

MISSING = dataclasses.MISSING


@final
@attrs.frozen
class ObjectField:
    """A field of an object.

    Attributes:
        name: The name.
        type: The type, with its metadata.
        required: Whether an object must have the field.
        default: The default, if it is a plain value.
        description: The description, if any.
        validators: Validators of attrs.
    """

    name: str
    type: Any
    required: bool
    default: Any
    description: str | None
    validators: tuple[Any, ...]


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
    """Return whether a type is a class whose fields `fields_of` returns."""
    return (
        isinstance(kind, type)
        and not is_pydantic(kind)
        and (
            attrs.has(kind)
            or dataclasses.is_dataclass(kind)
            or is_typed_dict(kind)
            or is_named_tuple(kind)
        )
    )


def fields_of(cls: Any, names: Mapping[str, Any] | None = None) -> tuple[ObjectField, ...]:
    """Return the fields of a class that `is_object`.

    Args:
        cls: The class.
        names: Names that its annotations may refer to, besides those of its module.

    Raises:
        TypeError: An annotation refers to an unknown name.
    """
    if cls not in _fields:
        try:
            _fields[cls] = tuple(_read_fields(cls, names or {}))
        except NameError as error:
            raise TypeError(f"The fields of `{cls.__qualname__}` cannot be read: {error}") from None
    return _fields[cls]


def _read_fields(cls: Any, names: Mapping[str, Any]) -> Iterator[ObjectField]:
    local = {**names, cls.__name__: cls}
    if attrs.has(cls):
        for each in attrs.fields(attrs.resolve_types(cls, localns=local)):
            if each.init and each.name != EXTRA:
                validators = () if each.validator is None else (each.validator,)
                described = each.metadata.get("description")
                yield _field(each.name, each.type, each.default, described, validators)
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
