"""Failing telemetry never fails a call or ends a stream."""

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
from tests.telemetry.test_stream_spans import COMPLETE, MESSAGES


class Broken:
    """A provider, tracer or meter whose attributes cannot be read."""

    def __getattr__(self, name: str) -> NoReturn:
        raise LookupError(name)


class FromThenOn(SpanProcessor):
    """A processor that breaks each span after its start."""

    def on_start(self, span: Span, parent_context: Any = None) -> None:
        """Make all methods of the span fail, except those that inspect it."""
        del parent_context
        for name in ("set_attributes", "set_status", "add_event", "end"):
            vars(span)[name] = self.fail

    def fail(self, *_: object, **__: object) -> NoReturn:
        """Raise an error."""
        raise LookupError


def ask() -> int:
    """Return a number."""
    return 4


@pytest.mark.parametrize("how", ["spans", "tracer", "metrics"])
async def test_failing_telemetry_changes_no_result(
    how: str, caplog: pytest.LogCaptureFixture
) -> None:
    """In plain calls, streams and runs with tools. All failures are logged."""
    recording = Recording()
    hooks = recording.hooks()
    recorder: Any = hooks.on_call.__self__  # type: ignore[union-attr]
    if how == "spans":
        recording.tracers.add_span_processor(FromThenOn())
    elif how == "tracer":
        recorder._tracer = Broken()
    else:
        recorder._instruments = Broken()
    transport = ScriptedTransport(json_response([]), stream_response(*COMPLETE))
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
    """Without the SDK, the API alone does nothing."""
    caplog.set_level(logging.DEBUG)
    sandbox = Sandbox()
    client = MistralCore(transport=sandbox, hooks=telemetry(content=True))
    assert isinstance(await models_list(client), Ok)
    stream = await chat_stream(client, model="mistral-large-latest", messages=MESSAGES)
    async with stream.unwrap() as events:
        assert all([isinstance(each, Ok) async for each in events])
    assert "traceparent" not in sandbox.requests[0].headers
    assert [record for record in caplog.records if record.levelno > logging.DEBUG] == []


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package, and the extra that installs it."""
    monkeypatch.delitem(sys.modules, "mistral_funcs.toolkit.telemetry.span_recorder", raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry.metrics", None)
    with pytest.raises(ImportError, match=r"`opentelemetry-api`, which the extra `otel` installs"):
        telemetry()


async def test_client_with_telemetry_can_be_pickled() -> None:
    """In another process it uses the global providers there."""
    client = MistralCore("key", server_url="http://127.0.0.1:1", hooks=telemetry(content=True))
    copy: MistralCore = pickle.loads(pickle.dumps(client))  # noqa: S301
    recorder: Any = copy.hooks.on_call.__self__  # type: ignore[union-attr]
    assert recorder._options == (None, None, True, None, True)
    await client.aclose()
    await copy.aclose()
