"""Reading facts from documents of any style, and reporting changes of a newer document."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.contract.calls import example_calls
from tests.contract.drift import drift, main
from tests.contract.examples import Examples
from tests.contract.facts.__main__ import merged, read_file
from tests.contract.facts.document import read_document
from tests.contract.facts.notation import members
from tests.contract.facts.response_examples import read_examples
from tests.contract.facts.stored import Facts, load, response_type
from tests.contract.wire import expected

FACTS = load()
REFERENCE = "#/components/schemas/"


def reference(name: str) -> dict[str, str]:
    """Return a reference to a schema."""
    return {"$ref": REFERENCE + name}


def as_json(schema: dict[str, Any]) -> dict[str, Any]:
    """Return JSON content of a request or a response."""
    return {"content": {"application/json": {"schema": schema}}}


STREAM = {"text/event-stream": {"schema": reference("CardEvent")}}

DOCUMENT: dict[str, Any] = {
    "paths": {
        "/v1/cards/{card_id}": {
            "get": {
                "x-function": "cards_get",
                "description": "Prose is dropped.",
                "parameters": [
                    {"name": "card_id", "in": "path", "required": True, "schema": {}},
                    {"name": "from", "in": "query", "schema": {"type": "integer", "default": 1}}
                    | {"x-argument": "from_"},
                    {"name": "filter", "in": "query", **as_json({"type": "object"})},
                ],
                "responses": {"200": as_json(reference("Card")), "422": as_json(reference("Bad"))},
            },
            "delete": {"x-function": "cards_delete", "responses": {"204": {}}},
            "post": {
                "x-function": "cards_copy",
                "requestBody": as_json(reference("Copy")),
                "responses": {"201": {"content": STREAM | as_json(reference("Card"))["content"]}},
            },
        }
    },
    "components": {
        "schemas": {
            "Bad": {"properties": {"detail": {"type": "string"}}},
            "Base": {"properties": {"id": {"type": "string"}}, "required": ["id"]},
            "Card": {
                "title": "Prose",
                "allOf": [reference("Base")],
                "properties": {
                    "color": {"enum": ["red", "blue"], "type": "string", "default": "red"},
                    "kind": {"const": "card", "default": "card"},
                    "next": {"anyOf": [reference("Card"), reference("UnknownCard")]},
                    "made": {"type": ["string", "null"], "format": "date-time"},
                    "tags": {"type": "array", "items": {"type": "string", "nullable": True}},
                    "sizes": {"additionalProperties": {"type": "number"}, "type": "object"},
                    "inner": {"$ref": "#/$defs/Inner"},
                },
                "$defs": {"Inner": {"properties": {"any": {}}}},
            },
            "CardEvent": {"properties": {"data": {"oneOf": [reference("Card")]}}},
            "Copy": {
                "properties": {
                    "stream": {"type": "boolean"},
                    "options": {"properties": {"deep": {"type": "boolean"}}},
                    "scan": reference("File"),
                }
            },
            "File": {"properties": {"fileName": {}, "": {"type": "string", "format": "binary"}}},
            "UnknownCard": {"properties": {"raw": {}, "is_unknown": {"const": True}}},
            "Unused": {"properties": {"id": {}}},
        }
    },
}


def test_document_becomes_facts() -> None:
    """Types are short text, streaming twins are two operations, and prose is dropped."""
    copy = {"json": {"options?": "POST_v1_cards_card_id_.options", "scan?": "binary"}}
    facts = read_document(DOCUMENT)
    assert facts.operations == {
        "cards_get": {
            "endpoint": "GET /v1/cards/{card_id}",
            "path": {"card_id": "any"},
            "query": {"from?": "integer = 1", "filter?": "{any}"},
            "arguments": {"from": "from_"},
            "json_text": ["filter"],
            "errors": "Bad",
            "returns": "200 JSON Card",
        },
        "cards_delete": {"endpoint": "DELETE /v1/cards/{card_id}", "returns": "204 NoContent"},
        "cards_copy": {"endpoint": "POST /v1/cards/{card_id}", "returns": "201 JSON Card"} | copy,
        "cards_stream": {"endpoint": "POST /v1/cards/{card_id}", "returns": "201 Events Card"}
        | copy
        | {"constants": {"stream": True}},
    }
    assert facts.schemas == {
        "Bad": {"detail?": "string"},
        "Card": {
            "id": "string",
            "color?": "'blue' | 'red' | string = 'red'",
            "inner?": "Inner",
            "kind?": "'card'",
            "made?": "date-time | null",
            "next?": "Card",
            "sizes?": "{number}",
            "tags?": "[null | string]",
        },
        "Inner": {"any?": "any"},
        "POST_v1_cards_card_id_.options": {"deep?": "boolean"},
    }


@pytest.mark.parametrize(
    ("text", "expected_members"),
    [
        ("string", ["string"]),
        (
            "'a b' | [Card | null] | {[{any}] | string}",
            ["'a b'", "[Card | null]", "{[{any}] | string}"],
        ),
        ("", []),
    ],
)
def test_union_is_split(text: str, expected_members: list[str]) -> None:
    """Unions within arrays, objects and strings are not split."""
    assert [*members(text)] == expected_members


def test_second_document_completes_the_first() -> None:
    """It adds operations of the package, defaults, and which query parameters are JSON."""
    first, second = Facts({}, {}), read_document(DOCUMENT)
    assert merged(first, second).operations == {}
    operation = {"endpoint": "GET /v1/cards/{card_id}", "returns": "200 JSON Card"}
    both = merged(Facts({"cards_get": operation}, {"Card": {"color?": "string"}}), second)
    assert both.operations == {"cards_get": {**operation, "json_text": ["filter"]}}
    assert both.schemas["Card"]["color?"] == "string = 'red'"


def test_second_document_adds_response_fields() -> None:
    """A client reads every documented field, but sends only those of the first document."""
    second = read_document(DOCUMENT)
    sent = "POST_v1_cards_card_id_.options"
    first = Facts(second.operations, {"Card": {"tags?": "any"}, sent: {"far?": "boolean"}})
    both = merged(first, second)
    assert both.schemas["Card"].keys() == second.schemas["Card"].keys() ^ {"id", "id?"}
    assert both.schemas["Card"]["tags?"] == "any"
    assert both.schemas[sent] == {"far?": "boolean"}


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("name", FACTS.operations)
def test_every_operation_of_the_facts_has_examples(name: str, full: bool) -> None:  # noqa: FBT001
    """A new operation of the package is tested without further work."""
    theirs, examples = FACTS.operations[name], Examples(FACTS, full=full)
    sent = expected(theirs, next(example_calls(name, examples)), "*/*")
    assert "{" not in sent.path
    text = response_type(theirs)[2]
    assert [*examples.all_of(text or "null")]


def test_examples_are_read_and_shortened() -> None:
    """Examples of errors are left out."""
    content = {
        "application/json": {
            "example": {"text": "a" * 99, "items": [1, 2, 3]},
            "examples": {"one": {"value": None}},
        }
    }
    get = {"responses": {"200": {"content": content}, "422": {"content": content}}}
    document: dict[str, Any] = {
        "paths": {"/v1/a": {"get": get, "post": {"responses": {"204": {}}}}}
    }
    assert read_examples(document) == {"GET /v1/a": [None, {"text": "a" * 40, "items": [1, 2]}]}


def test_same_document_has_no_drift() -> None:
    """The same facts do not differ."""
    assert [*drift(FACTS, FACTS)] == []


def test_drift_is_reported() -> None:
    """Line by line, with renamed schemas recognized."""
    newer = json.loads(json.dumps(DOCUMENT).replace("Card", "NewCard"))
    get = newer["paths"]["/v1/cards/{card_id}"]["get"]
    del get["x-function"], newer["paths"]["/v1/cards/{card_id}"]["delete"]
    get["parameters"][1].update(required=True, schema={"type": "string"})
    get["responses"] = {"202": as_json(reference("NewCard"))}
    newer["paths"]["/v1/cards"] = {"delete": {"responses": {"204": {}}}}
    card = newer["components"]["schemas"]["NewCard"]["properties"]
    card["color"]["enum"] = ["blue", "green"]
    card["weight"] = card.pop("sizes")
    assert [*drift(read_document(DOCUMENT), read_document(newer))] == [
        "operation added: DELETE /v1/cards (204 NoContent)",
        "operation removed: cards_delete, DELETE /v1/cards/{card_id}",
        "operation changed: cards_get",
        "    query.from: optional -> required",
        "    query.from: integer -> string",
        "    status: 200 -> 202",
        "schema renamed: Card is NewCard",
        "schema changed: Card",
        "    color: -'red' +'green'",
        "    sizes removed",
        "    weight added: {number}",
    ]


@pytest.mark.parametrize("changes", [0, 1])
def test_command_reports_drift(
    changes: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The exit code is 1 if anything differs."""
    newer = deepcopy(DOCUMENT)
    if changes:
        del newer["paths"]["/v1/cards/{card_id}"]["delete"]
    file = tmp_path / "newer.json"
    file.write_text(json.dumps(newer))
    monkeypatch.setattr("sys.argv", ["drift", str(file)])
    monkeypatch.setattr("tests.contract.drift.load", lambda: read_document(DOCUMENT))
    assert main() == changes
    assert ("operation removed" in capsys.readouterr().out) == bool(changes)
    assert read_file(file) == newer
