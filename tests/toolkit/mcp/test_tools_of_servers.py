"""Names, schemas and results of tools, in the form that the API accepts."""

import re
from typing import Any

import anyio
import pytest
from hypothesis import given, strategies as st
from jsonschema import Draft7Validator
from mcp.shared.message import SessionMessage
from mcp_types import CallToolResult, TextContent

from mistral_funcs.toolkit.mcp.session_messages import Messages
from mistral_funcs.toolkit.mcp.tool_names import names_for_the_api
from mistral_funcs.toolkit.mcp.tool_results import output_of
from mistral_funcs.toolkit.mcp.tool_schemas import MAX_DEPTH, RejectedSchema, repair
from mistral_funcs.toolkit.tools.runnable import ToolError

# -------------------------------------------------------------------------------------------- names


def test_names_are_changed_only_where_the_api_requires_it() -> None:
    """A valid name is kept, even if another tool is changed to the same."""
    names = names_for_the_api(["a.b", "a_b", "a b", "x" * 70, "x" * 71], "p-")
    assert names["a_b"] == "p-a_b"
    assert re.fullmatch(r"p-a_b_[0-9a-f]{8}", names["a.b"])
    assert re.fullmatch(r"p-x{53}_[0-9a-f]{8}", names["x" * 70])
    assert names == names_for_the_api(["a.b", "a_b", "a b", "x" * 70, "x" * 71], "p-")


@given(st.lists(st.text(), unique=True), st.text(max_size=10))
def test_names_are_valid_and_unique(names: list[str], prefix: str) -> None:
    """Whatever the names of the server are."""
    mapping = names_for_the_api([name for name in names if name], prefix)
    assert len({*mapping.values()}) == len(mapping)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in mapping.values())


# ------------------------------------------------------------------------------------------ schemas

OBJECT: dict[str, Any] = {"type": "object", "properties": {}}
REPAIRED: list[tuple[Any, Any]] = [
    (None, OBJECT),
    ({}, OBJECT),
    ({"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}, OBJECT),
    (
        {"properties": {"a": {"type": ["array", "null"]}, "b": {"items": {"type": "array"}}}},
        {
            "type": "object",
            "properties": {
                "a": {"type": ["array", "null"], "items": {}},
                "b": {"type": "array", "items": {"type": "array", "items": {}}},
            },
        },
    ),
    (
        {
            "$defs": {"A": {"properties": {"x": {"anyOf": [{"type": "array"}, True]}}}},
            "properties": {"a": {"$ref": "#/$defs/A"}},
            "additionalProperties": {"$schema": "x", "type": "string"},
        },
        {
            "type": "object",
            "$defs": {
                "A": {
                    "type": "object",
                    "properties": {"x": {"anyOf": [{"type": "array", "items": {}}, True]}},
                }
            },
            "properties": {"a": {"$ref": "#/$defs/A"}},
            "additionalProperties": {"type": "string"},
        },
    ),
]


@pytest.mark.parametrize(("schema", "expected"), REPAIRED)
def test_schema_is_repaired(schema: Any, expected: Any) -> None:
    """The result is valid in JSON Schema, draft 7."""
    assert repair(schema) == expected
    Draft7Validator.check_schema(expected)


def nested(depth: int) -> Any:
    """Return a schema with this depth."""
    schema: Any = {"type": "string"}
    for _ in range(depth):
        schema = {"type": "object", "properties": {"a": schema}}
    return schema


REJECTED: list[tuple[Any, str]] = [
    (5, "its schema must be an object, not int"),
    ({"type": ["object", "null"]}, r"must be of type 'object', not \['object', 'null'\]"),
    ({"properties": []}, "`properties` of its schema must be an object"),
    ({"required": "a"}, "its schema is not valid at 'required': 'a' is not of type 'array'"),
    (nested(MAX_DEPTH + 1), "nested more than 64 levels deep"),
]


@pytest.mark.parametrize(("schema", "message"), REJECTED)
def test_schema_is_rejected(schema: Any, message: str) -> None:
    """The error has the reason."""
    with pytest.raises(RejectedSchema, match=message):
        repair(schema)


# ------------------------------------------------------------------------------------------ results


def result(*texts: str, structured: Any = None, error: bool = False) -> CallToolResult:
    """Return a result with texts."""
    content: Any = [TextContent(text=text) for text in texts]
    return CallToolResult(content=content, structured_content=structured, is_error=error)


OUTPUTS: list[tuple[CallToolResult, str]] = [
    (result(), ""),
    (result("a", "b"), "a\nb"),
    (result('{"a": 1}', structured={"a": 1}), '{"a": 1}'),
    (result("5", structured={"result": 5}), "5"),
    (result("five", structured={"result": "five"}), "five"),
    (result("1", "2", structured={"result": [1, 2]}), "1\n2"),
    (result("[1, 2]", structured={"result": [1, 2]}), "[1, 2]"),
    (result("1", structured={"result": [1, 2]}), '1\n{"result": [1, 2]}'),
    (result("1", "2", "3", structured={"result": [1, 2]}), '1\n2\n3\n{"result": [1, 2]}'),
    (result("x", structured={"result": []}), 'x\n{"result": []}'),
    (result("Sunny in Zürich", structured={"a": "ü"}), 'Sunny in Zürich\n{"a": "ü"}'),
    (result("[" * 100_000, structured={"a": 1}), "[" * 100_000 + '\n{"a": 1}'),
    (result("a", structured={"result": [{"type": "text", "text": "a"}]}), "a"),
]


@pytest.mark.parametrize(("value", "expected"), OUTPUTS)
def test_output_has_text_and_structured_content(value: CallToolResult, expected: str) -> None:
    """Both reach the model, but the same content only once."""
    assert output_of(value) == expected


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (result("Ask for less.", structured={"a": 1}, error=True), r"^Ask for less\.$"),
        (result(error=True), "^The tool failed without a message$"),
    ],
)
def test_error_has_the_text_of_the_content(value: CallToolResult, message: str) -> None:
    """Also with structured content."""
    with pytest.raises(ToolError, match=message):
        output_of(value)


# ----------------------------------------------------------------------------------------- messages


async def test_received_messages_are_a_stream_of_the_package() -> None:
    """It can be received from and closed."""
    send, received = anyio.create_memory_object_stream[SessionMessage | Exception](1)
    sent, unread = anyio.create_memory_object_stream[SessionMessage](1)
    messages = Messages((received, sent), lambda _: None)
    stream = messages._dispatcher._read_stream
    error = ValueError()
    await send.send(error)
    assert await stream.receive() is error
    await stream.aclose()
    for each in (send, sent, unread):
        each.close()
