"""The cattrs converters: strict about types, open to additions to the API.

Strict: a value of the wrong type is an error, unless it can be converted without loss, such as a
number in a string.
Open: unknown fields are kept, an object of an unknown type becomes `Unknown`, an unknown value of
an open enum is kept, and a `null` that the specification does not allow becomes the default.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache, cached_property, partial
from operator import eq
from types import NoneType
from typing import Any, TypeVar, cast, final, get_args

import attrs
from cattrs import Converter
from cattrs.cols import (
    is_mapping,
    mapping_structure_factory,  # pyright: ignore[reportUnknownVariableType] - its key is untyped
)
from cattrs.errors import (
    ClassValidationError,
    StructureHandlerNotFoundError as StructureHandlerNotFoundError,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from mistral_core.http.text import rfc3339
from mistral_core.schema import EXTRA, UNSET, UnixTime, Unknown, key_of
from mistral_core.structuring.detailed import (
    Fault as Fault,
    faults as faults,
    name_keys,
    structure_list_in_detail,
    structure_mapping_in_detail,
)
from mistral_core.structuring.primitives import PRIMITIVES, Structure, take_any, wrong_type
from mistral_core.structuring.quick import QuickHooks, is_quick, quick
from mistral_core.structuring.unions import (
    is_list,
    is_literal,
    is_union,
    structure_literal,
    structure_union,
)

T = TypeVar("T")


def _structure_mapping(kind: Any, converter: Converter) -> Structure:
    structure_items: Structure = mapping_structure_factory(kind, converter)
    is_any = (get_args(kind) or (Any,))[-1] is Any

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not dict:
            raise wrong_type("an object", value)
        if is_any:  # cattrs calls no hook for `Any`.
            for each in value.values():
                take_any(each)
        return structure_items(value, kind)

    return structure


def _structure_attrs(cls: Any, converter: Converter) -> Structure:
    """Return the hook for an attrs class. A `Schema` keeps unknown fields.

    A static method `_normalize` of the class converts other shapes to the specified one.
    """
    fields = attrs.fields(attrs.resolve_types(cls))
    names = {key_of(field): field.name for field in fields if field.name != EXTRA}
    keys = {name: key for key, name in names.items()}
    nullable = {key_of(field) for field in fields if NoneType in get_args(field.type)}
    keeps_extra = len(names) < len(fields)
    normalize: Callable[[Any], Any] | None = getattr(cls, "_normalize", None)

    @cache
    def fields_hook() -> Structure:
        """Return a hook that is created on first use: classes can be recursive."""
        return make_dict_structure_fn(cls, converter)

    def structure(value: Any, _: Any) -> Any:
        if normalize is not None:
            value = normalize(value)
        if value.__class__ is not dict:
            raise wrong_type("an object", value)
        specified = {
            names[key]: each
            for key, each in value.items()
            if key in names and (each is not None or key in nullable)
        }
        if keeps_extra:
            specified[EXTRA] = {key: each for key, each in value.items() if key not in names}
        try:
            return fields_hook()(specified, cls)
        except ClassValidationError as error:
            name_keys(error, keys)
            raise

    return structure


def _unstructure_attrs(cls: Any, converter: Converter) -> Callable[[Any], dict[str, Any]]:
    """Return a hook that omits `UNSET`, and `None` if it is the default."""
    return _unstructure_fields(cls, converter, null_extra=True)


def _unstructure_for_request(cls: Any, converter: Converter) -> Callable[[Any], dict[str, Any]]:
    """Return a hook that also omits unknown fields that are `null` in a response.

    Strict servers reject requests with unknown fields.
    """
    return _unstructure_fields(cls, converter, null_extra=False)


def _unstructure_fields(
    cls: Any, converter: Converter, *, null_extra: bool
) -> Callable[[Any], dict[str, Any]]:
    fields = attrs.fields(cls)
    omitted_if_none = {key_of(field) for field in fields if field.default is None}
    keys: dict[str, Any] = {field.name: override(rename=key_of(field)) for field in fields}
    unstructure_all = make_dict_unstructure_fn(cls, converter, **keys)

    def unstructure(value: Any) -> dict[str, Any]:
        raw = unstructure_all(value)
        extra = raw.pop(EXTRA, {})
        specified = {
            name: each
            for name, each in raw.items()
            if each is not UNSET and not (each is None and name in omitted_if_none)
        }
        if extra and not null_extra:
            extra = {name: each for name, each in extra.items() if each is not None}
        return {**specified, **extra}

    return unstructure


@final
class QuickConverter(Converter):
    """A converter that is fast for valid values, and detailed about invalid ones.

    Attributes:
        detailed: A slower converter with the same rules that reports what is wrong.
    """

    def __init__(self, hooks: QuickHooks) -> None:
        """Create a converter that shares the hooks."""
        super().__init__(detailed_validation=False)
        self._quick = hooks

    def structure(self, obj: Any, cl: type[T]) -> T:
        """Structure a value."""
        return cast("T", self._quick.structure(obj, cl))

    @cached_property
    def detailed(self) -> Converter:
        """The detailed converter, created for the first invalid value."""
        return detailed_converter()


def _register(target: Converter) -> None:
    for kind, hook in PRIMITIVES.items():
        if kind in (Any, UnixTime):  # cattrs registers classes only.
            target.register_structure_hook_func(partial(eq, kind), hook)
        else:
            target.register_structure_hook(kind, hook)
    target.register_structure_hook_factory(is_mapping, _structure_mapping)
    target.register_structure_hook_factory(is_literal, structure_literal)
    target.register_structure_hook_factory(is_union, structure_union)
    target.register_structure_hook_factory(attrs.has, _structure_attrs)


def detailed_converter() -> Converter:
    """Return a new converter that reports what is wrong. Hooks for other types can be added."""
    detailed = Converter(detailed_validation=True)
    _register(detailed)
    detailed.register_structure_hook_factory(is_mapping, structure_mapping_in_detail)
    detailed.register_structure_hook_factory(is_list, structure_list_in_detail)
    return detailed


def make_converter(hooks: QuickHooks | None = None) -> QuickConverter:
    """Return a new converter without hooks for other types."""
    own = hooks or QuickHooks(lambda: new)
    new = QuickConverter(own)
    _register(new)
    new.register_structure_hook_factory(is_quick, lambda kind, _: own.get_structure_hook(kind))
    _register_unstructuring(new, _unstructure_attrs)
    return new


def _register_unstructuring(
    target: Converter, factory: Callable[[Any, Converter], Callable[[Any], dict[str, Any]]]
) -> None:
    target.register_unstructure_hook_factory(attrs.has, factory)
    target.register_unstructure_hook(datetime, rfc3339)
    target.register_unstructure_hook(Unknown, lambda unknown: unknown.raw)
    target.register_unstructure_hook(type(UNSET), lambda unset: unset)


converter = make_converter(quick)
"""The converter of responses to schemas, and of schemas to JSON without loss."""

request_converter = Converter(detailed_validation=False)
"""The converter of schemas to requests, without unknown fields that are `null`."""

_register_unstructuring(request_converter, _unstructure_for_request)
