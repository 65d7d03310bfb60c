"""Token limits: estimated before a call, and corrected after it or at the end of a stream."""

import asyncio
import gc
import json
from collections.abc import AsyncGenerator, Mapping
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Headers,
    InvalidRequestError,
    Limit,
    Limits,
    MistralCore,
    Ok,
    Response,
    RetryConfig,
)
from mistral_core.limits.metered_stream import MeteredChannel, metered
from mistral_core.limits.token_counts import cost, estimate_prompt, maximum_output, usage
from mistral_core.testing import ScriptedTransport, json_response, stream_response
from mistral_funcs import chat_complete, chat_stream, files_list
from tests.limits.fast_clock import run
from tests.limits.test_waiting import CHAT_RESPONSE, Scripted, call

TEN_A_MINUTE = Limit(tokens_per_minute=100)


def costing(tokens: int, **headers: str) -> Response:
    """Return a completion that reports this usage."""
    body = {**json.loads(CHAT_RESPONSE.body), "usage": {"total_tokens": tokens}}
    names = {name.replace("_", "-"): text for name, text in headers.items()}
    return json_response(body, headers=names)


def sent_at(
    *responses: Response | APIConnectionError, limit: float = 100, calls: int = 3, **settings: Any
) -> list[float]:
    """Return when calls were sent, each estimated at 50 tokens."""

    async def main() -> list[float]:
        server = Scripted(*responses)
        limits = Limits(
            Limit(tokens_per_minute=limit), count_tokens=lambda _: 50, learn=False, **settings
        )
        config = RetryConfig(strategy="none")
        client = MistralCore(transport=server, limits=limits, retry_config=config)
        for _ in range(calls):
            await call(client)
        return server.sent

    return run(main)


@pytest.mark.parametrize(
    ("response", "sent"),
    [
        (costing(50), [0, 0, 60.6]),
        (costing(10), [0, 0, 0]),
        (costing(99), [0, 60.6, 60.6]),
        (costing(250), [0, 60.6, 60.6]),
        (costing(99, x_ratelimit_tokens_query_cost="10"), [0, 0, 0]),
        (json_response({}), [0, 0, 60.6]),
        (json_response({}, 500), [0, 0, 0]),
        (json_response({}, 422), [0, 0, 0]),
        (json_response({}, 500, {"x-ratelimit-tokens-query-cost": "60"}), [0, 60.6, 60.6]),
        (APIConnectionError("x", sent=False), [0, 0, 0]),
        (APIConnectionError("x"), [0, 0, 60.6]),
    ],
)
def test_tokens_are_corrected_by_the_reported_usage(
    response: Response | APIConnectionError, sent: list[float]
) -> None:
    """A failed call returns its tokens. The header precedes the body."""
    assert sent_at(response, costing(40), costing(40)) == sent


def test_call_above_the_limit_is_sent_alone() -> None:
    """The estimate may be too high."""
    assert sent_at(costing(50), costing(50), limit=40) == [0, 60.6, 121.2]


def test_reported_tokens_of_other_clients_count() -> None:
    """Such as other processes with the same key."""
    headers = {
        "x-ratelimit-limit-tokens-minute": "1000",
        "x-ratelimit-remaining-tokens-minute": "20",
    }

    async def main() -> list[float]:
        server = Scripted(json_response(json.loads(CHAT_RESPONSE.body), headers=headers))
        client = MistralCore(transport=server, limits=Limits(count_tokens=lambda _: 30))
        await call(client)
        await call(client)
        return server.sent

    assert run(main) == [0, 60.6]


def test_tokens_of_queued_calls_are_forecast() -> None:
    """A call fails at once if those ahead of it use up all capacity before its deadline."""

    async def main() -> None:
        server = Scripted(*[costing(60)] * 4)
        limits = Limits(Limit(tokens_per_minute=60), count_tokens=lambda _: 60, learn=False)
        client = MistralCore(transport=server, limits=limits)
        results = await asyncio.gather(*(call(client, timeout=130) for _ in range(4)))
        assert [type(result) for result in results] == [Ok, Ok, Ok, Err]
        assert server.sent == [0, 60.6, 121.2]

    run(main)


async def test_output_is_estimated_from_earlier_responses() -> None:
    """Each reported usage adjusts the estimate of the next call."""
    transport = ScriptedTransport(*[costing(30)] * 60)
    limits = Limits()
    client = MistralCore(transport=transport, limits=limits)
    for _ in range(60):
        await call(client)
    assert limits.queue("m").typical_output < 30


@pytest.mark.parametrize("counted", [RuntimeError("x"), "many"])
async def test_failing_counter_is_an_error(counted: object) -> None:
    """The call is not sent."""

    def count_tokens(_: Mapping[str, Any]) -> int:
        if isinstance(counted, Exception):
            raise counted
        value: Any = counted
        return value  # type: ignore[no-any-return]

    transport = ScriptedTransport()
    client = MistralCore(transport=transport, limits=Limits(count_tokens=count_tokens))
    result = await call(client)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert "`count_tokens` raised" in result.error.message
    assert transport.requests == []


async def test_counter_receives_the_fields_of_the_request() -> None:
    """Those of the query, if there is no body."""
    fields: list[Mapping[str, Any]] = []

    def count_tokens(each: Mapping[str, Any]) -> int:
        fields.append(each)
        return 1

    transport = ScriptedTransport(CHAT_RESPONSE, json_response({"data": [], "object": "list"}))
    client = MistralCore(transport=transport, limits=Limits(count_tokens=count_tokens))
    await chat_complete(client, model="m", messages=[], max_tokens=5)
    await files_list(client, page=1)
    assert fields == [{"model": "m", "messages": [], "max_tokens": 5}, {"page": 1}]


@pytest.mark.parametrize(
    ("fields", "body", "tokens"),
    [
        ({"messages": 1}, b"x" * 400, 101),
        ({"input": 1}, b"x" * 4, 2),
        ({"name": 1}, b"x" * 400, 0),
        ({"messages": 1}, None, 0),
        ({"messages": 1}, b'{"url":"data:image/png;base64,' + b"A" * 90_000 + b'"}', 1002),
        ({"messages": 1}, b'"' + b"many words " * 4000 + b'"', 11001),
    ],
)
def test_prompt_is_estimated_from_the_length_of_the_body(
    fields: Mapping[str, Any], body: bytes | None, tokens: int
) -> None:
    """About four bytes per token. Images and recordings do not count."""
    assert abs(estimate_prompt(fields, body) - tokens) <= 2


@pytest.mark.parametrize(
    ("fields", "maximum"),
    [
        ({"max_tokens": 5}, 5),
        ({"max_tokens": None}, None),
        ({"max_output_tokens": 7}, 7),
        ({}, None),
    ],
)
def test_limit_of_the_output_is_its_estimate(
    fields: Mapping[str, Any], maximum: int | None
) -> None:
    """The estimate of the output is the limit that the caller sets."""
    assert maximum_output(fields) == maximum


@pytest.mark.parametrize(
    ("body", "tokens"),
    [
        (b'{"usage":{"total_tokens": 12}}', 12),
        (b'{"usage":{"total_tokens":1}} ... {"usage":{"total_tokens":34}}', 34),
        (b'{"content":"\\"total_tokens\\": 5"}', None),
        (b'{"total_tokens":null}', None),
        (b"", None),
    ],
)
def test_usage_is_read_from_the_body(body: bytes, tokens: int | None) -> None:
    """The last one is used."""
    assert usage(body) == tokens
    assert cost({}, body) == tokens


# ------------------------------------------------------------------------------------------ streams

CHUNK = {
    "id": "c",
    "model": "m",
    "choices": [{"index": 0, "delta": {"content": "x"}, "finish_reason": None}],
}


def event(**fields: Any) -> bytes:
    """Return an event of a stream."""
    return f"data: {json.dumps({**CHUNK, **fields})}\n\n".encode()


USED = event(usage={"prompt_tokens": 1, "total_tokens": 10, "completion_tokens": 9})


async def streaming(client: MistralCore, events: int) -> None:
    """Read some events of a stream, then leave it."""
    stream = await chat_stream(client, model="m", messages=[])
    async with stream.unwrap() as items:
        for _ in range(events):
            await anext(items)


@pytest.mark.parametrize("events", [0, 1, 2])
async def test_stream_keeps_its_slot_until_it_is_left(events: int) -> None:
    """However much of it was read. Another call waits as long."""
    responses = [stream_response(event(), USED, b"data: [DONE]\n\n") for _ in range(2)]
    limits = Limits(Limit(concurrency=1))
    client = MistralCore(transport=ScriptedTransport(*responses), limits=limits, timeout=5)
    stream = await chat_stream(client, model="m", messages=[])
    waiting = asyncio.create_task(streaming(client, 2))
    async with stream.unwrap() as items:
        for _ in range(events):
            await anext(items)
        assert not waiting.done()
    await waiting


async def test_complete_stream_frees_its_slot_before_it_is_left() -> None:
    """Its connection is free by then, too."""
    responses = [stream_response(event(), USED, b"data: [DONE]\n\n") for _ in range(2)]
    limits = Limits(Limit(concurrency=1))
    client = MistralCore(transport=ScriptedTransport(*responses), limits=limits, timeout=5)
    async with (await chat_stream(client, model="m", messages=[])).unwrap() as items:
        assert len([item async for item in items]) == 2
        await streaming(client, 1)


async def test_dropped_stream_frees_its_slot() -> None:
    """Even if it was never entered."""
    responses = [stream_response(event()) for _ in range(2)]
    limits = Limits(Limit(concurrency=1))
    client = MistralCore(transport=ScriptedTransport(*responses), limits=limits, timeout=5)
    stream = await chat_stream(client, model="m", messages=[])
    del stream
    gc.collect()
    await streaming(client, 1)


@pytest.mark.parametrize(("events", "sent"), [(3, [0, 0]), (0, [0, 60.6])])
def test_tokens_of_a_stream_are_corrected_by_its_last_usage(events: int, sent: list[float]) -> None:
    """If it is left earlier, the estimate remains."""

    async def main() -> list[float]:
        responses = [stream_response(event(), USED, b"data: [DONE]\n\n") for _ in range(2)]
        server = Scripted(*responses)
        limits = Limits(TEN_A_MINUTE, count_tokens=lambda _: 60, learn=False)
        client = MistralCore(transport=server, limits=limits)
        async with (await chat_stream(client, model="m", messages=[])).unwrap() as items:
            for _ in range(events):
                await anext(items, None)
        await streaming(client, 1)
        return server.sent

    assert run(main) == sent


async def test_generator_can_be_the_body_of_a_stream() -> None:
    """Cancelling a wait for it loses nothing, and closing closes it."""
    closed = asyncio.Event()
    ready = asyncio.Event()

    async def body() -> AsyncGenerator[bytes, None]:
        try:
            await ready.wait()
            yield b'"total_tokens": 3'
            await asyncio.Event().wait()
        finally:
            closed.set()

    ends: list[int | None] = []
    stream = metered(body(), ends.append)
    iterator = aiter(stream)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(iterator), 0.001)
    ready.set()
    assert await anext(iterator) == b'"total_tokens": 3'
    await stream.aclose()
    await stream.aclose()
    assert closed.is_set()
    assert ends == [3]


class Channel:
    """A WebSocket that records its use."""

    def __init__(self) -> None:
        """Start without records."""
        self.uses: list[str] = []

    def __aiter__(self) -> "Channel":
        return self

    async def __anext__(self) -> bytes:
        raise StopAsyncIteration

    async def send(self, text: str) -> None:
        """Record a message."""
        self.uses.append(text)

    async def keep_alive(self) -> None:
        """Record a ping."""
        self.uses.append("ping")

    async def aclose(self) -> None:
        """Record the close."""
        self.uses.append("closed")


async def test_websocket_stays_usable() -> None:
    """It can send, and frees its slot when it ends."""
    ends: list[int | None] = []
    channel = Channel()
    stream = metered(channel, ends.append)
    assert isinstance(stream, MeteredChannel)
    await stream.send("x")
    await stream.keep_alive()
    assert [chunk async for chunk in stream] == []
    assert ends == [None]
    await stream.aclose()
    assert channel.uses == ["x", "ping", "closed"]


async def test_limits_are_learned_when_a_stream_opens() -> None:
    """Not only when it ends."""
    response = stream_response(event())
    headers = {**response.headers, "x-ratelimit-limit-req-minute": "5"}
    opened = Response(200, Headers(headers.items()), stream=response.stream)
    limits = Limits()
    client = MistralCore(transport=ScriptedTransport(opened), limits=limits)
    async with (await chat_stream(client, model="m", messages=[])).unwrap():
        assert [window.allowance for window in limits.queue("m").limit.windows] == [5]
