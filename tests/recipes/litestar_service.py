"""A Litestar service that streams a chat, and maps failures to HTTP statuses."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, assert_never

from litestar import Litestar, MediaType, Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery
from litestar.response import Stream

from mistral_core import (
    APIConnectionError,
    EventStream,
    Failure,
    HTTPValidationError,
    InvalidRequestError,
    MistralCore,
    MistralError,
    Ok,
    RequestTimeoutError,
    ResponseValidationError,
    SDKError,
)
from mistral_funcs import chat_stream
from mistral_funcs.schemas import CompletionChunk


@asynccontextmanager
async def mistral(app: Litestar) -> AsyncGenerator[None, None]:
    """Open one client with the application, and close it at the end."""
    async with MistralCore() as client:
        app.state.mistral = client
        yield


async def client_of(state: State) -> MistralCore:
    """Return the client for handlers with a parameter `client`."""
    client: MistralCore = state.mistral
    return client


def status_of(failure: Failure) -> int:
    """Return the status with which this service reports a failure of the API."""
    match failure:
        case SDKError(status=429):
            return 503
        case SDKError() | ResponseValidationError():
            return 502
        case HTTPValidationError() | InvalidRequestError():
            return 400
        case RequestTimeoutError() | APIConnectionError():
            return 504
        case _:
            assert_never(failure)


def report(_: Request[Any, Any, Any], failure: Failure) -> Response[dict[str, str]]:
    """Respond for a handler in which `unwrap` raised."""
    return Response({"error": failure.message}, status_code=status_of(failure))


@get("/ask", media_type=MediaType.TEXT)
async def ask(question: FromQuery[str], client: NamedDependency[MistralCore]) -> Stream:
    """Stream the response to a question."""
    messages = [{"role": "user", "content": question}]
    asked = await chat_stream(client, model="mistral-large-latest", messages=messages)
    return Stream(text_of(asked.unwrap()))


async def text_of(stream: EventStream[CompletionChunk]) -> AsyncIterator[str]:
    """Yield the text in chunks. Leaving the `async with` frees the connection to Mistral."""
    async with stream as events:
        async for event in events:
            yield event.value.text if isinstance(event, Ok) else f"\n[{event.error.message}]"


app = Litestar(
    [ask],
    lifespan=[mistral],
    dependencies={"client": Provide(client_of)},
    exception_handlers={MistralError: report},
)
