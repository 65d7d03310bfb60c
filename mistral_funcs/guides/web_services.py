r"""Web services: aiohttp, FastAPI and Litestar.

One client serves the whole process. Open and close it with the application, and pass it to the
handlers. In aiohttp:

```python
from collections.abc import AsyncIterator

from aiohttp import web

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import models_list

CLIENT = web.AppKey("client", MistralCore)


async def mistral(app: web.Application) -> AsyncIterator[None]:
    async with MistralCore() as client:
        app[CLIENT] = client
        yield


async def list_models(request: web.Request) -> web.Response:
    match await models_list(request.app[CLIENT]):
        case Ok(models):
            return web.json_response([card.id for card in models.data])
        case Err(error):
            return web.json_response({"error": error.message}, status=502)


app = web.Application()
app.cleanup_ctx.append(mistral)
app.router.add_get("/models", list_models)

if __name__ == "__main__":
    web.run_app(app)
```

## Streams

Open the stream before you start the response, so that a failure can still set the status. Leaving
the `async with` block frees the connection to the API, even if the visitor disconnects:

```python
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import chat_stream

CLIENT = web.AppKey("client", MistralCore)


async def mistral(app: web.Application) -> AsyncIterator[None]:
    async with MistralCore() as client:
        app[CLIENT] = client
        yield


async def ask(request: web.Request) -> web.StreamResponse:
    messages = [{"role": "user", "content": request.query["question"]}]
    client = request.app[CLIENT]
    opened = await chat_stream(client, model="mistral-large-latest", messages=messages)
    if isinstance(opened, Err):
        return web.Response(status=502, text=opened.error.message)
    response = web.StreamResponse(headers={"content-type": "text/plain; charset=utf-8"})
    await response.prepare(request)
    with suppress(ConnectionResetError):  # The visitor has disconnected.
        async with opened.value as events:
            async for event in events:
                text = event.value.text if isinstance(event, Ok) else f"\n[{event.error.message}]"
                await response.write(text.encode())
    return response


app = web.Application()
app.cleanup_ctx.append(mistral)
app.router.add_get("/ask", ask)

if __name__ == "__main__":
    web.run_app(app)
```

The tests run the same service in FastAPI and Litestar (`tests/recipes/fastapi_service.py`,
`litestar_service.py`), each in its server, with 200 visitors at once and some that disconnect.

## FastAPI

Use schema classes as request and response models, even inside pydantic models. FastAPI reads and
writes them as the API's JSON, and describes them in the OpenAPI page. Invalid values are refused
with status 422 and their paths. Here the client is a dependency, and an exception handler turns
the errors that `unwrap` raises into a status:

```python
from collections.abc import AsyncGenerator, AsyncIterable
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Body, Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import Field

from mistral_core import MistralCore, MistralError
from mistral_funcs import chat_complete, chat_stream
from mistral_funcs.schemas import (
    AssistantMessage,
    ChatCompletionResponse,
    CompletionChunk,
    SystemMessage,
    UserMessage,
)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
    async with MistralCore() as client:
        app.state.mistral = client
        yield


async def client_of(request: Request) -> MistralCore:
    client: MistralCore = request.app.state.mistral
    return client


app = FastAPI(lifespan=lifespan)
Mistral = Annotated[MistralCore, Depends(client_of)]
Message = Annotated[
    SystemMessage | UserMessage | AssistantMessage, Field(discriminator="role")
]


@app.exception_handler(MistralError)
async def report(_: Request, error: MistralError) -> JSONResponse:
    return JSONResponse({"error": error.message}, 503 if error.retryable else 502)


@app.post("/chat")
async def chat(messages: list[Message], client: Mistral) -> ChatCompletionResponse:
    completed = await chat_complete(client, model="mistral-large-latest", messages=messages)
    return completed.unwrap()


@app.post("/stream")
async def stream(
    question: Annotated[UserMessage, Body()], client: Mistral
) -> AsyncIterable[CompletionChunk]:
    messages = [question]
    opened = await chat_stream(client, model="mistral-large-latest", messages=messages)
    async with opened.unwrap() as events:
        async for event in events:
            yield event.unwrap()
```

- A single schema class needs `Body()`. Without it, FastAPI expects a query parameter, as it does
  for all classes that are not pydantic's. A list of them is a body anyway.
- `Field(discriminator=...)` is optional. With it, the OpenAPI page shows the discriminator, and
  only the errors of the right class are reported.
- `AsyncIterable[CompletionChunk]` streams JSON lines, with FastAPI 0.134 and later. In a
  `StreamingResponse` of your own, write `to_json(chunk)`.
- In a union with `Unknown`, such as `ModelCard`, `Unknown` accepts any object that the other
  members refuse.

## Litestar

Without a plugin, Litestar does not read and write schema classes as the API's JSON.
`MistralPlugin` makes it do so, and describes the classes in the OpenAPI page. Invalid values are
refused with status 400, and `extra` has their paths:

```python
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Request, Response, post
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.openapi import ResponseSpec
from litestar.params import JSONBody
from litestar.response import Stream

from mistral_core import EventStream, MistralCore, MistralError, to_json
from mistral_funcs import chat_complete, chat_stream
from mistral_funcs.litestar_plugin import MistralPlugin
from mistral_funcs.schemas import (
    AssistantMessage,
    ChatCompletionResponse,
    CompletionChunk,
    SystemMessage,
    UserMessage,
)

JSON_LINES = "application/jsonl"
CHUNKS = ResponseSpec(CompletionChunk, generate_examples=False, media_type=JSON_LINES)


@asynccontextmanager
async def mistral(app: Litestar) -> AsyncGenerator[None, None]:
    async with MistralCore() as client:
        app.state.mistral = client
        yield


async def client_of(state: State) -> MistralCore:
    client: MistralCore = state.mistral
    return client


def report(_: Request[Any, Any, Any], error: MistralError) -> Response[dict[str, str]]:
    return Response({"error": error.message}, status_code=503 if error.retryable else 502)


@post("/chat")
async def chat(
    data: JSONBody[list[SystemMessage | UserMessage | AssistantMessage]],
    client: NamedDependency[MistralCore],
) -> ChatCompletionResponse:
    completed = await chat_complete(client, model="mistral-large-latest", messages=data)
    return completed.unwrap()


async def lines(opened: EventStream[CompletionChunk]) -> AsyncIterator[str]:
    async with opened as events:
        async for event in events:
            yield f"{to_json(event.unwrap())}\n"


@post("/stream", media_type=JSON_LINES, responses={201: CHUNKS})
async def stream(data: JSONBody[UserMessage], client: NamedDependency[MistralCore]) -> Stream:
    messages = [data]
    opened = await chat_stream(client, model="mistral-large-latest", messages=messages)
    return Stream(lines(opened.unwrap()))


app = Litestar(
    [chat, stream],
    plugins=[MistralPlugin()],
    lifespan=[mistral],
    dependencies={"client": Provide(client_of)},
    exception_handlers={MistralError: report},
)
```

The plugin handles schema classes, lists and dictionaries of them, unions and `Response[...]`. For
a dataclass or another model that contains schema objects, call `to_dict` and `from_dict` yourself.
"""
