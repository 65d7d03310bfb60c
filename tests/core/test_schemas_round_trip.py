"""Every received schema can be written and read again, whatever its fields contain.

The values are generated from the annotations, so that new schemas are tested too.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from mistral_core import UnixTime, Unknown
from mistral_core.schema import EXTRA, key_of
from mistral_core.structuring.converter import converter
from mistral_funcs import schemas
from mistral_funcs.schemas import (
    ContentChunk,
    CreatedJobOut,
    DetailedJobOut,
    FineTunedModel,
    JobOut,
    ModelCard,
)

TEXTS = st.text(max_size=8)
BASE64 = st.binary(max_size=8).map(lambda content: b64encode(content).decode())
ZONES = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)


NO_ARGUMENTS = ("", "null")
"""Values that complete tool calls read as `{}` arguments."""

TAGS = ("type", "model_type", "job_type", "principal_type", "protocol")
"""Fields that distinguish the members of a union."""


def unknown(tag: str, rest: dict[str, Any]) -> Unknown:
    """Return an object of an unknown kind."""
    return Unknown({**rest, **dict.fromkeys(TAGS, f"?{tag}")})


UNKNOWN = st.builds(unknown, TEXTS, st.dictionaries(TEXTS, JSON, max_size=2))
LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    NoneType: st.none(),
    str: TEXTS,
    bool: st.booleans(),
    int: st.integers(),
    UnixTime: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    datetime: st.datetimes(timezones=ZONES),
    Any: JSON,
    Unknown: UNKNOWN,
}


def is_only_sent(schema: type) -> bool:
    """Return whether a schema has a field of a type that only requests contain."""
    types = [field.type for field in attrs.fields(attrs.resolve_types(schema))]
    return any(
        "Mapping" in str(each) or "Sequence" in str(each) or {datetime, str} <= {*get_args(each)}
        for each in types
    )


SCHEMAS = [
    each
    for each in (getattr(schemas, name) for name in dir(schemas))
    if isinstance(each, type) and not is_only_sent(each)
]

UNIONS = {
    "ModelCard": ModelCard,
    "FineTunedModel": FineTunedModel,
    "JobOut": JobOut,
    "CreatedJobOut": CreatedJobOut,
    "DetailedJobOut": DetailedJobOut,
    "ContentChunk": ContentChunk,
}


def values_of(field: "attrs.Attribute[Any]") -> st.SearchStrategy[Any]:
    """Return a strategy for a field. Base64 is validated, and empty arguments are normalized."""
    if field.name == "arguments":
        return values(field.type).filter(lambda value: str(value).strip() not in NO_ARGUMENTS)
    return BASE64 if field.name == "audio_data" else values(field.type)


def is_tag(name: str, classes: list[Any]) -> bool:
    """Return whether a field distinguishes these classes."""
    fields = [attrs.fields_dict(attrs.resolve_types(each)).get(name) for each in classes]
    return all(field is not None and get_origin(field.type) is Literal for field in fields)


def is_required(field: "attrs.Attribute[Any]") -> bool:
    """Return whether a field has no default."""
    return field.default is attrs.NOTHING


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for an annotation."""
    if kind in LEAVES:
        return LEAVES[kind]
    if attrs.has(kind):
        return st.deferred(lambda: instances(kind))  # A schema may contain itself.
    origin: Any = get_origin(kind)
    if origin is Literal:
        return st.sampled_from(get_args(kind))
    if origin in (Union, UnionType):
        # A mapping is an object of a caller: responses have a schema for it.
        read = [each for each in get_args(kind) if get_origin(each) is not Mapping]
        classes = [each for each in read if attrs.has(each) and each is not Unknown]
        needed = len(classes) == 1 and any(map(is_required, attrs.fields(classes[0])))
        if classes and not needed and not any(is_tag(name, classes) for name in TAGS):
            read = [each for each in read if each is not Unknown]
        return st.one_of(*map(values, read))
    if origin is list:
        return st.lists(values(get_args(kind)[0]), max_size=2)
    if origin in (dict, Mapping):
        return st.dictionaries(TEXTS, values(get_args(kind)[1]), max_size=2)
    raise NotImplementedError(kind)


@cache
def instances(cls: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a schema with any fields set, including unknown ones."""
    fields = {field.name: field for field in attrs.fields(attrs.resolve_types(cls))}
    taken = {*fields, *map(key_of, fields.values())}
    names = st.text(max_size=8).filter(lambda name: name not in taken)
    extra = st.dictionaries(names, JSON, max_size=2)
    strategies = {name: values_of(field) for name, field in fields.items() if name != EXTRA}
    required = {
        name: strategies.pop(name)
        for name, field in fields.items()
        if name in strategies and is_required(field)
    }
    given_fields = st.fixed_dictionaries(required, optional={**strategies, EXTRA: extra})
    return given_fields.map(lambda chosen: cls(**chosen))


def again(value: object, kind: Any) -> Any:
    """Write a value as JSON, and read it."""
    return converter.structure(json.loads(json.dumps(converter.unstructure(value))), kind)


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.__name__)
@settings(max_examples=6, deadline=None)
@given(st.data())
def test_a_schema_is_read_as_written(schema: Any, data: st.DataObject) -> None:
    """With unknown fields, and objects of unknown kinds."""
    value = data.draw(instances(schema))
    assert again(value, schema) == value


@pytest.mark.parametrize("kind", UNIONS.values(), ids=UNIONS)
@settings(max_examples=6, deadline=None)
@given(st.data())
def test_a_member_of_a_union_is_read_as_written(kind: Any, data: st.DataObject) -> None:
    """Its tag is always sent, which preserves its class."""
    value = data.draw(values(kind))
    actual = again(value, kind)
    assert type(actual) is type(value)
    assert actual == value


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.__name__)
@settings(max_examples=6, deadline=None)
@given(st.data())
def test_a_null_in_any_field_is_a_value_or_the_default(schema: Any, data: st.DataObject) -> None:
    """A server that sends `null` for an unknown value fails no call."""
    fields = [field for field in attrs.fields(attrs.resolve_types(schema)) if field.name != EXTRA]
    optional = [field for field in fields if not is_required(field)]
    required: dict[str, Any] = {
        field.name: data.draw(values_of(field)) for field in fields if field not in optional
    }
    nulls = [field for field in optional if data.draw(st.booleans())]
    kept = {field.name: None for field in nulls if NoneType in get_args(field.type)}
    keys = {field.name: key_of(field) for field in fields}
    present = {keys[name]: converter.unstructure(value) for name, value in required.items()}
    raw: dict[str, Any] = {**present, **{key_of(field): None for field in nulls}}
    assert converter.structure(raw, schema) == schema(**required, **kept)
