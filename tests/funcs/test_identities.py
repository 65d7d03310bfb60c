"""A response is read without the fields that only label it: gateways leave them out."""

from typing import Any

import pytest

from mistral_core.response.decode import read_json
from mistral_core.testing import json_response
from mistral_funcs.schemas import (
    ChatCompletionResponse,
    ClassificationResponse,
    CompletionChunk,
    EmbeddingResponse,
    FIMCompletionResponse,
    ModerationResponse,
    OCRResponse,
)

CALL = {"function": {"name": "f", "arguments": "{}"}}

RESPONSES: dict[str, tuple[Any, dict[str, Any], str, str]] = {
    "a completion": (
        ChatCompletionResponse,
        {"choices": [{"message": {"content": "Hi"}}]},
        "",
        "id object model created usage",
    ),
    "a choice": (ChatCompletionResponse, {"choices": [{"message": {}}]}, "choices.0", "index"),
    "a tool call": (
        ChatCompletionResponse,
        {"choices": [{"message": {"tool_calls": [CALL]}}]},
        "choices.0.message.tool_calls.0",
        "id type index",
    ),
    "a chunk": (
        CompletionChunk,
        {"choices": [{"delta": {"content": "Hi"}}]},
        "",
        "id object model created usage",
    ),
    "a delta": (CompletionChunk, {"choices": [{"delta": {}}]}, "choices.0.delta", "role index"),
    "a tool call in a chunk": (
        CompletionChunk,
        {"choices": [{"delta": {"tool_calls": [CALL]}}]},
        "choices.0.delta.tool_calls.0",
        "id type index",
    ),
    "a completion in the middle": (
        FIMCompletionResponse,
        {"choices": [{"message": {"content": "Hi"}}]},
        "",
        "id object model created usage",
    ),
    "embeddings": (
        EmbeddingResponse,
        {"data": [{"embedding": [0.5]}]},
        "",
        "id object model usage",
    ),
    "an embedding": (EmbeddingResponse, {"data": [{"embedding": [0.5]}]}, "data.0", "object index"),
    "a moderation": (ModerationResponse, {"results": [{"categories": {}}]}, "", "id model"),
    "a classification": (ClassificationResponse, {"results": [{}]}, "", "id model"),
    "an image of a page": (
        OCRResponse,
        {"pages": [{"images": [{"top_left_x": 1}]}]},
        "pages.0.images.0",
        "id",
    ),
    "a table of a page": (
        OCRResponse,
        {"pages": [{"tables": [{"content": "|a|"}]}]},
        "pages.0.tables.0",
        "id",
    ),
}
"""A schema, a body without labels, the path of an object in it, and the labels it may have."""


def with_labels(value: Any, path: list[str], labels: dict[str, None]) -> Any:
    """Return a body with labels in the object at a path."""
    if not path:
        return {**value, **labels}
    step, *rest = path
    if step == "0":
        return [with_labels(each, rest, labels) for each in value]
    return {**value, step: with_labels(value[step], rest, labels)}


@pytest.mark.parametrize("row", RESPONSES)
def test_response_without_labels_is_read(row: str) -> None:
    """With one of them `null` and the others left out, too."""
    schema, value, path, names = RESPONSES[row]
    bare = read_json(json_response(value), schema)
    every = dict.fromkeys(names.split())
    for labels in (every, *({name: None} for name in every)):
        labelled = with_labels(value, path.split(".") if path else [], labels)
        assert read_json(json_response(labelled), schema) == bare


@pytest.mark.parametrize(
    "schema",
    [
        ChatCompletionResponse,
        CompletionChunk,
        FIMCompletionResponse,
        EmbeddingResponse,
        ModerationResponse,
        ClassificationResponse,
    ],
)
def test_id_that_is_missing_is_an_empty_string(schema: Any) -> None:
    """The field stays a string: no code needs a check for it."""
    assert read_json(json_response({"id": None, "model": "m"}), schema).id == ""
    assert read_json(json_response({"id": "a"}), schema).id == "a"
