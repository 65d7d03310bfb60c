"""An aiohttp.web service that streams a chat, and answers with the right status otherwise."""

from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import chat_stream

CLIENT = web.AppKey("client", MistralCore)


async def mistral(app: web.Application) -> AsyncIterator[None]:
    """Open one client with the application, and close it with it."""
    async with MistralCore() as client:
        app[CLIENT] = client
        yield


async def ask(request: web.Request) -> web.StreamResponse:
    """Stream the answer to a question."""
    messages = [{"role": "user", "content": request.query["question"]}]
    asked = await chat_stream(request.app[CLIENT], model="mistral-large-latest", messages=messages)
    if isinstance(asked, Err):
        return web.Response(status=502, text=asked.error.message)
    response = web.StreamResponse(headers={"content-type": "text/plain; charset=utf-8"})
    await response.prepare(request)
    # The reader may hang up: `write` raises, and leaving the `async with` frees the connection.
    with suppress(ConnectionResetError):
        async with asked.value as events:
            async for event in events:
                match event:
                    case Ok(chunk):
                        await response.write(chunk.text.encode())
                    case Err(error):
                        await response.write(f"\n[{error.message}]".encode())
    return response


app = web.Application()
app.cleanup_ctx.append(mistral)
app.router.add_get("/ask", ask)

if __name__ == "__main__":
    web.run_app(app)
