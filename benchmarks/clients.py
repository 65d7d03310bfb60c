"""The clients to compare. Each does the same work with its own API."""

import json
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeAlias

import attrs

MODEL = "mistral-large-latest"
MESSAGES: Any = [{"role": "user", "content": "What is the best French cheese?"}]
KEY = "not-a-real-key"

Work: TypeAlias = Callable[[], Awaitable[object]]


@attrs.frozen
class Client:
    """The functions of a client to measure. Each makes one call.

    Attributes:
        list_models: List 70 models.
        one_model: Retrieve one model.
        chat: Complete a chat.
        stream: Read a streamed chat with this many events, and return the number received.
        large: List models in a response of 50 MB.
        as_models: Decode the body of a list of models to objects.
        as_chat: Decode the body of a chat to objects.
    """

    list_models: Work
    one_model: Work
    chat: Work
    stream: Callable[[int], Awaitable[int]]
    large: Work
    as_models: Callable[[bytes], object]
    as_chat: Callable[[bytes], object]


async def count(events: AsyncIterable[object]) -> int:
    """Count events without keeping them: garbage collection would be measured too."""
    received = 0
    async for _ in events:
        received += 1
    return received


@asynccontextmanager
async def ours(url: str) -> AsyncGenerator[Client, None]:
    """Open a client of this package."""
    from mistral_core import MistralCore, RequestOptions  # noqa: PLC0415
    from mistral_core.structuring.converter import converter  # noqa: PLC0415
    from mistral_funcs import (  # noqa: PLC0415
        chat_complete,
        chat_stream,
        models_list,
        models_retrieve,
    )
    from mistral_funcs.schemas import ChatCompletionResponse, ModelList  # noqa: PLC0415

    decode_json = _decoder()
    large = RequestOptions(server_url=f"{url}/large")

    async with MistralCore(KEY, server_url=url, max_connections=0) as client:

        async def stream(events: int) -> int:
            opened = await chat_stream(client, model=MODEL, messages=MESSAGES, max_tokens=events)
            async with opened.unwrap() as items:
                return await count(items)

        async def list_models() -> object:
            return (await models_list(client)).unwrap()

        async def one_model() -> object:
            return (await models_retrieve(client, MODEL)).unwrap()

        async def chat() -> object:
            return (await chat_complete(client, model=MODEL, messages=MESSAGES)).unwrap()

        async def list_many() -> object:
            return (await models_list(client, options=large)).unwrap()

        yield Client(
            list_models,
            one_model,
            chat,
            stream,
            list_many,
            lambda body: converter.structure(decode_json(body), ModelList),
            lambda body: converter.structure(decode_json(body), ChatCompletionResponse),
        )


def _decoder() -> Callable[[bytes], Any]:
    """Return this package's JSON decoder, which older versions have in another module."""
    try:
        module = import_module("mistral_core.response.json_text")
    except ImportError:
        module = import_module("mistral_core.response.decode")
    decode: Callable[[bytes], Any] = module.decode_json
    return decode


@asynccontextmanager
async def raw(url: str, loads: Callable[[bytes], Any] = json.loads) -> AsyncGenerator[Client, None]:
    """Open a session of aiohttp alone, which returns plain dicts: the floor."""
    import aiohttp  # noqa: PLC0415

    headers = {"authorization": f"Bearer {KEY}"}
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, headers=headers) as session:

        async def get(path: str) -> Any:
            async with session.get(f"{url}{path}") as response:
                return loads(await response.read())

        async def chat() -> Any:
            body = {"model": MODEL, "messages": MESSAGES}
            async with session.post(f"{url}/v1/chat/completions", json=body) as response:
                return loads(await response.read())

        async def stream(events: int) -> int:
            body = {"model": MODEL, "messages": MESSAGES, "stream": True, "max_tokens": events}
            received = 0
            async with session.post(f"{url}/v1/chat/completions", json=body) as response:
                async for line in response.content:
                    if line.startswith(b"data: {"):
                        loads(line[6:])
                        received += 1
            return received

        yield Client(
            lambda: get("/v1/models"),
            lambda: get(f"/v1/models/{MODEL}"),
            chat,
            stream,
            lambda: get("/large/v1/models"),
            loads,
            loads,
        )


@asynccontextmanager
async def raw_orjson(url: str) -> AsyncGenerator[Client, None]:
    """Open a session of aiohttp alone, with orjson."""
    async with raw(url, import_module("orjson").loads) as client:
        yield client


@asynccontextmanager
async def official(url: str) -> AsyncGenerator[Client, None]:
    """Open Mistral's own client."""
    sdk: Any = import_module("mistralai.client").Mistral(api_key=KEY, server_url=url)
    models: Any = import_module("mistralai.client.models")
    async with sdk as client:

        async def stream(events: int) -> int:
            chunks = await client.chat.stream_async(
                model=MODEL, messages=MESSAGES, max_tokens=events
            )
            return await count(chunks)

        yield Client(
            client.models.list_async,
            lambda: client.models.retrieve_async(model_id=MODEL),
            lambda: client.chat.complete_async(model=MODEL, messages=MESSAGES),
            stream,
            lambda: client.models.list_async(server_url=f"{url}/large"),
            models.ModelList.model_validate_json,
            models.ChatCompletionResponse.model_validate_json,
        )


@asynccontextmanager
async def openai(url: str, transport: str = "httpx") -> AsyncGenerator[Client, None]:
    """Open OpenAI's client, which uses the same protocol."""
    package: Any = import_module("openai")
    kinds: Any = import_module("openai.types")
    page: Any = import_module("openai.pagination").AsyncPage[kinds.Model]
    http = package.DefaultAioHttpClient() if transport == "aiohttp" else None
    sdk: Any = package.AsyncOpenAI(api_key=KEY, base_url=f"{url}/v1", http_client=http)
    async with sdk as client:
        many = client.with_options(base_url=f"{url}/large/v1")

        async def list_models() -> object:
            return await client.models.list()

        async def list_many() -> object:
            return await many.models.list()

        async def stream(events: int) -> int:
            chunks = await client.chat.completions.create(
                model=MODEL, messages=MESSAGES, stream=True, max_tokens=events
            )
            return await count(chunks)

        yield Client(
            list_models,
            lambda: client.models.retrieve(MODEL),
            lambda: client.chat.completions.create(model=MODEL, messages=MESSAGES),
            stream,
            list_many,
            page.model_validate_json,
            kinds.chat.ChatCompletion.model_validate_json,
        )


CLIENTS: dict[str, Callable[[str], AbstractAsyncContextManager[Client]]] = {
    "ours": ours,
    "raw aiohttp": raw,
    "raw aiohttp, orjson": raw_orjson,
    "mistralai": official,
    "openai": openai,
    "openai, aiohttp": lambda url: openai(url, "aiohttp"),
}
"""The clients by name. `raw aiohttp` is the floor."""

REQUIREMENTS = {
    "raw aiohttp, orjson": "orjson",
    "mistralai": "mistralai",
    "openai": "openai",
    "openai, aiohttp": "openai",
}
"""The packages that optional clients require."""


def installed() -> dict[str, Callable[[str], AbstractAsyncContextManager[Client]]]:
    """Return the clients that can be measured here."""
    return {
        name: make
        for name, make in CLIENTS.items()
        if name not in REQUIREMENTS or find_spec(REQUIREMENTS[name]) is not None
    }
