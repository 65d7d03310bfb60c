"""Large responses are decoded in a thread, which keeps the event loop free."""

import asyncio
import threading
from typing import Any

import pytest

from mistral_core import (
    Err,
    Failure,
    MistralCore,
    Ok,
    RequestTimeoutError,
    ResponseValidationError,
    Result,
)
from mistral_core.http.messages import Response
from mistral_core.response import json_text, read
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import models_list
from mistral_funcs.schemas import BaseModelCard, ModelList

LARGE = {"data": [{"id": "m", "description": "x" * 2**20}]}


@pytest.fixture
def decoding(monkeypatch: pytest.MonkeyPatch) -> "Decoding":
    """Record the decoding thread, and make it wait for the event loop."""
    recorded = Decoding()
    monkeypatch.setattr(read, "decode_by_item", recorded.decode)
    return recorded


class Decoding:
    """A decoder that waits until the event loop has run."""

    def __init__(self) -> None:
        """Start without calls."""
        self.thread: threading.Thread | None = None
        self.may_end = threading.Event()

    def decode(self, body: bytes, _: Any) -> Any:
        """Wait, then decode."""
        self.thread = threading.current_thread()
        assert self.may_end.wait(10), "the event loop was blocked"
        return json_text.decode_json(body)


async def call(response: Response, seconds: float = 10) -> Result[ModelList, Failure]:
    """Call an operation with this response."""
    async with MistralCore(transport=ScriptedTransport(response), timeout=seconds) as client:
        return await models_list(client)


async def test_the_event_loop_runs_while_a_large_response_is_read(decoding: Decoding) -> None:
    """The response has more than 1 MiB."""
    asyncio.get_running_loop().call_later(0.001, decoding.may_end.set)
    listed = await call(json_response(LARGE))
    assert decoding.thread not in (None, threading.main_thread())
    assert isinstance(listed, Ok)
    (card,) = listed.value.data
    assert isinstance(card, BaseModelCard)
    assert card.id == "m"


async def test_the_deadline_includes_reading(decoding: Decoding) -> None:
    """The call ends, although the thread may continue."""
    listed = await call(json_response(LARGE), seconds=0.02)
    decoding.may_end.set()
    assert isinstance(listed, Err)
    assert isinstance(listed.error, RequestTimeoutError)
    assert listed.error.phase == "deadline"


async def test_a_small_response_is_decoded_in_the_event_loop(decoding: Decoding) -> None:
    """Starting a thread would take longer."""
    assert isinstance(await call(json_response({"data": []})), Ok)
    assert decoding.thread is None


async def test_an_invalid_large_response_is_an_err() -> None:
    """With a path, as for a small one."""
    listed = await call(json_response({"data": [{"id": "x" * 2**20}], "object": 7}))
    assert isinstance(listed, Err)
    assert isinstance(listed.error, ResponseValidationError)
    assert listed.error.path == "$.object"
