"""What `fim_complete` makes of a response."""

import pytest

from mistral_core import Err, ResponseValidationError
from mistral_funcs import fim_complete
from mistral_funcs.schemas import (
    AssistantMessage,
    ChatCompletionChoice,
    FIMCompletionResponse,
    UsageInfo,
)
from tests.funcs.wire import read


async def answered(value: object) -> FIMCompletionResponse:
    """Return what `fim_complete` makes of an answer."""
    return (await read(lambda client: fim_complete(client, model="m", prompt=""), value)).unwrap()


async def test_answer_is_read_whole() -> None:
    """With its text at hand."""
    response = await answered(
        {
            "id": "a",
            "object": "chat.completion",
            "model": "codestral-latest",
            "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3},
            "created": 1,
            "choices": [{"index": 0, "message": {"content": "a, b"}, "finish_reason": "stop"}],
        }
    )
    assert response == FIMCompletionResponse(
        id="a",
        object="chat.completion",
        model="codestral-latest",
        usage=UsageInfo(prompt_tokens=1, completion_tokens=2, total_tokens=3),
        created=1,
        choices=[
            ChatCompletionChoice(
                index=0, message=AssistantMessage(content="a, b"), finish_reason="stop"
            )
        ],
    )
    assert response.text == "a, b"


@pytest.mark.parametrize("choices", [None, [], [{}], [{"message": {}}], [{"message": None}]])
async def test_answer_without_a_text_has_an_empty_one(choices: object) -> None:
    """Whatever it is that is missing."""
    assert (await answered({"id": "a", "choices": choices})).text == ""


async def test_answer_with_an_id_of_another_type_cannot_be_read() -> None:
    """The path is in the error."""
    value: dict[str, object] = {"id": 7, "choices": []}
    result = await read(lambda client: fim_complete(client, model="m", prompt=""), value)
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert result.error.path == "$.id"
