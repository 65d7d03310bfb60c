"""An aiohttp.web service that streams a chat, and maps failures to HTTP statuses."""

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import assert_never

from aiohttp import web

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    HTTPValidationError,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestTimeoutError,
    ResponseValidationError,
    SDKError,
)
from mistral_funcs import chat_stream

CLIENT = web.AppKey("client", MistralCore)


async def mistral(app: web.Application) -> AsyncIterator[None]:
    """Open one client with the application, and close it at the end."""
    async with MistralCore() as client:
        app[CLIENT] = client
        yield


def report(failure: Failure) -> web.Response:
    """Respond to a failure of the API with a status that tells the caller what to do."""
    match failure:
        case SDKError(status=429):
            status = 503
        case SDKError() | ResponseValidationError():
            status = 502
        case HTTPValidationError() | InvalidRequestError():
            status = 400
        case RequestTimeoutError() | APIConnectionError():
            status = 504
        case _:
            assert_never(failure)
    return web.json_response({"error": failure.message}, status=status)


async def ask(request: web.Request) -> web.StreamResponse:
    """Stream the response to a question."""
    messages = [{"role": "user", "content": request.query["question"]}]
    asked = await chat_stream(request.app[CLIENT], model="mistral-large-latest", messages=messages)
    if isinstance(asked, Err):
        return report(asked.error)
    response = web.StreamResponse(headers={"content-type": "text/plain; charset=utf-8"})
    await response.prepare(request)
    # The reader may disconnect: `write` raises, and leaving the `async with` frees the connection.
    with suppress(ConnectionResetError):
        async with asked.value as events:
            async for event in events:
                text = event.value.text if isinstance(event, Ok) else f"\n[{event.error.message}]"
                await response.write(text.encode())
    return response


app = web.Application()
app.cleanup_ctx.append(mistral)
app.router.add_get("/ask", ask)

if __name__ == "__main__":
    web.run_app(app)
