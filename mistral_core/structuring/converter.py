"""The one cattrs converter: strict in what it makes of JSON, open to what the API may add.

Strict: a value of the wrong type is refused here and not found by a user, unless it can be read
without loss, such as a number in a string.
Open: unknown fields are kept, an unknown kind of object becomes `Unknown`, an unknown value of an
open enum comes through as it is, and `null` where the specification has none is the default.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from threading import get_ident
from types import NoneType
from typing import Any, TypeVar, final, get_args

import attrs
from cattrs import Converter
from cattrs.cols import (
    is_mapping,
    mapping_structure_factory,  # pyright: ignore[reportUnknownVariableType] - its key is untyped
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from mistral_core.http.text import rfc3339
from mistral_core.schema import EXTRA, UNSET, UnixTime, Unknown
from mistral_core.structuring.compiled import is_simple, structure_list, structure_schema
from mistral_core.structuring.detailed import (
    Fault as Fault,
    faults as faults,
    is_list,
    structure_list_thoroughly,
    structure_mapping_thoroughly,
)
from mistral_core.structuring.primitives import (
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
from mistral_core.structuring.unions import is_literal, is_union, structure_literal, structure_union

T = TypeVar("T")


def _structure_mapping(kind: Any, converter: Converter) -> Structure:
    structure_items: Structure = mapping_structure_factory(kind, converter)
    holds_any = (get_args(kind) or (Any,))[-1] is Any

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not dict:
            raise wrong_type("an object", value)
        if holds_any:  # cattrs calls no hook for them.
            for each in value.values():
                take_any(each)
        return structure_items(value, kind)

    return structure


_being_built: set[tuple[int, Any]] = set()
"""The classes whose hooks are being made, each with the thread that makes it."""


def _structure_attrs(cls: Any, converter: Converter) -> Structure:
    """Structure an object; what the specification does not name is kept where there is room.

    A schema may have a static method `_normalize`, which makes the specified shape of an odd one.
    """
    being_built = get_ident(), cls
    if being_built in _being_built:
        # A class that has itself in a field: its hook is there when the first value is.
        def structure_later(value: Any, kind: Any) -> Any:
            return converter.get_structure_hook(cls)(value, kind)

        return structure_later
    fields = attrs.fields(attrs.resolve_types(cls))
    names = {field.name for field in fields} - {EXTRA}
    nullable = {field.name for field in fields if NoneType in get_args(field.type)}
    keeps_extra = len(names) < len(fields)
    normalize: Callable[[Any], Any] | None = getattr(cls, "_normalize", None)
    _being_built.add(being_built)
    try:
        structure_known: Structure = make_dict_structure_fn(cls, converter)
    finally:
        _being_built.discard(being_built)

    def structure(value: Any, _: Any) -> Any:
        if normalize is not None:
            value = normalize(value)
        if value.__class__ is not dict:
            raise wrong_type("an object", value)
        known = {
            name: each
            for name, each in value.items()
            if name in names and (each is not None or name in nullable)
        }
        if keeps_extra:
            known[EXTRA] = {name: each for name, each in value.items() if name not in names}
        return structure_known(known, cls)

    return structure


def _unstructure_attrs(cls: Any, converter: Converter) -> Callable[[Any], dict[str, Any]]:
    """Unstructure to what the caller set: `UNSET`, and a `None` by default, are left out."""
    return _unstructure_fields(cls, converter, null_extra=True)


def _unstructure_for_request(cls: Any, converter: Converter) -> Callable[[Any], dict[str, Any]]:
    """Unstructure without the unknown fields that a response brought as `null`.

    Strict servers refuse a request that has fields they do not know.
    """
    return _unstructure_fields(cls, converter, null_extra=False)


def _unstructure_fields(
    cls: Any, converter: Converter, *, null_extra: bool
) -> Callable[[Any], dict[str, Any]]:
    left_out = {field.name for field in attrs.fields(cls) if field.default is None}
    unstructure_all = make_dict_unstructure_fn(cls, converter)

    def unstructure(value: Any) -> dict[str, Any]:
        raw = unstructure_all(value)
        extra = raw.pop(EXTRA, {})
        told = {
            name: each
            for name, each in raw.items()
            if each is not UNSET and not (each is None and name in left_out)
        }
        if extra and not null_extra:
            extra = {name: each for name, each in extra.items() if each is not None}
        return {**told, **extra}

    return unstructure


@final
class QuickConverter(Converter):
    """Structure quickly, and where that fails thoroughly, which finds the faults.

    Attributes:
        thorough: Structures the same in the same way, and names what is wrong.
    """

    @cached_property
    def thorough(self) -> Converter:
        """Make the converter when the first value is wrong."""
        made = Converter(detailed_validation=True)
        _register(made)
        made.register_structure_hook_factory(is_mapping, structure_mapping_thoroughly)
        made.register_structure_hook_factory(is_list, structure_list_thoroughly)
        return made

    def structure(self, obj: Any, cl: type[T]) -> T:
        """Structure a value."""
        try:
            return super().structure(obj, cl)
        except Exception:  # noqa: BLE001, S110
            pass  # Beyond it the faults are found: they do not have this one as their context.
        return self.thorough.structure(obj, cl)

    def structure_list(self, kind: Any) -> Structure:
        """Return the hook of a list."""
        return structure_list(kind, self, lambda value, _: self.thorough.structure(value, kind))


def _register(made: Converter) -> None:
    made.register_structure_hook(str, strict_str)
    made.register_structure_hook(bool, strict_bool)
    made.register_structure_hook(int, strict_int)
    made.register_structure_hook(float, strict_float)
    made.register_structure_hook(NoneType, strict_none)
    made.register_structure_hook_func(lambda kind: kind is Any, take_any)
    made.register_structure_hook_func(lambda kind: kind == UnixTime, strict_unix_time)
    made.register_structure_hook(datetime, strict_datetime)
    made.register_structure_hook_factory(is_mapping, _structure_mapping)
    made.register_structure_hook_factory(is_literal, structure_literal)
    made.register_structure_hook_factory(is_union, structure_union)
    made.register_structure_hook_factory(attrs.has, _structure_attrs)


def _make_converter() -> QuickConverter:
    made = QuickConverter(detailed_validation=False)
    _register(made)
    made.register_structure_hook_factory(is_list, made.structure_list)
    made.register_structure_hook_factory(is_simple, structure_schema)
    _register_unstructuring(made, _unstructure_attrs)
    return made


def _register_unstructuring(
    made: Converter, factory: Callable[[Any, Converter], Callable[[Any], dict[str, Any]]]
) -> None:
    made.register_unstructure_hook_factory(attrs.has, factory)
    made.register_unstructure_hook(datetime, rfc3339)
    made.register_unstructure_hook(Unknown, lambda unknown: unknown.raw)
    made.register_unstructure_hook(type(UNSET), lambda unset: unset)


converter = _make_converter()
"""The one converter of responses into schemas, and of schemas into JSON without loss."""

request_converter = Converter(detailed_validation=False)
"""The converter of schemas into requests, without the unknown fields that are `null`."""

_register_unstructuring(request_converter, _unstructure_for_request)
