"""Fast structuring has the same results and errors as plain cattrs."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import attrs
import pytest
from cattrs import Converter
from hypothesis import given, settings, strategies as st

from mistral_core import Schema, UnixTime, Unknown
from mistral_core.schema import EXTRA, key_of
from mistral_core.structuring import compiled
from mistral_core.structuring.converter import converter, faults, make_converter
from mistral_funcs import schemas
from tests.core.plain_converter import is_union, plain_converter

NAMES = dir(schemas)
CLASSES = [each for each in (getattr(schemas, name) for name in NAMES) if attrs.has(each)]

plain = plain_converter()

TEXTS = st.text(max_size=4)
NUMBERS = (
    st.integers(-3, 3)
    | st.sampled_from([0.0, -0.0, 0.1, 1.0, 0.5, 1e300, -2.0, float("inf"), 10**400, 2**53 + 1])
    | st.floats()
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
DATES = st.sampled_from(["2025-06-01T12:00:00Z", "2025-06-01", "2025-06-01T12:00:00+02:00", "soon"])
LITERALS = st.sampled_from(["12", "-0", "1.0", "1.5", "1e3", "1e999", "12abc", "true", "false"])
ODD = (
    st.none()
    | ANYTHING
    | LITERALS
    | st.sampled_from([True, 1.0, 2, "", "?", [], {}, [None], {"type": "?"}])
)
SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    bool: st.booleans(),
    int: NUMBERS,
    UnixTime: NUMBERS,
    float: NUMBERS,
    datetime: DATES,
}


def now_and_then(
    odd: st.SearchStrategy[Any], right: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    """Return a strategy that draws an odd value in one of twenty cases."""
    return st.integers(0, 19).flatmap(lambda chance: odd if chance == 13 else right)


@cache
def json_of(kind: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for the JSON of a type: mostly right, sometimes odd or wrong.

    It is deferred, because a schema may contain itself.
    """
    return now_and_then(ODD, st.deferred(lambda: right_json_of(kind)))


@cache
def right_json_of(kind: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911
    """Return a strategy for valid JSON of a type."""
    if kind in SIMPLE:
        return SIMPLE[kind]
    if kind is NoneType:
        return st.none()
    if kind in (Any, Unknown):
        return ANYTHING
    if attrs.has(kind):
        return object_of(kind)
    origin: Any = get_origin(kind)
    if origin is Literal:
        return st.sampled_from(
            [each for each in get_args(kind) if type(each) in (str, int)] + ["?"]
        )
    if is_union(kind):
        return st.one_of(*map(json_of, get_args(kind)))
    items = get_args(kind)[-1]
    if issubclass(origin, dict) or len(get_args(kind)) > 1:
        return st.dictionaries(TEXTS, json_of(items), max_size=2)
    return st.lists(json_of(items), max_size=3)


def object_of(cls: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for an object with most of its fields, and sometimes with others."""
    fields = [field for field in attrs.fields(attrs.resolve_types(cls)) if field.name != EXTRA]
    known_names = {key_of(field): json_of(field.type) for field in fields}
    required = {
        key_of(field): known_names.pop(key_of(field))
        for field in fields
        if field.default is attrs.NOTHING
    }
    others = st.dictionaries(TEXTS | st.sampled_from([EXTRA, "TYPE", "type"]), ANYTHING, max_size=2)
    complete: st.SearchStrategy[Any] = st.fixed_dictionaries(required, optional=known_names)
    parts: st.SearchStrategy[Any] = st.fixed_dictionaries({}, optional={**required, **known_names})
    return now_and_then(parts, st.builds(joined, complete, now_and_then(others, st.just({}))))


def joined(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return the union of two objects."""
    return {**one, **other}


def with_types(value: Any) -> object:
    """Return a value with its types, which `==` ignores."""
    kind: Any = value.__class__
    if attrs.has(kind):
        return kind, [with_types(getattr(value, field.name)) for field in attrs.fields(kind)]
    if kind in (list, tuple):
        return kind, [*map(with_types, value)]
    if kind is dict:
        return {name: with_types(each) for name, each in value.items()}
    return kind, repr(value)


def outcome(by: Any, value: object, kind: Any) -> tuple[str, object]:
    """Return the value with its types, or the faults."""
    try:
        return "made", with_types(by.structure(value, kind))
    except Exception as error:  # noqa: BLE001
        return "found", faults(error)


@pytest.fixture(autouse=True, scope="module")
def few_objects() -> Iterator[None]:
    """Learn the frequent keys of objects from a few of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "LEARNED_FROM", 4)
        yield


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=8, deadline=None)
@given(st.data())
def test_every_schema_is_structured_like_with_plain_cattrs(name: str, data: st.DataObject) -> None:
    """For right, odd and wrong values. A right value is structured only once."""
    kind: Any = getattr(schemas, name)
    value = data.draw(json_of(kind))
    before = repr(value)
    expected = outcome(plain, value, kind)
    assert outcome(converter, value, kind) == expected
    assert repr(value) == before
    try:
        Converter.structure(converter, value, kind)
    except Exception:  # noqa: BLE001
        assert expected[0] == "found"


@attrs.frozen(kw_only=True)
class Card(Schema):
    """A card."""

    id: str
    size: int | None = None
    labels: list[str] = attrs.field(factory=list[str])
    ratio: float = 1.5
    kind: Literal["card"] = "card"
    inner: "Card | None" = None


FREQUENT = {"id": "a", "size": 7, "inner": {"id": "b", "size": None, "inner": None}}

VALUES: dict[str, object] = {
    "the frequent keys": FREQUENT,
    "the frequent keys in another order": dict(reversed(FREQUENT.items())),
    "null for a default": {"id": "a", "size": 7, "labels": None},
    "a conversion": {"id": "a", "size": 7.0, "inner": None},
    "fewer keys": {"id": "a"},
    "more keys": {"id": "a", "size": 1, "inner": None, "labels": ["b"], "ratio": 2, "kind": "card"},
    "as many other keys": {"id": "a", "ratio": 0.5, "labels": []},
    "as many keys with an unknown one": {"id": "a", "size": 7, "more": True},
    "an invalid value": {"id": "a", "size": "x", "inner": None},
    "an invalid inner value": {"id": "a", "size": 1, "inner": {"id": 7, "size": 1, "inner": None}},
    "a missing key": {"size": 7, "ratio": 1.0, "inner": None},
    "not an object": ["id", "size", "inner"],
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_learned_keys_do_not_change_the_result(
    value: object,
) -> None:
    """The faults are the same too."""
    learned = make_converter()
    before = outcome(learned, value, Card)
    for _each in range(compiled.LEARNED_FROM):
        learned.structure(FREQUENT, Card)
    assert "v0" in learned.get_structure_hook(Card).__code__.co_varnames
    assert outcome(learned, value, Card) == before == outcome(plain, value, Card)
