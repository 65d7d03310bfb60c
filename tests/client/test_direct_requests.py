"""Requests on pooled connections bypass the aiohttp session without any visible difference."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import aiohttp
import attrs
import pytest

from mistral_core import (
    APIConnectionError,
    Attempt,
    Err,
    Hooks,
    MistralCore,
    Ok,
    RequestOptions,
    RetryConfig,
    Timeout,
)
from mistral_core.http.messages import Request
from mistral_core.transports import direct
from mistral_core.transports.aiohttp import AiohttpTransport
from mistral_funcs import (
    chat_complete,
    chat_stream,
    files_upload,
    models_archive,
    models_delete,
    models_list,
    models_retrieve,
)
from tests.client.raw_server import http, serving

Call: TypeAlias = Callable[[MistralCore], Awaitable[Any]]

MESSAGES: Any = [{"role": "user", "content": "Hi"}]
ONCE = RetryConfig(strategy="none")
MODEL = http(b'{"id":"m"}')


async def chat(client: MistralCore, text: str = "Hi") -> Any:
    """Chat."""
    return await chat_complete(client, model="m", messages=[{"role": "user", "content": text}])


async def streamed(client: MistralCore) -> Any:
    """Read an empty stream."""
    async with (await chat_stream(client, model="m", messages=MESSAGES)).unwrap() as events:
        return [event async for event in events]


CALLS: dict[str, Call] = {
    "GET": lambda client: models_retrieve(client, "a model"),
    "GET with a query": lambda client: models_list(client, provider="é"),
    "DELETE": lambda client: models_delete(client, "m"),
    "POST": lambda client: models_archive(client, "m"),
    "POST with a body": chat,
    "a stream": streamed,
    "headers of the call": lambda client: models_retrieve(
        client, "m", options=RequestOptions(headers={"X-Trace": "1"})
    ),
}


@pytest.fixture
def in_session(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """Return the requests that are sent through a session."""
    requests: list[Request] = []
    method = AiohttpTransport._request

    async def counted(
        transport: AiohttpTransport, session: Any, request: Request, *args: Any, **more: Any
    ) -> Any:
        requests.append(request)
        return await method(transport, session, request, *args, **more)

    monkeypatch.setattr(AiohttpTransport, "_request", counted)
    return requests


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_the_second_request_has_the_same_bytes(in_session: list[Request], call: Call) -> None:
    """Although it was not sent through a session."""
    async with serving(MODEL, MODEL) as (url, received), MistralCore("k", server_url=url) as client:
        await call(client)
        await call(client)
    assert received[0] == received[1]
    assert received.connections == 1
    assert len(in_session) == 1


Change: TypeAlias = Callable[[Request], Request]


def with_headers(**headers: str) -> Change:
    """Return a change that adds headers."""
    return lambda request: attrs.evolve(
        request,
        headers={**request.headers, **{name.replace("_", "-"): headers[name] for name in headers}},
    )


def without_header(name: str) -> Change:
    """Return a change that removes a header."""
    return lambda request: attrs.evolve(
        request, headers={each: text for each, text in request.headers.items() if each != name}
    )


UNUSUAL: dict[str, Change] = {
    "another method": lambda request: attrs.evolve(request, method="REPORT"),
    "a key in the headers": with_headers(authorization="Bearer other"),
    "cookies": with_headers(Cookie="a=b"),
    "a header with a tab": with_headers(x_tab="a\tb"),
    "a header of another type": lambda request: attrs.evolve(
        request, headers={**request.headers, Text("x-text"): "1"}
    ),
    "no user agent": without_header("user-agent"),
    "no type of the body": without_header("content-type"),
    "a long body": lambda request: attrs.evolve(request, body=b" " * direct.MAX_BODY_BYTES + b"1"),
}
"""Changes of a request that require a session."""


class Text(str):
    """A subclass of `str`."""

    __slots__ = ()


@pytest.mark.parametrize("change", UNUSUAL.values(), ids=UNUSUAL)
async def test_unusual_requests_go_through_the_session(
    in_session: list[Request], change: Change
) -> None:
    """Both requests have the same bytes."""
    hooks = Hooks(before_request=lambda attempt: change(attempt.request))
    async with (
        serving(MODEL, MODEL) as (url, received),
        MistralCore("k", server_url=url, hooks=hooks) as client,
    ):
        results = [await chat(client), await chat(client)]
    assert all(isinstance(result, Ok) for result in results)
    assert received[0] == received[1]
    assert len(in_session) == 2


OF_ONE_REQUEST: dict[str, Change] = {
    "host": with_headers(Host="other"),
    "encoding": with_headers(Accept_Encoding="other"),
    "user": lambda request: attrs.evolve(
        request, url=request.url.replace("//", "//other:@"), authorization=None
    ),
}


@pytest.mark.parametrize("first", OF_ONE_REQUEST.values(), ids=OF_ONE_REQUEST)
async def test_an_unusual_request_does_not_affect_later_ones(
    in_session: list[Request], first: Change
) -> None:
    """The next request is sent through the session again, the third one is not."""
    changes = [first]

    def change(attempt: Attempt) -> Request | None:
        return changes.pop()(attempt.request) if changes else None

    hooks = Hooks(before_request=change)
    async with (
        serving(*[MODEL] * 3) as (url, received),
        MistralCore("k", server_url=url, hooks=hooks) as client,
    ):
        for _each in range(3):
            await models_retrieve(client, "m")
    assert received[0] != received[1]
    assert received[1] == received[2]
    assert len(in_session) == 2


async def test_uploads_go_through_the_session(in_session: list[Request]) -> None:
    """Their bodies are streamed."""
    async with serving(MODEL, MODEL) as (url, _), MistralCore("k", server_url=url) as client:
        for _each in range(2):
            await files_upload(client, file=b"{}", purpose="batch")
    assert len(in_session) == 2


def traced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trace all sessions, as OpenTelemetry and Sentry do."""
    init = aiohttp.ClientSession.__init__

    def with_tracing(session: aiohttp.ClientSession, **more: Any) -> None:
        init(session, trace_configs=[aiohttp.TraceConfig()], **more)

    monkeypatch.setattr(aiohttp.ClientSession, "__init__", with_tracing)


def replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the method that sends requests, as recorders do."""
    method = aiohttp.ClientSession._request

    async def request(session: aiohttp.ClientSession, *args: Any, **more: Any) -> Any:
        return await method(session, *args, **more)

    monkeypatch.setattr(aiohttp.ClientSession, "_request", request)


def unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the implementation of aiohttp look unfamiliar."""
    monkeypatch.setattr(direct, "_is_plain", False)


@pytest.mark.parametrize("instrument", [traced, replaced, unknown])
async def test_instrumented_sessions_see_all_requests(
    in_session: list[Request],
    monkeypatch: pytest.MonkeyPatch,
    instrument: Callable[[pytest.MonkeyPatch], None],
) -> None:
    """Tracing and recording work with pooled connections."""
    instrument(monkeypatch)
    async with serving(MODEL, MODEL) as (url, _), MistralCore("k", server_url=url) as client:
        for _each in range(2):
            assert isinstance(await models_retrieve(client, "m"), Ok)
    assert len(in_session) == 2


RESPONSES: dict[str, bytes] = {
    "complete": MODEL,
    "interim responses first": b"HTTP/1.1 103 Early Hints\r\n\r\n" * 2 + MODEL,
    "compressed": http(gzip.compress(b'{"id":"m"}'), "Content-Encoding: gzip"),
    "of unknown length": b'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"id":"m"}',
    "without a body": http(b""),
    "an error": http(b'{"message":"no"}', status="404 Not Found"),
    "not HTTP": b"SMTP 220\r\n\r\n",
    "cut off": MODEL[:-3].replace(b"Content-Length", b"content-length"),
    "an upgrade": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
}


@pytest.mark.parametrize("response", RESPONSES.values(), ids=RESPONSES)
async def test_responses_are_read_as_in_a_session(response: bytes) -> None:
    """Values and errors are the same."""
    results: list[str] = []
    for before in ([], [MODEL]):
        async with (
            serving(*before, response) as (url, _),
            MistralCore("k", server_url=url, retry_config=ONCE) as client,
        ):
            for _each in before:
                await models_retrieve(client, "m")
            result = await models_archive(client, "m")
            results.append(repr(result).replace(url.rpartition(":")[2], "PORT"))
    assert results[0] == results[1]


async def test_a_silent_server_times_out() -> None:
    """The read timeout starts when the request has been sent."""
    async with (
        serving(MODEL, None) as (url, _),
        MistralCore("k", server_url=url, timeout=Timeout(read=0.02), retry_config=ONCE) as client,
    ):
        await models_retrieve(client, "m")
        result = await models_retrieve(client, "m")
    assert isinstance(result, Err)
    assert "was silent for 0.02 s" in str(result.error)


async def test_a_cancelled_request_closes_its_connection() -> None:
    """Its response must not be read by the next request."""
    async with (
        serving(MODEL, None, MODEL) as (url, received),
        MistralCore("k", server_url=url) as client,
    ):
        await models_retrieve(client, "m")
        waiting = asyncio.create_task(models_retrieve(client, "m"))
        while len(received) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert isinstance(await models_retrieve(client, "m"), Ok)
    assert received.connections == 2


async def test_closing_a_stream_ends_a_concurrent_read() -> None:
    """One task closes the stream while another one reads it."""
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ndata: "
    async with serving(MODEL, endless) as (url, _):
        transport = AiohttpTransport()
        request = Request(
            method="GET",
            url=url,
            path_template="/",
            headers={"accept": "*/*", "user-agent": "x"},
            streamed=True,
        )
        first = (await transport.send(request)).stream
        assert first is not None
        assert [chunk async for chunk in first] == [b'{"id":"m"}']
        await first.aclose()
        second = (await transport.send(request)).stream
        assert second is not None
        await anext(aiter(second))
        waiting = asyncio.ensure_future(anext(aiter(second)))
        await asyncio.sleep(0)
        await second.aclose()
        with pytest.raises(APIConnectionError):
            await waiting
        await second.aclose()
        await transport.aclose()
