"""JSON values as instances of the types that `json_schema_of` supports."""

from collections.abc import Iterable
from enum import Enum
from typing import Any, get_args

from cattrs import Converter
from cattrs.errors import ClassValidationError

from mistral_core.schema import UnixTime, Unknown
from mistral_core.structuring.converter import Fault as Fault, detailed_converter, faults as faults
from mistral_core.structuring.primitives import (
    JSON_NAMES,
    Structure,
    strict_float,
    strict_int,
    strict_str,
    wrong_type,
)
from mistral_funcs.toolkit.typed.annotations import (
    aliased,
    is_alias,
    is_annotated,
    is_literal,
    is_union,
    members_of,
    split_annotated,
)
from mistral_funcs.toolkit.typed.constraints import check, constraints_of
from mistral_funcs.toolkit.typed.containers import (
    array_class,
    is_array,
    item_type,
    items_of_tuple,
)
from mistral_funcs.toolkit.typed.json_types import (
    class_of,
    is_enum,
    json_types,
    json_value,
    names_of,
)
from mistral_funcs.toolkit.typed.objects import (
    class_with_fields,
    fields_of,
    is_object,
    is_pydantic,
)
from mistral_funcs.toolkit.typed.pydantic_models import validate
from mistral_funcs.toolkit.typed.scalars import SCALARS
from mistral_funcs.toolkit.typed.value_errors import error_of, grouped, noted


def structure_value(value: Any, kind: Any) -> Any:
    """Return a JSON value as an instance of a type.

    Raises:
        Exception: The value does not match. `faults` returns what is wrong, with paths.
    """
    return _converter.get_structure_hook(kind)(value, kind)


def structure_fields(values: Iterable[tuple[str | int, Any, Any]], cls: Any) -> list[Any]:
    """Structure the fields of an object, or the items of an array.

    Args:
        values: The key, the value and the type of each.
        cls: The class that they belong to.

    Raises:
        Exception: Some do not match. `faults` returns what is wrong with all of them.
    """
    structured: list[Any] = []
    errors: list[Exception] = []
    for key, value, kind in values:
        try:
            structured.append(structure_value(value, kind))
        except Exception as error:  # noqa: BLE001
            errors.append(noted(error, key))
    if errors:
        raise grouped(errors, cls)
    return structured


def _structure_object(cls: Any, _: Converter) -> Structure:
    """Return the hook for a dataclass, `TypedDict`, `NamedTuple` or generic class of attrs.

    Unknown fields are ignored.

    Strict schemas require all fields, so a field with a default may be `null`.
    """

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not dict:
            raise wrong_type("an object", value)
        fields = fields_of(cls)
        missing: list[Exception] = [
            noted(KeyError(field.name), field.name)
            for field in fields
            if field.required and field.name not in value
        ]
        given = [
            field
            for field in fields
            if field.name in value
            and (field.required or value[field.name] is not None or is_nullable(field.type))
        ]
        values = [(field.name, value[field.name], field.type) for field in given]
        try:
            structured = structure_fields(values, cls)
        except ClassValidationError as error:
            raise grouped([*error.exceptions, *missing], cls) from None
        if missing:
            raise grouped(missing, cls)
        names = [field.argument for field in given]
        return class_with_fields(cls)(**dict(zip(names, structured, strict=True)))

    return structure


def is_nullable(kind: Any) -> bool:
    """Return whether `None` is a value of a type."""
    return type(None) in json_types(kind)


def _structure_array(kind: Any, _: Converter) -> Structure:
    make: Any = array_class(kind) or list
    items = items_of_tuple(kind)

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not list:
            raise wrong_type("an array", value)
        if items is not None and len(items) != len(value):
            raise ValueError(f"must have {len(items)} items, got {len(value)}")
        types: Iterable[Any] = items or [item_type(kind)] * len(value)
        numbered = zip(range(len(value)), value, types, strict=True)
        return make(structure_fields(numbered, kind))

    return structure


def _structure_choice(kind: Any, _: Converter) -> Structure:
    """Return the hook for an enum or a `Literal`."""
    members = get_args(kind) if is_literal(kind) else tuple(kind)
    choices = {(class_of(json_value(each)), json_value(each)): each for each in members}
    expected = " or ".join(repr(value) for _, value in choices)

    def structure(value: Any, _: Any) -> Any:
        is_scalar = value.__class__ not in (dict, list)
        if not is_scalar or (type(value), value) not in choices:
            raise TypeError(f"must be {expected}, got {value!r:.50}")
        return choices[type(value), value]

    return structure


def _structure_member(value: Any, kind: Any) -> Any:
    return _structure_choice(kind, _converter)(value, kind)


def _or_enum(structure_primitive: Structure) -> Structure:
    """Return the hook for a primitive type, which cattrs also calls for enums derived from it."""

    def structure(value: Any, kind: Any) -> Any:
        return (_structure_member if is_enum(kind) else structure_primitive)(value, kind)

    return structure


PRIMITIVES: dict[Any, Structure] = {
    Enum: _structure_member,
    str: _or_enum(strict_str),
    int: _or_enum(strict_int),
    float: _or_enum(strict_float),
}


def _structure_annotated(kind: Any, _: Converter) -> Structure:
    inner, metadata = split_annotated(kind)
    constraints = tuple(constraints_of(metadata))

    def structure(value: Any, _: Any) -> Any:
        structured = structure_value(value, inner)
        check(structured, constraints)
        return structured

    return structure


def _structure_alias(kind: Any, _: Converter) -> Structure:
    return lambda value, _: structure_value(value, aliased(kind))


def _structure_union(kind: Any, _: Converter) -> Structure:
    """Return the hook for a union: the first member that matches, those of the JSON type first.

    Among classes, those that lack the fewest of the value's fields are tried first.
    """
    members = members_of(kind)
    expected = " or ".join(
        dict.fromkeys(JSON_NAMES[each] for member in members for each in json_types(member))
    )

    def structure(value: Any, _: Any) -> Any:
        same = [each for each in members if value.__class__ in json_types(each)]
        others = [each for each in members if each not in same]
        if value.__class__ is dict:
            same.sort(key=lambda each: len(value.keys() - (names_of(each) or value.keys())))
        errors: list[Exception] = []
        for member in (*same, *others):
            try:
                return structure_value(value, member)
            except Exception as error:  # noqa: BLE001
                errors.append(error)
        if same:
            raise errors[0]
        raise wrong_type(expected, value)

    return structure


def _structure_pydantic(kind: Any, _: Converter) -> Structure:
    return lambda value, _: validate(kind, value, lambda invalid: error_of(invalid, kind))


def _is_mixed_union(kind: Any) -> bool:
    """Return whether a type is a union. Those with `Unknown` are left to the core."""
    return is_union(kind) and Unknown not in get_args(kind)


def _is_array(kind: Any) -> bool:
    """Return whether a type is an array. Lists with `Unknown` are left to the core."""
    return is_array(kind) and Unknown not in get_args(item_type(kind))


def _is_own_object(kind: Any) -> bool:
    """Return whether a type is an object that cattrs does not structure as the schema says."""
    is_generic = class_with_fields(kind) is not kind
    return is_object(kind) and (is_generic or not hasattr(kind, "__attrs_attrs__"))


def _is_own_annotated(kind: Any) -> bool:
    return is_annotated(kind) and kind != UnixTime


def _create_converter() -> Converter:
    created = detailed_converter()
    for kind, hook in {**SCALARS, **PRIMITIVES}.items():
        created.register_structure_hook(kind, hook)
    for predicate, factory in (
        (_is_own_object, _structure_object),
        (_is_array, _structure_array),
        (is_literal, _structure_choice),
        (_is_own_annotated, _structure_annotated),
        (is_alias, _structure_alias),
        (_is_mixed_union, _structure_union),
        (is_pydantic, _structure_pydantic),
    ):
        created.register_structure_hook_factory(predicate, factory)
    return created


_converter = _create_converter()
