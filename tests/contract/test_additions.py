"""What a newer document adds is put into the specification, and nothing else is changed."""

from copy import deepcopy
from typing import Any

import pytest

from tests.contract.additions import with_additions
from tests.contract.openapi import Spec

STRING: Spec = {"type": "string"}


def reference(name: str) -> Spec:
    """Return a reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def document(paths: Spec | None = None, **schemas: Any) -> Spec:
    """Return a document with one operation, whose body and response are objects."""
    operation = {
        "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
        "requestBody": {"content": {"application/json": {"schema": reference("AskRequest")}}},
        "responses": {"200": {"content": {"application/json": {"schema": reference("Answer")}}}},
    }
    return {
        "paths": {"/v1/a": {"post": operation}, **(paths or {})},
        "components": {"schemas": deepcopy(schemas)},
    }


OLD: Spec = document(
    AskRequest={"properties": {"model": STRING}, "required": ["model"]},
    Answer={
        "properties": {
            "effort": {"anyOf": [reference("Effort"), {"type": "null"}]},
            "content": {"anyOf": [STRING, {"type": "array", "items": reference("Chunk")}]},
            "kind": {"type": "string", "const": "a"},
            "name": STRING,
        }
    },
    Effort={"type": "string", "enum": ["low"]},
    Chunk={"oneOf": [reference("TextChunk"), reference("URLChunk")]},
    TextChunk={"properties": {"text": STRING}},
    URLChunk={"properties": {"url": STRING}},
)
"""The specification."""

CHANGES: dict[str, tuple[Spec, list[str], object]] = {
    "a field of a body": (
        {"AskRequest": {"properties": {"model": STRING, "seed": {"type": "integer"}}}},
        ["AskRequest", "properties", "seed"],
        {"type": "integer"},
    ),
    "a field of a response, of a new class": (
        {"Answer": {"properties": {"usage": reference("Usage")}}, "Usage": {"properties": {}}},
        ["Answer", "properties", "usage"],
        reference("Usage"),
    ),
    "the new class": (
        {
            "Answer": {"properties": {"usage": reference("Usage")}},
            "Usage": {"properties": {"of": reference("Usage")}},
        },
        ["Usage"],
        {"properties": {"of": reference("Usage")}},
    ),
    "a field whose type has a name and no fields": (
        {"Answer": {"properties": {"meta": reference("Meta")}}, "Meta": {"anyOf": [STRING]}},
        ["Answer", "properties", "meta"],
        {"anyOf": [STRING]},
    ),
    "what is required": (
        {"AskRequest": {"properties": {"seed": STRING}, "required": ["seed"]}},
        ["AskRequest", "required"],
        ["model", "seed"],
    ),
    "a value of an enum with a name": (
        {"Answer": {"properties": {"effort": {"enum": ["max"], "type": "string"}}}},
        ["Effort", "enum"],
        ["low", "max"],
    ),
    "the values of a string": (
        {"Answer": {"properties": {"name": {"enum": ["a"], "type": "string"}}}},
        ["Answer", "properties", "name", "enum"],
        ["a"],
    ),
    "a member of a union, and none of the client's own": (
        {
            "Answer": {
                "properties": {
                    "content": {
                        "anyOf": [
                            STRING,
                            {
                                "type": "array",
                                "items": {
                                    "anyOf": [
                                        reference("UrlChunk"),
                                        reference("NewChunk"),
                                        reference("UnknownChunk"),
                                    ]
                                },
                            },
                        ]
                    }
                }
            },
            "UrlChunk": {"properties": {"url": STRING}},
            "NewChunk": {"properties": {"new": STRING}},
            "UnknownChunk": {"properties": {"raw": {}}},
        },
        ["Chunk", "oneOf"],
        [reference("TextChunk"), reference("URLChunk"), reference("NewChunk")],
    ),
    "a field of a class that is spelled otherwise": (
        {"UrlChunk": {"properties": {"title": STRING}}},
        ["URLChunk", "properties", "title"],
        STRING,
    ),
    "a type that differs": (
        {"Answer": {"properties": {"name": {"type": "integer"}}}},
        ["Answer", "properties", "name"],
        STRING,
    ),
}
"""Schemas of a newer document, where to look in the specification then, and what is there."""


@pytest.mark.parametrize("name", CHANGES)
def test_an_addition_is_found_in_the_specification(name: str) -> None:
    """Under the specification's own names."""
    schemas, path, expected = CHANGES[name]
    old = deepcopy(OLD)
    newer: Spec = {"AskRequest": {}, "Answer": {}, **schemas}
    found: Any = with_additions(old, document(None, **newer))
    assert old == OLD
    found = found["components"]["schemas"]
    for step in path:
        found = found[step]
    assert found == expected


def test_nothing_is_added_to_what_has_all() -> None:
    """The document itself adds nothing."""
    assert with_additions(OLD, OLD) == OLD


def test_a_parameter_is_added_and_an_operation_is_not() -> None:
    """Operations have names and files of their own: they are not added by a table."""
    newer = document({"/v1/b": {}}, **OLD["components"]["schemas"])
    after = {"name": "after", "in": "query", "schema": STRING}
    newer["paths"]["/v1/a"]["post"]["parameters"].append(after)
    found = with_additions(OLD, newer)
    assert [each["name"] for each in found["paths"]["/v1/a"]["post"]["parameters"]] == [
        "limit",
        "after",
    ]
    assert set(found["paths"]) == {"/v1/a"}


def test_the_stream_of_a_path_adds_to_the_path() -> None:
    """It takes the same arguments, under another name for the body."""
    newer = document(AskRequest={}, Answer={}, AskStreamRequest={"properties": {"seed": STRING}})
    operation = deepcopy(newer["paths"]["/v1/a"]["post"])
    body = {"content": {"application/json": {"schema": reference("AskStreamRequest")}}}
    newer["paths"]["/v1/a#stream"] = {"post": {**operation, "requestBody": body}}
    found = with_additions(OLD, newer)
    assert found["components"]["schemas"]["AskRequest"]["properties"]["seed"] == STRING
