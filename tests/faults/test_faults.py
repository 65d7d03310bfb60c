"""Every fault of the table has the right outcome, in time, and leaks nothing."""

import asyncio
import gc
import time
from pathlib import Path

import pytest

from mistral_core import Err, MistralCore, Ok, RetryConfig, Timeout
from mistral_funcs import models_archive, models_list
from tests.faults.fault_server import misbehaving
from tests.faults.fault_table import FAULTS, Row

KEY = "a-key-that-nobody-may-see"
LIMIT = 0.4
ONCE = RetryConfig(strategy="none")


def client_of(url: str, retry_config: RetryConfig = ONCE) -> MistralCore:
    """Return a client with short time limits."""
    return MistralCore(
        KEY,
        server_url=url,
        timeout=Timeout(total=LIMIT, deadline=4 * LIMIT),
        retry_config=retry_config,
        max_response_bytes=4_000_000,
    )


def open_files() -> int:
    """Return the number of file descriptors of this process."""
    return len([*Path("/dev/fd").iterdir()])


@pytest.mark.parametrize("row", FAULTS.values(), ids=FAULTS)
async def test_one_attempt_has_the_outcome_of_the_table(row: Row) -> None:
    """Within the time limit, and without the key in the error."""
    files, tasks = open_files(), asyncio.all_tasks()
    async with misbehaving(row.behaviour) as (url, received), client_of(url) as client:
        began = time.monotonic()
        result = await models_list(client)
        took = time.monotonic() - began
    assert took < LIMIT * 1.1 + 1.5  # allowance for other processes on a busy machine
    assert isinstance(result.error if isinstance(result, Err) else result, row.outcome)
    if isinstance(result, Err):
        error = result.error
        for name, value in row.facts.items():
            assert getattr(error, name) == value, name
        assert row.says in error.message
        assert error.message.isprintable()
        seen = f"{error} {error!r} {result!r} {vars(type(error))} {error.args} {error.__cause__!r}"
        assert KEY not in seen
        assert error.__traceback__ is None
    assert all(head.startswith(b"GET /v1/models ") for head in received)
    assert len(received) <= (6 if row.facts.get("status") == 302 else 1)
    await asyncio.sleep(0)
    gc.collect()
    assert asyncio.all_tasks() == tasks
    assert open_files() == files


@pytest.mark.parametrize("name", [name for name, row in FAULTS.items() if row.outcome is not Ok])
async def test_a_post_is_never_delivered_twice(name: str) -> None:
    """Unless the server rejected it with a 429."""
    retries = RetryConfig(initial_interval=0.001, max_tries=3)
    behaviour = FAULTS[name].behaviour
    async with misbehaving(behaviour) as (url, received), client_of(url, retries) as client:
        await models_archive(client, "m")
    assert len(received) <= (3 if name.startswith("429") else 1)


@pytest.mark.parametrize(
    "name",
    [
        "resets after the request",
        "hangs up after the request",
        "silence",
        "half of the headers",
        "a body shorter than its length",
        "408 with nothing",
        "429 with JSON",
        "500 with HTML",
        "502 with HTML",
        "503 with nothing",
        "504 with JSON",
    ],
)
async def test_a_temporary_fault_is_retried(name: str) -> None:
    """Two failures, then success."""
    retries = RetryConfig(initial_interval=0.001)
    behaviour = FAULTS[name].behaviour
    async with misbehaving(behaviour, after=2) as (url, _), client_of(url, retries) as client:
        result = await models_list(client)
    assert isinstance(result, Ok)
    assert result.call.attempts == 3
