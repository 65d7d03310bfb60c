"""What `fim_complete` sends, and what it makes of an answer."""

import pytest

from mistral_core import Err, ResponseValidationError
from mistral_funcs import fim_complete
from mistral_funcs.schemas import (
    AssistantMessage,
    ChatCompletionChoice,
    FIMCompletionResponse,
    UsageInfo,
)
from tests.funcs.wire import CallIt, body, read, sent

REQUIRED = '"model":"codestral-latest","prompt":"def f("'


async def test_request_is_a_post_of_json() -> None:
    """To the path of FIM; model and prompt are all it needs."""
    request = await sent(
        lambda client: fim_complete(client, model="codestral-latest", prompt="def f(")
    )
    assert (request.method, request.url) == ("POST", "https://api.mistral.ai/v1/fim/completions")
    assert request.headers["accept"] == "application/json"
    assert request.body == f"{{{REQUIRED}}}".encode()


async def test_every_argument_is_sent() -> None:
    """Under its name, in the order of the signature."""
    told = await body(
        lambda client: fim_complete(
            client,
            model="codestral-latest",
            prompt="def f(",
            suffix="\treturn 'ü'\n",
            temperature=0.2,
            top_p=1,
            max_tokens=10,
            min_tokens=1,
            stop="\n\n",
            random_seed=7,
            metadata={},
            prompt_cache_key="k",
        )
    )
    assert told == (
        f'{{{REQUIRED},"suffix":"\\treturn \'ü\'\\n","temperature":0.2,"top_p":1,"max_tokens":10,'
        '"min_tokens":1,"stop":"\\n\\n","random_seed":7,"metadata":{},"prompt_cache_key":"k"}'
    )


NULLS: dict[str, CallIt[object]] = {
    "suffix": lambda client: fim_complete(
        client, model="codestral-latest", prompt="def f(", suffix=None
    ),
    "temperature": lambda client: fim_complete(
        client, model="codestral-latest", prompt="def f(", temperature=None
    ),
    "top_p": lambda client: fim_complete(
        client, model="codestral-latest", prompt="def f(", top_p=None
    ),
    "max_tokens": lambda client: fim_complete(
        client, model="codestral-latest", prompt="def f(", max_tokens=None
    ),
    "min_tokens": lambda client: fim_complete(
        client, model="codestral-latest", prompt="def f(", min_tokens=None
    ),
    "stop": lambda client: fim_complete(
        client, model="codestral-latest", prompt="def f(", stop=None
    ),
    "random_seed": lambda client: fim_complete(
        client, model="codestral-latest", prompt="def f(", random_seed=None
    ),
    "metadata": lambda client: fim_complete(
        client, model="codestral-latest", prompt="def f(", metadata=None
    ),
    "prompt_cache_key": lambda client: fim_complete(
        client, model="codestral-latest", prompt="def f(", prompt_cache_key=None
    ),
}
"""A call with one argument that may be `null`, and is."""


@pytest.mark.parametrize("name", NULLS)
async def test_null_is_sent_where_it_may_be(name: str) -> None:
    """It says something else than leaving out."""
    assert await body(NULLS[name]) == f'{{{REQUIRED},"{name}":null}}'


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
