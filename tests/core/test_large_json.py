"""Large JSON bodies are decoded item by item, with the same values as small bodies."""

import json
import pickle
import tracemalloc
from typing import Any, ClassVar

import attrs
import pytest

from mistral_core import MistralError, Schema, Unknown
from mistral_core.http.messages import Response
from mistral_core.response import large_json
from mistral_core.response.decode import read_json
from mistral_core.response.large_json import decode_by_item
from mistral_core.structuring.converter import converter
from mistral_core.structuring.detailed import MAX_FAULTS


@attrs.frozen(kw_only=True)
class Item(Schema):
    """An item."""

    id: str
    size: int | None = None


@attrs.frozen(kw_only=True)
class Page(Schema):
    """A page of items."""

    items: list[Item] = attrs.field(factory=list[Item])
    others: list[Item | Unknown] = attrs.field(factory=list[Item | Unknown])
    numbers: list[int] | None = None
    total: int = 0


@attrs.frozen(kw_only=True)
class Bare(Schema):
    """A list that may be a bare array."""

    items: list[Item]

    @staticmethod
    def _normalize(value: Any) -> Any:
        return {"items": value} if value.__class__ is list else value


@attrs.frozen(kw_only=True)
class Renamed(Schema):
    """A list whose items have another shape in JSON."""

    _may_be_empty: ClassVar[bool] = True

    items: list[Item]

    @staticmethod
    def _normalize(value: Any) -> Any:
        return {"items": [{"id": each} for each in value["items"]]}


@pytest.fixture(params=[1, 2, 7, 2**18])
def window(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decode bodies in windows of a few bytes, and at once."""
    monkeypatch.setattr(large_json, "WINDOW", request.param)


ITEMS = [{"id": f"{number}é", "size": number * 10**number} for number in range(40)]

BODIES: dict[str, tuple[Any, object]] = {
    "a page": (Page, {"items": ITEMS, "total": 12345, "numbers": [1, 2]}),
    "null in place of a list": (Page, {"items": None, "total": 1}),
    "an empty list": (Page, {"items": [], "others": []}),
    "unknown fields": (Page, {"more": {"a": [1, {"b": '\U0001f600 "\\'}]}, "items": ITEMS[:1]}),
    "unknown items": (Page, {"others": [{"id": "a"}, 7, {"id": "b"}], "items": ITEMS}),
    "a list": (list[Item], ITEMS),
    "an empty array": (list[Item], []),
    "a bare list": (Bare, ITEMS),
    "a list in its object": (Bare, {"items": ITEMS}),
    "items of another shape": (Renamed, {"items": ["a", "b"]}),
    "an empty object": (dict[str, Any], {}),
    "any value": (dict[str, Any], {"a": [1.5, True, None]}),
    "a mapping of lists": (dict[str, list[Item]], {"a": ITEMS}),
}


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize(("schema", "value"), BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("start", ["", "\ufeff", " \n"], ids=["as is", "BOM", "whitespace"])
def test_the_value_is_the_same_as_for_a_small_body(schema: Any, value: object, start: str) -> None:
    """For each window size."""
    body = (start + json.dumps(value, ensure_ascii=False, indent=1) + " ").encode()
    response = Response(200, body=body)
    read = read_json(response, schema, lambda _: decode_by_item(body, schema))
    assert read == read_json(response, schema)
    assert b"Structured" not in pickle.dumps(read)


INVALID = {
    "an invalid item": b'{"items": [{"id": "a"}, {"id": 7}]}',
    "no item after a comma": b'{"items": [{"id": "a"},]}',
    "no comma": b'{"items": [{"id": "a"} {"id": "b"}]}',
    "no end": b'{"items": [{"id": "a"}',
    "half of a value": b'{"total": tru',
    "a key without quotes": b"{items: []}",
    "two values": b'{"total": 1} 2',
    "nothing": b" ",
    "not UTF-8": b'{"items": [{"id": "\xff"}]}',
    "an infinite number": b'{"total": Infinity}',
    "many unknown items": json.dumps({"others": [*range(MAX_FAULTS + 1)]}).encode(),
}


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize("body", INVALID.values(), ids=INVALID)
def test_invalid_bodies_are_refused(body: bytes) -> None:
    """The normal decoder reads them and reports the fault."""
    with pytest.raises((ValueError, TypeError, MistralError)):
        read_json(Response(200, body=body), Page, lambda _: decode_by_item(body, Page))


def test_reading_takes_little_more_memory_than_the_result() -> None:
    """At most 1.3 times its size, besides the body."""
    items = [{"id": f"item {number}", "size": number} for number in range(20_000)]
    body = json.dumps({"items": items}).encode()
    converter.structure({"items": items[:1]}, Page)
    del items
    tracemalloc.start()
    page = converter.structure(decode_by_item(body, Page), Page)
    weight, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(page.items) == 20_000
    assert peak < 1.3 * weight
