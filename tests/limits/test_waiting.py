"""Waiting for limits: in order, within deadlines, cancelled, and held back together."""

import asyncio
import copy
import logging
import pickle
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from email.utils import formatdate
from itertools import pairwise
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Attempt,
    Err,
    Failure,
    Headers,
    Hooks,
    InvalidRequestError,
    Limit,
    Limits,
    MistralCore,
    Ok,
    Request,
    RequestOptions,
    RequestTimeoutError,
    Response,
    Result,
    RetryConfig,
    SDKError,
    Timeout,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import chat_complete, models_list
from tests.limits.counting_server import CHAT, CountingServer
from tests.limits.fast_clock import run
from tests.limits.test_rates import MESSAGES, ask

ONE = Limit(requests_per_minute=1)
CHAT_RESPONSE = Response(200, Headers([("content-type", "application/json")]), CHAT)


class Scripted:
    """A transport whose responses are created when requests arrive, each a moment later.

    Attributes:
        sent: Arrival time of each request, in seconds from the start.
    """

    api_key = "key"

    def __init__(self, *responses: Response | Failure, latency: float = 0.01) -> None:
        """Send these responses, then successes."""
        self._responses = list(responses)
        self._latency = latency
        self._started = time.monotonic()
        self.sent: list[float] = []

    async def send(self, request: Request) -> Response:
        """Respond."""
        assert request.method
        self.sent.append(round(time.monotonic() - self._started, 1))
        response = self._responses.pop(0) if self._responses else CHAT_RESPONSE
        await asyncio.sleep(self._latency)
        if isinstance(response, Exception):
            raise response
        return response

    async def aclose(self) -> None:
        """Do nothing."""


def refusal(**headers: str) -> Response:
    """Return a 429."""
    pairs = [(name.replace("_", "-"), text) for name, text in headers.items()]
    return Response(429, Headers(pairs), b'{"message": "too many"}')


Call = Coroutine[Any, Any, Result[Any, Failure]]


def call(client: MistralCore, **options: Any) -> Call:
    """Complete a chat."""
    return chat_complete(client, model="m", messages=MESSAGES, options=RequestOptions(**options))


# ---------------------------------------------------------------------------------------- deadlines


def test_wait_beyond_the_deadline_fails_at_once() -> None:
    """Also for a call in the middle of the queue."""

    async def main() -> None:
        client = MistralCore(transport=Scripted(), limits=Limits(ONE), timeout=100)
        results: list[tuple[float, Result[Any, Failure]]] = []

        async def timed(seconds: float) -> None:
            result = await call(client, timeout=seconds)
            results.append((time.monotonic() - started, result))

        started = time.monotonic()
        await asyncio.gather(*(timed(seconds) for seconds in (100, 100, 130, 50, 100)))
        (_, late), (_, third), *_ = results
        assert [round(moment) for moment, _ in results] == [0, 0, 0, 61, 121]
        for result in (late, third):
            assert isinstance(result, Err)
            assert isinstance(result.error, RequestTimeoutError)
            assert result.error.phase == "deadline"
            assert result.call.attempts == 0
        assert "The limits of `m` allow no request before the deadline" in str(late)
        assert [isinstance(result, Ok) for _, result in results] == [False] * 2 + [True] * 3

    run(main)


def test_wait_for_a_slot_ends_at_the_deadline() -> None:
    """It is unknown how long other calls take."""

    async def main() -> None:
        server = Scripted(latency=60)
        client = MistralCore(transport=server, limits=Limits(Limit(concurrency=1), learn=False))
        first = asyncio.create_task(call(client))
        await asyncio.sleep(0.1)
        started = time.monotonic()
        late = await call(client, timeout=5)
        assert time.monotonic() - started == pytest.approx(5, abs=0.1)
        assert "allow no request before the deadline" in str(late)
        assert isinstance(await first, Ok)

    run(main)


def test_429_beyond_the_deadline_fails_waiting_calls_at_once() -> None:
    """The refused call gets the 429 itself."""

    async def main() -> None:
        server = Scripted(refusal(retry_after="30"))
        client = MistralCore(transport=server, limits=Limits(Limit(concurrency=1)))
        started = time.monotonic()
        refused, late, patient = await asyncio.gather(
            call(client, timeout=20), call(client, timeout=20), call(client, timeout=50)
        )
        assert isinstance(refused, Err)
        assert isinstance(refused.error, SDKError)
        assert isinstance(late, Err)
        assert isinstance(late.error, RequestTimeoutError)
        assert isinstance(patient, Ok)
        assert time.monotonic() - started < 32

    run(main)


def test_retry_beyond_the_deadline_is_not_made() -> None:
    """The call fails once, without further attempts."""

    async def main() -> None:
        server = Scripted(APIConnectionError("x"))
        client = MistralCore(transport=server, limits=Limits(ONE))
        started = time.monotonic()
        result = await client.execute(operation_of_list(), options=RequestOptions(timeout=30))
        assert isinstance(result, Err)
        assert isinstance(result.error, RequestTimeoutError)
        assert len(server.sent) == 1
        assert time.monotonic() - started < 2

    run(main)


def operation_of_list() -> Any:
    """Return an idempotent operation."""
    from mistral_core import operation_of  # noqa: PLC0415

    return operation_of(models_list)


def test_time_in_the_queue_does_not_reduce_the_time_for_retries() -> None:
    """`max_elapsed_time` starts with the first request."""

    async def main() -> None:
        server = Scripted(CHAT_RESPONSE, refusal(retry_after="1"))
        config = RetryConfig(max_elapsed_time=30)
        limits = Limits(Limit(requests_per_minute=1, requests_per_second=1))
        client = MistralCore(transport=server, limits=limits, retry_config=config)
        assert isinstance(await call(client), Ok)
        assert isinstance(await call(client), Ok)
        assert server.sent == [0, 60.6, 121.2]

    run(main)


# -------------------------------------------------------------------------------------------- order


def test_calls_are_sent_in_order_and_retries_keep_their_place() -> None:
    """A refused call does not return to the end of the queue."""

    async def main() -> None:
        order: list[int] = []

        async def numbered(number: int) -> None:
            assert isinstance(await call(client), Ok)
            order.append(number)

        server = Scripted(refusal())
        client = MistralCore(transport=server, limits=Limits(Limit(concurrency=1)))
        await asyncio.gather(*map(numbered, range(8)))
        assert order == [*range(8)]

    run(main)


def test_cancelled_call_returns_its_slot() -> None:
    """In the queue, and before anything was sent. A request that was sent counts."""

    async def main() -> None:
        server = Scripted(latency=1)
        client = MistralCore(transport=server, limits=Limits(Limit(requests_per_minute=2)))
        sent = asyncio.create_task(call(client))
        await asyncio.sleep(0.5)
        sent.cancel()
        calls = [asyncio.create_task(call(client)) for _ in range(4)]
        await asyncio.sleep(0.5)
        for each in calls[1:3]:
            each.cancel()
        done = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(each).__name__ for each in done] == ["Ok", *["CancelledError"] * 2, "Ok"]
        assert server.sent == [0, 0.5, 60.6]

    run(main)


async def _fails(_: Attempt) -> None:
    await asyncio.sleep(0)
    raise ValueError


async def _waits(_: Attempt) -> None:
    await asyncio.sleep(1)


@pytest.mark.parametrize(
    ("hook", "cancelled"), [(_fails, False), (_waits, True)], ids=["failed", "cancelled"]
)
def test_unsent_attempt_costs_nothing(
    hook: Callable[[Attempt], Awaitable[None]], *, cancelled: bool
) -> None:
    """The next call does not wait for it."""

    async def main() -> None:
        server = Scripted()
        limits = Limits(ONE)
        unsent = MistralCore(transport=server, limits=limits, hooks=Hooks(before_request=hook))
        task = asyncio.create_task(call(unsent))
        await asyncio.sleep(0.5)
        if cancelled:
            task.cancel()
        (result,) = await asyncio.gather(task, return_exceptions=True)
        assert isinstance(result, asyncio.CancelledError if cancelled else Err)
        assert isinstance(await call(MistralCore(transport=server, limits=limits)), Ok)
        assert server.sent == [0.5]

    run(main)


def test_failed_connection_costs_nothing() -> None:
    """A request that may have arrived is counted."""

    async def main(*, sent: bool) -> list[float]:
        server = Scripted(APIConnectionError("x", sent=sent))
        config = RetryConfig(strategy="none")
        client = MistralCore(transport=server, limits=Limits(ONE), retry_config=config)
        assert isinstance(await call(client), Err)
        assert isinstance(await call(client), Ok)
        return server.sent

    assert run(lambda: main(sent=False)) == [0, 0]
    assert run(lambda: main(sent=True)) == [0, 60.6]


def test_concurrency_and_rate_are_two_limits() -> None:
    """Both apply."""

    async def main() -> list[float]:
        server = Scripted(latency=2)
        limits = Limits(Limit(requests_per_second=2, concurrency=3), learn=False)
        forever = Timeout(deadline=None)
        client = MistralCore(transport=server, limits=limits, timeout=forever)
        await asyncio.gather(*(call(client) for _ in range(8)))
        return server.sent

    assert run(main) == [0, 0, 1, 2, 2, 3, 4, 4]


# -------------------------------------------------------------------------------------- after a 429


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"retry_after": "7"}, 7),
        ({"retry_after": "2.5"}, 2.5),
        ({"retry_after_ms": "1500"}, 1.5),
        ({"retry_after": formatdate(1009, usegmt=True), "date": formatdate(1000, usegmt=True)}, 9),
        (
            {"retry_after": formatdate(1000, usegmt=True), "date": formatdate(1009, usegmt=True)},
            0.5,
        ),
        ({"retry_after": "0"}, 0.5),
        ({"retry_after": "soon"}, 0.5),
        ({"retry_after": "86400"}, 60),
        ({}, 0.5),
    ],
)
def test_429_holds_back_all_calls(headers: dict[str, str], pause: float) -> None:
    """For the requested pause, at most a minute. Then one call is sent, then more."""

    async def main() -> list[float]:
        server = Scripted(refusal(**headers), latency=0.2)
        client = MistralCore(transport=server, limits=Limits(Limit(requests_per_second=100)))
        first = asyncio.create_task(call(client))
        await asyncio.sleep(0.3)
        others = [call(client) for _ in range(6)]
        results = await asyncio.gather(first, *others)
        assert all(isinstance(result, Ok) for result in results)
        return server.sent

    sent = run(main)
    assert sent[0] == 0
    assert 0.2 + pause - 0.06 <= sent[1] <= 0.2 + pause * 1.25 + 0.06
    begun = [round(moment - sent[1], 1) for moment in sent[1:]]
    assert begun == [0, 0.2, 0.2, 0.4, 0.4, 0.4, 0.6]


def test_excessive_pause_is_limited_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    """A header must not stop a client for a day."""

    async def main() -> list[float]:
        server = Scripted(refusal(retry_after="86400"))
        client = MistralCore(transport=server, limits=Limits(max_pause=10))
        assert isinstance(await call(client), Ok)
        return server.sent

    with caplog.at_level(logging.WARNING, "mistral_core"):
        assert run(main) == [0, 10]
    assert "requested a pause of 86400 s for 'm'; it is limited to 10 s" in caplog.text


def test_concurrent_refusals_count_once() -> None:
    """They were sent before the first of them returned, so the pause does not grow with each."""

    async def main() -> tuple[list[float], float]:
        refusals = [*[refusal()] * 29, refusal(retry_after="3")]
        server = Scripted(*refusals)
        client = MistralCore(transport=server, limits=Limits(Limit(requests_per_second=100)))
        await asyncio.gather(*(call(client) for _ in range(30)))
        return server.sent, time.monotonic()

    sent, _ = run(main)
    assert sent[:31] == [*[0] * 30, 3]
    assert sent[-1] < 3.5


def test_pauses_grow_while_the_server_refuses() -> None:
    """They double up to the limit, and are short again after a success."""

    async def main() -> list[float]:
        server = Scripted(*[refusal()] * 6, CHAT_RESPONSE, refusal(), latency=0)
        config = RetryConfig(max_tries=10)
        client = MistralCore(transport=server, limits=Limits(max_pause=4), retry_config=config)
        assert await ask(client)
        assert await ask(client)
        return server.sent

    sent = run(main)
    pauses = [after - before for before, after in pairwise(sent)]
    for pause, least in zip(pauses, (0.5, 1, 2, 4, 4, 4, 0, 0.5), strict=True):
        assert least - 0.11 <= pause <= min(4, least * 1.25) + 0.11


def test_quota_of_zero_holds_back_nobody() -> None:
    """It never recovers, so each call fails at once."""

    async def main() -> None:
        never = refusal(x_ratelimit_limit_req_minute="0")
        server = Scripted(*[never] * 3)
        client = MistralCore(transport=server, limits=Limits())
        results = await asyncio.gather(*(call(client) for _ in range(3)))
        assert all(isinstance(result, Err) for result in results)
        assert server.sent == [0, 0, 0]

    run(main)


def test_slow_first_response_holds_others_back_briefly() -> None:
    """Until a limit is known, one request probes it. A slow one is not waited for."""

    async def main() -> list[float]:
        server = Scripted(latency=25)
        client = MistralCore(transport=server, limits=Limits())
        await asyncio.gather(*(call(client) for _ in range(4)))
        return server.sent

    assert run(main) == [0, 10, 20, 25]


# -------------------------------------------------------------------------- clients and event loops


def test_clients_share_their_limits_with_copies() -> None:
    """A pickled client starts with the same limits and empty counts."""

    async def main() -> None:
        server = Scripted()
        limits = Limits(ONE)
        first = MistralCore(transport=server, limits=limits)
        clients = [first, copy.copy(first), MistralCore(transport=server, limits=limits)]
        await asyncio.gather(*map(call, clients))
        assert server.sent == [0, 60.6, 121.2]

    run(main)


async def test_pickled_client_has_its_own_counts() -> None:
    """As in the workers of a cluster."""
    limits = Limits(ONE, models={"x": Limit(concurrency=2)})
    client = MistralCore("key", transport=ScriptedTransport(CHAT_RESPONSE), limits=limits)
    copies = [pickle.loads(pickle.dumps(client)) for _ in range(2)]  # noqa: S301
    for each in (client, *copies):
        assert await ask(each)
        assert isinstance(await call(each, timeout=1), Err)


def test_queues_of_a_parent_process_are_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Calls of the parent wait in those queues."""
    limits = Limits(ONE)
    queue = limits.queue("m")
    assert limits.queue("m") is queue
    monkeypatch.setattr("os.getpid", lambda: -1)
    assert limits.queue("m") is not queue


def test_threads_share_the_limits() -> None:
    """A call in one event loop wakes the next one in another, and so does leaving a slot."""
    server = CountingServer(latency=0.002)
    client = MistralCore(transport=server, limits=Limits(Limit(concurrency=1), learn=False))
    worked: list[bool] = []

    async def main() -> None:
        worked.extend(await asyncio.gather(*(ask(client) for _ in range(10))))

    threads = [threading.Thread(target=asyncio.run, args=(main(),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert worked == [True] * 40


def test_other_event_loops_are_an_error() -> None:
    """As without limits."""
    client = MistralCore(transport=Scripted(), limits=Limits())
    coroutine = call(client)
    with pytest.raises(StopIteration) as stopped:
        coroutine.send(None)
    result: Result[Any, Failure] = stopped.value.value
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)


async def test_closed_client_frees_its_slot() -> None:
    """A retry sends nothing if the client was closed meanwhile."""
    transport = ScriptedTransport(json_response({}, 500), CHAT_RESPONSE)
    limits = Limits(Limit(requests_per_minute=2))
    config = RetryConfig(initial_interval=0.001, retry_non_idempotent=True)
    client = MistralCore(transport=transport, limits=limits, retry_config=config)

    async def close(_: Attempt) -> None:
        await client.aclose()

    client.__setstate__({**client.__getstate__(), "hooks": Hooks(before_retry=close)})
    result = await call(client)
    assert isinstance(result, Err)
    assert await ask(MistralCore(transport=transport, limits=limits, timeout=1))
