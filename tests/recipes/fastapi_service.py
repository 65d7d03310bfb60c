"""A FastAPI service that streams a chat, and maps failures to HTTP statuses."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, assert_never

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse

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
async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
    """Open one client with the application, and close it at the end."""
    async with MistralCore() as client:
        app.state.mistral = client
        yield


async def client_of(request: Request) -> MistralCore:
    """Return the client for handlers with a parameter of the type `Mistral`."""
    client: MistralCore = request.app.state.mistral
    return client


Mistral = Annotated[MistralCore, Depends(client_of)]
app = FastAPI(lifespan=lifespan)


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


@app.exception_handler(MistralError)
async def report(_: Request, failure: Failure) -> JSONResponse:
    """Respond for a handler in which `unwrap` raised."""
    return JSONResponse({"error": failure.message}, status_of(failure))


@app.get("/ask")
async def ask(question: str, client: Mistral) -> StreamingResponse:
    """Stream the response to a question."""
    messages = [{"role": "user", "content": question}]
    asked = await chat_stream(client, model="mistral-large-latest", messages=messages)
    return StreamingResponse(text_of(asked.unwrap()), media_type="text/plain")


async def text_of(stream: EventStream[CompletionChunk]) -> AsyncIterator[str]:
    """Yield the text in chunks. Leaving the `async with` frees the connection to Mistral."""
    async with stream as events:
        async for event in events:
            yield event.value.text if isinstance(event, Ok) else f"\n[{event.error.message}]"
