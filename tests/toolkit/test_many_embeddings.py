"""Embeddings of many texts: in order, in several requests, or an error with the partial result."""

import asyncio
import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    InvalidRequestError,
    MistralCore,
    Ok,
    Request,
    Response,
    ResponseValidationError,
    Result,
    RetryConfig,
    SDKError,
)
from mistral_core.testing import json_response
from mistral_funcs import EmbeddingsError, embeddings_create, embeddings_create_many
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import EmbeddingResponse

TEXTS = [f"Text number {number}." for number in range(25)]


class Server:
    """A transport whose embeddings are the lengths of the texts, or a scripted server.

    Attributes:
        requests: The texts of each request.
        most: Maximum number of concurrent requests.
    """

    def __init__(self, respond: Callable[[list[str]], Response | None] = lambda _: None) -> None:
        """Start a server. A function may replace its responses."""
        self.requests: list[list[str]] = []
        self.most = self.running = 0
        self.respond = respond

    async def send(self, request: Request) -> Response:
        """Respond to a request after concurrent ones have started."""
        assert isinstance(request.body, bytes)
        texts: list[str] = json.loads(request.body)["input"]
        self.requests.append(texts)
        self.running += 1
        self.most = max(self.most, self.running)
        await asyncio.sleep(0)
        self.running -= 1
        return self.respond(texts) or embedded(texts)

    async def aclose(self) -> None:
        """Do nothing."""


def embedded(texts: list[str], **fields: Any) -> Response:
    """Return a response with a vector for each text."""
    data = [{"index": at, "embedding": [len(text)]} for at, text in enumerate(texts)]
    usage = {"prompt_tokens": len(texts), "total_tokens": len(texts)}
    return json_response({"id": "e", "model": "m", "data": data, "usage": usage, **fields})


def refuses(limit: int, status: int) -> Callable[[list[str]], Response | None]:
    """Return a refusal of requests with more texts than a limit."""

    def respond(texts: list[str]) -> Response | None:
        message = {"message": "Too many tokens in batch. Split it."}
        return json_response(message, status) if len(texts) > limit else None

    return respond


async def embed(
    server: Server, texts: Iterable[str] = TEXTS, **options: Any
) -> Result[EmbeddingResponse, EmbeddingsError]:
    """Embed texts."""
    client = MistralCore("key", transport=server, retry_config=RetryConfig(strategy="none"))
    return await embeddings_create_many(client, model="m", input=texts, **options)


@pytest.mark.parametrize(
    ("limits", "sizes"),
    [
        ({}, [25]),
        ({"max_inputs": 10}, [10, 10, 5]),
        ({"max_inputs": 25}, [25]),
        ({"max_characters": 60}, [4, 4, 4, 4, 4, 4, 1]),
        ({"max_characters": 1}, [1] * 25),
    ],
)
async def test_vectors_are_in_the_order_of_the_texts(
    limits: dict[str, int], sizes: list[int]
) -> None:
    """For any number of requests. The usage is the total."""
    server = Server()
    result = await embed(server, iter(TEXTS), **limits)
    assert [len(each) for each in server.requests] == sizes
    assert server.most <= 4
    response = result.unwrap()
    assert response.vectors == [[len(text)] for text in TEXTS]
    assert [each.index for each in response.data] == [*range(25)]
    assert (response.model, response.usage.total_tokens) == ("m", 25)


async def test_concurrent_requests_are_bounded() -> None:
    """By four, or by the argument."""
    server = Server()
    await embed(server, max_inputs=1)
    assert server.most == 4
    server = Server()
    await embed(server, max_inputs=1, max_requests=9)
    assert server.most == 9


async def test_results_are_those_of_single_calls() -> None:
    """With all arguments, on the sandbox."""
    client = MistralCore(transport=Sandbox())
    single = await embeddings_create(
        client, model="mistral-embed", input=TEXTS, output_dimension=8, encoding_format="base64"
    )
    many = await embeddings_create_many(
        client,
        model="mistral-embed",
        input=TEXTS,
        output_dimension=8,
        encoding_format="base64",
        max_inputs=3,
    )
    assert many.unwrap().vectors == single.unwrap().vectors
    assert many.unwrap().usage == single.unwrap().usage


async def test_one_text_or_none_is_accepted() -> None:
    """A string is one text. No text needs no request."""
    server = Server()
    assert (await embed(server, "one text")).unwrap().vectors == [[8]]
    assert (await embed(server, [])).unwrap().data == []
    assert len(server.requests) == 1


@pytest.mark.parametrize(("limit", "status"), [(1, 400), (3, 413), (24, 422)])
async def test_request_that_is_too_large_is_halved(limit: int, status: int) -> None:
    """Until the server accepts it."""
    server = Server(refuses(limit, status))
    result = await embed(server)
    assert result.unwrap().vectors == [[len(text)] for text in TEXTS]


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (json_response({"message": "Too many tokens"}, 400), SDKError),
        (json_response({"message": "No such model"}, 400), SDKError),
        (Response(413), SDKError),
        (json_response({"message": "Down"}, 503), SDKError),
        (embedded(["a", "b"]), ResponseValidationError),
        (json_response({"data": 5}), ResponseValidationError),
    ],
)
async def test_failure_has_the_partial_result(failure: Response, kind: type[Exception]) -> None:
    """The vectors so far, the indices of the other texts, and the reason."""

    def respond(texts: list[str]) -> Response | None:
        return failure if TEXTS[12] in texts else None

    server = Server(respond)
    result = await embed(server, max_inputs=1, max_requests=1)
    assert isinstance(result, Err)
    error = result.error
    assert isinstance(error.failure, kind)
    assert error.message.startswith("12 of 25 texts were embedded: ")
    assert error.missing == tuple(range(12, 25))
    assert [each.index for each in error.response.data] == [*range(12)]
    assert error.response.usage.total_tokens == 12
    assert error.retryable is error.failure.retryable
    assert len(server.requests) == 13


async def test_running_requests_are_completed_after_a_failure() -> None:
    """They may be paid for. No more requests start."""

    def respond(texts: list[str]) -> Response | None:
        return Response(500) if TEXTS[0] in texts else None

    server = Server(respond)
    result = await embed(server, max_inputs=1, max_requests=3)
    assert isinstance(result, Err)
    assert len(server.requests) < 8
    assert 0 in result.error.missing
    assert len(result.error.missing) + len(result.error.response.data) == 25


@pytest.mark.parametrize(
    ("indices", "vectors"),
    [([1, 0], [[1], [0]]), ([7, 7], [[0], [1]]), ([None, None], [[0], [1]])],
)
async def test_index_in_the_response_is_used_if_it_is_valid(
    indices: list[int | None], vectors: list[list[int]]
) -> None:
    """Otherwise the order is."""
    data = [{"index": index, "embedding": [at]} for at, index in enumerate(indices)]
    server = Server(lambda texts: embedded(texts, data=data))
    assert (await embed(server, ["a", "b"])).unwrap().vectors == vectors


@pytest.mark.parametrize("name", ["max_inputs", "max_requests"])
async def test_limits_are_positive(name: str) -> None:
    """Otherwise nothing is sent."""
    server = Server()
    result = await embed(server, TEXTS, **{name: 0})
    assert isinstance(result, Err)
    assert isinstance(result.error.failure, InvalidRequestError)
    assert result.error.failure.param == name
    assert server.requests == []


async def test_cancellation_cancels_all_requests() -> None:
    """The cancellation is raised."""
    server = Server()
    task = asyncio.create_task(embed(server, max_inputs=1))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(server.requests) <= 4


async def test_broken_connection_is_an_err() -> None:
    """Like every failure."""
    sandbox = Sandbox()
    sandbox.fail(APIConnectionError("cut"))
    client = MistralCore(transport=sandbox, retry_config=RetryConfig(strategy="none"))
    result = await embeddings_create_many(client, model="mistral-embed", input=TEXTS)
    assert not isinstance(result, Ok)
    assert result.error.retryable
