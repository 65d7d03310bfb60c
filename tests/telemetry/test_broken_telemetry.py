"""Tracing that fails never fails a call, and never ends a stream."""

import logging
import pickle
import sys
from typing import Any, NoReturn

import pytest
from opentelemetry.sdk.trace import Span, SpanProcessor

from mistral_core import MistralCore, Ok
from mistral_core.testing import ScriptedTransport, json_response, stream_response
from mistral_funcs import Tools, chat_complete, chat_stream, models_list, run, telemetry
from mistral_funcs.sandbox import Sandbox
from tests.runs.scripted_model import ScriptedModel, calls, says
from tests.telemetry.recording import Recording
from tests.telemetry.test_stream_spans import MESSAGES, WHOLE


class Broken:
    """A provider, tracer or meter of which everything fails."""

    def __getattr__(self, name: str) -> NoReturn:
        raise LookupError(name)


class FromThenOn(SpanProcessor):
    """Breaks each span when it has started."""

    def on_start(self, span: Span, parent_context: Any = None) -> None:
        """Let everything fail that can be done with a span, but for asking what it is."""
        del parent_context
        for name in ("set_attributes", "set_status", "add_event", "end"):
            vars(span)[name] = self.fail

    def fail(self, *_: object, **__: object) -> NoReturn:
        """Fail."""
        raise LookupError


def ask() -> int:
    """Return a number."""
    return 4


@pytest.mark.parametrize("how", ["spans", "tracer", "metrics"])
async def test_failing_telemetry_changes_no_result(
    how: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Plain calls, streams, and runs with tools; all of it is logged."""
    recording = Recording()
    hooks = recording.hooks()
    recorder: Any = hooks.on_call.__self__  # type: ignore[union-attr]
    if how == "spans":
        recording.tracers.add_span_processor(FromThenOn())
    elif how == "tracer":
        recorder._tracer = Broken()
    else:
        recorder._instruments = Broken()
    transport = ScriptedTransport(json_response([]), stream_response(*WHOLE))
    client = MistralCore(transport=transport, hooks=hooks)
    assert isinstance(await models_list(client), Ok)
    stream = await chat_stream(client, model="m", messages=MESSAGES)
    async with stream.unwrap() as events:
        assert [type(each) async for each in events] == [Ok, Ok]
    model = ScriptedModel(calls(("ask", {})), says("Four"))
    client = MistralCore(transport=model, hooks=hooks)
    result = await run(Tools(ask), chat_complete, client, model="m", messages=MESSAGES)
    assert result.unwrap().text == "Four"
    assert {record.name for record in caplog.records} == {"mistral_core"}
    assert {record.exc_info[0] for record in caplog.records if record.exc_info} == {LookupError}


async def test_nothing_is_recorded_without_a_provider(caplog: pytest.LogCaptureFixture) -> None:
    """The API alone is enough: without the SDK all of it does nothing."""
    caplog.set_level(logging.DEBUG)
    sandbox = Sandbox()
    client = MistralCore(transport=sandbox, hooks=telemetry(content=True))
    assert isinstance(await models_list(client), Ok)
    stream = await chat_stream(client, model="mistral-large-latest", messages=MESSAGES)
    async with stream.unwrap() as events:
        assert all([isinstance(each, Ok) async for each in events])
    assert "traceparent" not in sandbox.requests[0].headers
    assert [record for record in caplog.records if record.levelno > logging.DEBUG] == []


def test_extra_is_named_when_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package, and the extra that installs it."""
    monkeypatch.delitem(sys.modules, "mistral_funcs.toolkit.telemetry.span_recorder", raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry.metrics", None)
    with pytest.raises(ImportError, match=r"`opentelemetry-api`, which the extra `otel` installs"):
        telemetry()


async def test_client_with_telemetry_pickles() -> None:
    """It records with the global providers of the process that it comes to."""
    client = MistralCore("key", server_url="http://127.0.0.1:1", hooks=telemetry(content=True))
    copy: MistralCore = pickle.loads(pickle.dumps(client))  # noqa: S301
    recorder: Any = copy.hooks.on_call.__self__  # type: ignore[union-attr]
    assert recorder._options == (None, None, True, None, True)
    await client.aclose()
    await copy.aclose()
