"""Responses are read without fields that only label them, because gateways leave them out."""

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
)


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
def test_missing_id_is_an_empty_string(schema: Any) -> None:
    """The field stays a string, so that no check is needed."""
    assert read_json(json_response({"id": None, "model": "m"}), schema).id == ""
    assert read_json(json_response({"id": "a"}), schema).id == "a"
