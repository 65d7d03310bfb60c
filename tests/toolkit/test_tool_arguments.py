"""Arguments of tool calls as mappings, and embeddings as lists of numbers."""

import binascii
from typing import Any

import pytest

from mistral_core import Err, Ok
from mistral_funcs import tool_arguments
from mistral_funcs.schemas import (
    EmbeddingResponse,
    EmbeddingResponseData,
    FunctionCall,
    FunctionCallEntry,
    ResponsesFunctionToolCall,
    ToolCall,
)

CALLS: list[Any] = [
    FunctionCall(name="f", arguments='{"a": 1}'),
    FunctionCall(name="f", arguments={"a": 1}),
    ToolCall(function=FunctionCall(name="f", arguments='{"a": 1}')),
    FunctionCallEntry(tool_call_id="1", name="f", arguments='{"a": 1}'),
    ResponsesFunctionToolCall(call_id="1", name="f", arguments='{"a": 1}'),
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: type(call).__name__)
def test_arguments_of_every_kind_of_call(call: Any) -> None:
    """As a string or as an object."""
    assert tool_arguments(call) == Ok({"a": 1})


@pytest.mark.parametrize("arguments", ["", "  ", "null", "{}"])
def test_missing_arguments_are_an_empty_mapping(arguments: str) -> None:
    """However models write them."""
    result = tool_arguments(FunctionCall(name="f", arguments=arguments))
    assert result.unwrap() == {}


@pytest.mark.parametrize("arguments", ['{"a": ', "[1]", "7", "tomorrow", "\ud800"])
def test_invalid_arguments_are_an_err(arguments: str) -> None:
    """Models make mistakes."""
    result = tool_arguments(FunctionCall(name="f", arguments=arguments))
    assert isinstance(result, Err)
    assert result.error.message.startswith("The arguments are not a JSON object: ")


def test_vectors_are_lists_of_numbers() -> None:
    """Sent as such or as base64."""
    response = EmbeddingResponse(
        data=[
            EmbeddingResponseData(embedding=[1.0, 0.5]),
            EmbeddingResponseData(embedding="AACAPwAAAD8="),
        ]
    )
    assert response.vectors == [[1.0, 0.5], [1.0, 0.5]]


@pytest.mark.parametrize(
    ("text", "error"), [("AAA=", "2 bytes are not 32-bit floats"), ("?", "base64|Only|padding")]
)
def test_other_text_is_not_a_vector(text: str, error: str) -> None:
    """Such as 8-bit numbers."""
    with pytest.raises((ValueError, binascii.Error), match=error):
        _ = EmbeddingResponseData(embedding=text).vector
