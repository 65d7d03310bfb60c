"""The span of a stream ends with the stream, with the attributes known by then."""

import asyncio
import gc
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from opentelemetry.trace import StatusCode, get_current_span

from mistral_core import (
    APIConnectionError,
    Err,
    EventStream,
    MistralCore,
    MistralError,
    Ok,
    RequestOptions,
)
from mistral_core.testing import ScriptedTransport, json_response, stream_response
from mistral_funcs import (
    audio_transcriptions_realtime,
    audio_transcriptions_stream,
    beta_conversations_start_stream,
    chat_stream,
    files_download,
    fold_completion,
    responses_stream,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import CompletionChunk
from tests.client.event_server import serving_events
from tests.realtime.socket_server import CREATED, Peer, socket_server, transcribes
from tests.telemetry.recording import Recording, attributes_of

MESSAGES = [{"role": "user", "content": "Hello"}]
USAGE = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}
DONE = b"data: [DONE]\n\n"
BROKEN = APIConnectionError("broken")


def event(value: object) -> bytes:
    """Return a server-sent event."""
    return b"data: %s\n\n" % json.dumps(value).encode()


def chunk(text: str, reason: str | None = None, **more: object) -> bytes:
    """Return a chunk of a completion."""
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": reason}
    return event({"id": "cmpl-1", "model": "m-1", "choices": [choice], **more})


COMPLETE = (chunk("Hello"), chunk(" you", "stop", usage=USAGE), DONE)


async def opened(client: MistralCore) -> EventStream[CompletionChunk]:
    """Open a stream."""
    return (await chat_stream(client, model="m", messages=MESSAGES)).unwrap()


async def test_span_ends_with_the_stream(recording: Recording) -> None:
    """It has the usage, the finish reasons and the time to the first chunk."""
    stream = await opened(recording.client(ScriptedTransport(stream_response(*COMPLETE))))
    assert recording.spans == []
    async with stream as events:
        async for each in events:
            assert isinstance(each, Ok)
            assert recording.spans == []
        assert len(recording.spans) == 1
    attributes = attributes_of(recording.span)
    first = attributes["gen_ai.response.time_to_first_chunk"]
    assert 0 < first < 1
    expected = {
        "gen_ai.request.stream": True,
        "gen_ai.response.id": "cmpl-1",
        "gen_ai.response.model": "m-1",
        "gen_ai.response.finish_reasons": ("stop",),
        "gen_ai.usage.input_tokens": 3,
        "gen_ai.usage.output_tokens": 2,
        "http.response.status_code": 200,
        "error.type": None,
        "mistral_ai.stream.abandoned": None,
    }
    assert {each: attributes.get(each) for each in expected} == expected
    ((shared, count, total),) = recording.points("gen_ai.client.operation.time_to_first_chunk")
    assert (count, total) == (1, first)
    assert shared["gen_ai.response.model"] == "m-1"
    assert [each[2] for each in recording.points("gen_ai.client.token.usage")] == [3, 2]
    per_chunk = recording.points("gen_ai.client.operation.time_per_output_chunk")
    ((also_shared, further, between),) = per_chunk
    assert also_shared == shared
    assert further == 1
    assert 0 < between < 1


async def test_abandoned_stream_has_partial_attributes(recording: Recording) -> None:
    """It is no error, and is marked as abandoned."""
    stream = await opened(recording.client(ScriptedTransport(stream_response(*COMPLETE))))
    async with stream as events:
        await anext(events)
    attributes = attributes_of(recording.span)
    assert attributes["mistral_ai.stream.abandoned"] is True
    assert attributes["gen_ai.response.model"] == "m-1"
    assert "gen_ai.response.time_to_first_chunk" in attributes
    assert "gen_ai.usage.input_tokens" not in attributes
    assert recording.span.status.status_code is StatusCode.UNSET


async def test_unentered_stream_has_a_span(recording: Recording) -> None:
    """It ends when the stream is dropped."""
    stream = await opened(recording.client(ScriptedTransport(stream_response(*COMPLETE))))
    del stream
    gc.collect()
    assert attributes_of(recording.span)["mistral_ai.stream.abandoned"] is True
    assert recording.points("gen_ai.client.operation.time_to_first_chunk") == []


FAILED: list[tuple[str, list[bytes | MistralError], str]] = [
    ("before the first event", [BROKEN], "APIConnectionError"),
    ("after an event", [chunk("Hello"), BROKEN], "APIConnectionError"),
    ("without [DONE]", [chunk("Hello")], "APIConnectionError"),
    ("with an invalid event", [b"data: {\n\n"], "ResponseValidationError"),
    (
        "with an error of the server",
        [chunk("Hello"), event({"object": "error", "message": "busy", "type": "overloaded"})],
        "overloaded",
    ),
]


@pytest.mark.parametrize(
    ("chunks", "expected"), [each[1:] for each in FAILED], ids=[each[0] for each in FAILED]
)
async def test_failed_stream_is_an_error(
    recording: Recording, chunks: list[bytes | MistralError], expected: str
) -> None:
    """With the type of its error, and the attributes known by then."""
    stream = await opened(recording.client(ScriptedTransport(stream_response(*chunks))))
    async with stream as events:
        items = [each async for each in events]
    assert isinstance(items[-1], Err)
    attributes = attributes_of(recording.span)
    assert attributes["error.type"] == expected
    assert attributes["http.response.status_code"] == 200
    has_model = attributes.get("gen_ai.response.model") == "m-1"
    assert has_model == (len(items) > 1)
    assert recording.span.status.status_code is StatusCode.ERROR


async def test_stream_that_cannot_be_opened_is_an_error(recording: Recording) -> None:
    """Like a plain call."""
    refused = json_response({"message": "no", "type": "invalid_model"}, 400)
    client = recording.client(ScriptedTransport(refused))
    assert isinstance(await chat_stream(client, model="m", messages=MESSAGES), Err)
    assert attributes_of(recording.span)["error.type"] == "invalid_model"


async def test_reading_twice_changes_nothing(recording: Recording) -> None:
    """Nothing is set after the end, although the iterator still exists."""
    stream = await opened(recording.client(ScriptedTransport(stream_response(*COMPLETE))))
    async with stream as events:
        await anext(events)
    assert [each async for each in events] == []
    assert len(recording.spans) == 1


async def test_cancelled_wait_does_not_end_the_span(recording: Recording) -> None:
    """A wait that timed out is resumed. Cancelling the reader leaves the stream."""
    async with serving_events() as server, client_of(recording, server.url) as client:
        stream = await opened(client)
        async with stream as events:
            for _ in range(3):
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(anext(events), 0)
            assert isinstance(await anext(events), Ok)
            assert recording.spans == []

        async def read() -> None:
            async with await opened(client) as events:
                async for _ in events:
                    reading.set()

        reading = asyncio.Event()
        task = asyncio.create_task(read())
        await reading.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert [attributes_of(span)["mistral_ai.stream.abandoned"] for span in recording.spans] == [
        True,
        True,
    ]


def client_of(recording: Recording, url: str) -> MistralCore:
    """Return a client of a server that records."""
    return MistralCore("key", server_url=url, hooks=recording.hooks())


async def test_no_span_is_current_while_a_stream_is_read(
    recording: Recording, caplog: pytest.LogCaptureFixture
) -> None:
    """A generator around a stream can be closed from another task, and nothing is logged."""
    client = recording.client(ScriptedTransport(stream_response(*COMPLETE)))
    outer = get_current_span()

    async def words() -> AsyncIterator[str]:
        async with await opened(client) as events:
            async for each in events:
                assert get_current_span() is outer
                yield each.unwrap().text

    generator = words()
    assert await asyncio.create_task(anext_of(generator)) == "Hello"
    await asyncio.create_task(close(generator))
    assert len(recording.spans) == 1
    assert caplog.records == []


async def anext_of(generator: AsyncIterator[str]) -> str:
    """Return the next item, in a new task."""
    return await anext(generator)


async def close(generator: Any) -> None:
    """Close a generator, in a new task."""
    await generator.aclose()


async def test_conversation_stream_has_a_span(recording: Recording) -> None:
    """Conversation, model, agent and usage come from its events."""
    started = {"type": "conversation.response.started", "conversation_id": "conv-1"}
    text = {"type": "message.output.delta", "content": "Hi", "id": "e", "model": "m-1"}
    done = {"type": "conversation.response.done", "usage": USAGE}
    transport = ScriptedTransport(stream_response(*map(event, (started, text, done))))
    client = recording.client(transport)
    stream = await beta_conversations_start_stream(client, agent_id="ag-1", inputs="a")
    async with stream.unwrap() as events:
        assert len([each async for each in events]) == 3
    attributes = attributes_of(recording.span)
    expected = {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.conversation.id": "conv-1",
        "gen_ai.response.model": "m-1",
        "gen_ai.agent.id": "ag-1",
        "gen_ai.usage.input_tokens": 3,
        "mistral_ai.stream.abandoned": None,
    }
    assert {each: attributes.get(each) for each in expected} == expected


async def test_error_in_an_event_is_an_error(recording: Recording) -> None:
    """Although the stream itself is complete."""
    failed = {"type": "conversation.response.error", "message": "secret", "code": 503}
    client = recording.client(ScriptedTransport(stream_response(event(failed))))
    stream = await beta_conversations_start_stream(client, model="m", inputs="a")
    async with stream.unwrap() as events:
        assert len([each async for each in events]) == 1
    assert attributes_of(recording.span)["error.type"] == "503"
    assert "secret" not in recording.span.to_json()


async def test_responses_stream_has_a_span(recording: Recording) -> None:
    """The response is in its last event."""
    response: dict[str, Any] = {
        "id": "resp-1",
        "model": "m-1",
        "output": [],
        "usage": {"input_tokens": 3, "output_tokens": 4},
    }
    last: dict[str, Any] = {
        "type": "response.completed",
        "sequence_number": 1,
        "response": response,
    }
    client = recording.client(ScriptedTransport(stream_response(event(last))))
    stream = await responses_stream(client, model="m", input="a")
    async with stream.unwrap() as events:
        assert len([each async for each in events]) == 1
    attributes = attributes_of(recording.span)
    assert attributes["gen_ai.response.id"] == "resp-1"
    assert attributes["gen_ai.usage.output_tokens"] == 4


async def test_transcription_stream_has_a_span(recording: Recording) -> None:
    """Its last event has the usage."""
    done = {"type": "transcription.done", "model": "m-1", "text": "a", "usage": USAGE}
    client = recording.client(ScriptedTransport(stream_response(event(done))))
    stream = await audio_transcriptions_stream(client, model="m", file_url="https://a.example/b")
    async with stream.unwrap() as events:
        assert len([each async for each in events]) == 1
    assert attributes_of(recording.span)["gen_ai.usage.input_tokens"] == 3


async def test_realtime_session_has_a_span(recording: Recording) -> None:
    """Complete, left early, or failed while unread."""

    async def refuse(peer: Peer) -> None:
        await peer.send(CREATED, {"type": "error", "error": {"message": "no", "code": 400}})
        await peer.rest()

    for behaviour, count in ((transcribes, 2), (transcribes, 1), (refuse, 0)):
        async with (
            socket_server(behaviour) as (url, _),
            client_of(recording, url) as client,
        ):
            opened = await audio_transcriptions_realtime(client, model="m")
            async with opened.unwrap() as session:
                await session.end()
                for _ in range(count):
                    assert isinstance(await anext(session), Ok)
                if count == 2:
                    assert [each async for each in session] == []
                elif count == 0:
                    while session._stream._failure is None:  # noqa: ASYNC110
                        await asyncio.sleep(0)
    recorded = [attributes_of(span) for span in recording.spans]
    assert {span.name for span in recording.spans} == {"generate_content m"}
    assert [each.get("mistral_ai.stream.abandoned") for each in recorded] == [None, True, None]
    assert [each.get("error.type") for each in recorded] == [None, None, "400"]
    assert recorded[0]["gen_ai.response.model"] == "m"


async def test_download_has_a_span(recording: Recording) -> None:
    """Read completely, or refused for its size, which is an error. It has no model chunks."""
    body = stream_response(b"12345", content_type="application/octet-stream")
    again = stream_response(b"12345", content_type="application/octet-stream")
    client = recording.client(ScriptedTransport(body, again))
    for limit in (5, 4):
        download = (await files_download(client, "f", options=RequestOptions(timeout=5))).unwrap()
        await download.read(max_bytes=limit)
    types = [attributes_of(span).get("error.type") for span in recording.spans]
    assert types == [None, "ResponseValidationError"]
    assert [span.name for span in recording.spans] == ["files_download"] * 2
    assert recording.points("gen_ai.client.operation.time_to_first_chunk") == []


async def test_concurrent_streams_are_separate(recording: Recording) -> None:
    """A hundred streams, each with its own tokens."""
    client = recording.client(Sandbox())
    counts: dict[int, int] = {}

    async def read(number: int) -> None:
        stream = await chat_stream(
            client, model="mistral-large-latest", messages=MESSAGES, max_tokens=number + 1
        )
        async with stream.unwrap() as events:
            chunks = [each.unwrap() async for each in events]
        counts[number + 1] = fold_completion(chunks).usage.completion_tokens

    await asyncio.gather(*map(read, range(100)))
    recorded = [attributes_of(span) for span in recording.spans]
    names = "gen_ai.request.max_tokens", "gen_ai.usage.output_tokens"
    assert {each[names[0]]: each[names[1]] for each in recorded} == counts
    assert len(recorded) == len(counts) == 100
