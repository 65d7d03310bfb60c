"""Example responses from the facts, and checks of the values that are read from them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import attrs

from mistral_core import Response, Schema, Unknown
from mistral_core.http.headers import Headers
from mistral_core.testing import json_response, stream_response
from tests.contract.facts.stored import response_type

CONTENT = b"\x00\xffcontent"
"""The body of a binary response."""


def response(theirs: Mapping[str, Any], values: list[Any]) -> Response:
    """Return a successful response of an operation. Only streams have several values."""
    status, kind, _ = response_type(theirs)
    if kind == "JSON":
        return json_response(values[0], int(status))
    if kind == "NoContent":
        return Response(int(status), Headers(()))
    if kind == "Binary":
        return stream_response(CONTENT, content_type="application/octet-stream")
    lines = [json.dumps(each) for each in values]
    if kind == "JSONLines":
        return stream_response(*(f"{each}\n".encode() for each in lines))
    return stream_response(*(f"data: {each}\n\n".encode() for each in lines), b"data: [DONE]\n\n")


async def values_of(result: Any) -> list[Any]:
    """Return the values of a successful response: one, or the items of a stream."""
    value = result.unwrap()
    if not hasattr(value, "__aenter__"):
        return [value]
    async with value as stream:
        return [each.unwrap() async for each in stream]


def parts(value: object) -> Iterator[object]:
    """Yield a value and everything in it."""
    yield value
    inside: Iterable[object] = ()
    if isinstance(value, Schema):
        inside = [getattr(value, each.name) for each in attrs.fields(type(value))]
    elif isinstance(value, list):
        inside = cast("list[object]", value)
    elif isinstance(value, dict):
        inside = cast("dict[str, object]", value).values()
    for each in inside:
        yield from parts(each)


def unread(value: object) -> list[object]:
    """Yield the parts of a value that no schema describes."""
    return [
        each
        for each in parts(value)
        if isinstance(each, Unknown) or (isinstance(each, Schema) and each.additional_properties)
    ]


def is_kept(sent: object, kept: object) -> bool:
    """Return whether no part of a value was lost. Defaults may have been added."""
    if isinstance(sent, dict):
        fields = cast("dict[str, object]", sent)
        others = cast("dict[str, object]", kept) if isinstance(kept, dict) else {}
        return all(name in others and is_kept(each, others[name]) for name, each in fields.items())
    if isinstance(sent, list):
        items, others_ = cast("list[object]", sent), cast("list[object]", kept)
        return len(items) == len(others_) and all(map(is_kept, items, others_))
    return sent == kept
