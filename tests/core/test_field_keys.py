"""Fields whose JSON keys are not good Python names."""

from typing import Any, Literal, final

import attrs
import pytest

from mistral_core import JSON, Err, MistralCore, Operation, ResponseValidationError, Schema, Unknown
from mistral_core.request.encode import encode_json
from mistral_core.structuring.converter import converter, faults
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs.toolkit.json_schema import json_schema_of


@final
@attrs.frozen(kw_only=True)
class Link(Schema):
    """A link."""

    kind: Literal["link"] = attrs.field(default="link", metadata={"json_key": "$kind"})
    mime_type: str = attrs.field(metadata={"json_key": "mimeType"})
    meta: dict[str, Any] | None = attrs.field(default=None, metadata={"json_key": "_meta"})


@final
@attrs.frozen(kw_only=True)
class Note(Schema):
    """A note."""

    kind: Literal["note"] = attrs.field(default="note", metadata={"json_key": "$kind"})
    links: list[Link | Unknown] = attrs.field(
        factory=list[Link | Unknown], metadata={"json_key": "linkList"}
    )


@final
@attrs.frozen
class Label:
    """A custom class that is no `Schema`."""

    text: str = attrs.field(metadata={"json_key": "labelText"})


RAW = {"$kind": "link", "mimeType": "text/html", "_meta": {"a": 1}}
LINK = Link(mime_type="text/html", meta={"a": 1})


def test_field_is_read_and_written_by_its_key() -> None:
    """The attribute has another name."""
    assert converter.structure(RAW, Link) == LINK
    assert converter.unstructure(LINK) == RAW
    assert converter.structure({"labelText": "x"}, Label) == Label("x")
    assert converter.unstructure(Label("x")) == {"labelText": "x"}


def test_field_is_sent_under_its_key() -> None:
    """`None` is left out if it is the default."""
    assert encode_json(Link(mime_type="a")) == b'{"$kind":"link","mimeType":"a"}'


def test_python_name_is_not_a_key() -> None:
    """In JSON it is an unknown field."""
    link = converter.structure({**RAW, "mime_type": "?"}, Link)
    assert link.additional_properties == {"mime_type": "?"}
    assert converter.unstructure(link) == {**RAW, "mime_type": "?"}


@pytest.mark.parametrize(
    ("value", "cls", "expected"),
    [
        ({}, Link, ["`$.mimeType` is missing"]),
        ({"mimeType": []}, Link, ["`$.mimeType` must be a string, got an array"]),
        ({"linkList": 1}, Note, ["`$.linkList` must be an array, got a number"]),
        ({}, Label, ["`$.labelText` is missing"]),
    ],
)
def test_fault_names_the_key(value: object, cls: type, expected: list[str]) -> None:
    """As in the response."""
    with pytest.raises(Exception, match=r"\w") as caught:
        converter.structure(value, cls)
    assert [*map(str, faults(caught.value))] == expected


def test_union_is_discriminated_by_a_key() -> None:
    """An unknown value is an `Unknown`."""
    union: Any = Link | Note | Unknown
    assert converter.structure(RAW, union) == LINK
    assert converter.structure({"$kind": "note", "linkList": [RAW, 1]}, union) == Note(
        links=[LINK, Unknown(1)]
    )
    assert converter.structure({"$kind": "newer"}, union) == Unknown({"$kind": "newer"})


async def test_response_is_recognized_by_its_keys() -> None:
    """A response without any of them is not accepted."""
    operation = Operation("GET", "/v1/note", returns=JSON(Note))
    transport = ScriptedTransport(json_response({"linkList": []}), json_response({"links": []}))
    client = MistralCore("key", transport=transport)
    assert (await client.execute(operation)).unwrap() == Note()
    result = await client.execute(operation)
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert "`$kind`, `linkList`" in str(result.error)


def test_json_schema_has_the_keys() -> None:
    """A model that follows the schema writes the keys that are read."""
    schema = json_schema_of(Label)
    assert schema["properties"].keys() == {"labelText"}
    assert schema["required"] == ["labelText"]
