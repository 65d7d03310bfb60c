"""Decoding of results, schedules and events in responses."""

import json
from collections.abc import AsyncGenerator
from typing import Any, Final, cast

import attrs

from mistral_core import ResponseValidationError
from mistral_core.http.messages import Request, Response, ResponseStream
from mistral_core.response.sse import EventParser, ServerSentEvent
from mistral_funcs.toolkit.payloads.payload_codec import PayloadCodec, in_thread_if_large
from mistral_funcs.toolkit.payloads.payload_encryption import from_base64
from mistral_funcs.toolkit.payloads.payload_errors import PayloadError
from mistral_funcs.toolkit.payloads.payload_requests import (
    EXECUTE,
    ONE_SCHEDULE,
    SCHEDULES,
    SEND,
    to_json,
)

RESULTS: Final = (*EXECUTE, *SEND, "/v1/workflows/executions/{execution_id}")
EVENTS: Final = "/v1/workflows/events/list"
STREAMS: Final = ("/v1/workflows/events/stream", "/v1/workflows/executions/{execution_id}/stream")


async def decode_response(codec: PayloadCodec, request: Request, response: Response) -> Response:
    """Return a successful response with its payloads decoded, if it has any.

    Raises:
        ResponseValidationError: A payload cannot be decoded.
    """
    template = request.path_template
    if template in STREAMS:
        chunks = _once(response.body) if response.stream is None else response.stream
        return attrs.evolve(response, body=b"", stream=decode_stream(codec, chunks))
    if template not in (*RESULTS, SCHEDULES, ONE_SCHEDULE, EVENTS):
        return response
    try:
        body = await in_thread_if_large(json.loads, response.body)
    except ValueError:
        return response  # The pipeline reports it.
    if not isinstance(body, dict):
        return response
    fields = cast("dict[str, Any]", body)
    await _decode_body(codec, template, fields)
    content = await in_thread_if_large(to_json, fields, size=len(response.body))
    return attrs.evolve(response, body=content)


async def decode_stream(codec: PayloadCodec, chunks: ResponseStream) -> AsyncGenerator[bytes, None]:
    """Return the events of a stream with their payloads decoded."""
    parser = EventParser()
    try:
        async for chunk in chunks:
            try:
                events = parser.feed(chunk)
            except ValueError as error:
                raise ResponseValidationError(f"Invalid stream: {error}") from None
            for event in events:
                yield await _decode_event(codec, event) + b"\n"
            if not events:
                yield b":\n"  # The server is not silent.
        try:
            last = parser.finish()
        except ValueError as error:
            raise ResponseValidationError(f"Invalid stream: {error}") from None
        if last is not None:
            yield await _decode_event(codec, last)
    finally:
        await chunks.aclose()


async def _once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body


async def _decode_event(codec: PayloadCodec, event: ServerSentEvent) -> bytes:
    data = event.data.encode()
    try:
        wrapper: Any = await in_thread_if_large(json.loads, data)
    except ValueError:
        wrapper = None  # Such as `[DONE]`.
    inner: object = _get(wrapper, "data")
    if await _decode_attributes(codec, inner):
        data = await in_thread_if_large(to_json, wrapper, size=len(data))
    lines = b"".join(b"data: " + line + b"\n" for line in data.split(b"\n"))
    return f"event: {event.event}\nid: {event.id}\n".encode() + lines


async def _decode_body(codec: PayloadCodec, template: str, body: dict[str, Any]) -> None:
    if template == EVENTS:
        for event in _items(body.get("events")):
            await _decode_attributes(codec, event)
    elif template in (SCHEDULES, ONE_SCHEDULE):
        for schedule in [body, *_items(body.get("schedules"))]:
            value = _get(schedule, "input")
            if _get(value, "encoding_options"):
                schedule["input"] = await _decode(codec, value, "b64payload")
    elif isinstance(_get(body.get("result"), "b64payload"), str):
        body["result"] = await _decode(codec, body["result"], "b64payload")


async def _decode_attributes(codec: PayloadCodec, event: object) -> bool:
    """Decode the payloads of an event in place, and return whether there are any."""
    attributes = _get(event, "attributes")
    if not isinstance(attributes, dict):
        return False
    fields = cast("dict[str, Any]", attributes)
    payloads = {name: each for name, each in fields.items() if _get(each, "encoding_options")}
    for name, payload in payloads.items():
        value = _get(payload, "value")
        changes = _items(value)
        decoded = (
            [await _decode_change(codec, each) for each in changes]
            if isinstance(value, list)
            else await _decode(codec, payload, "value")
        )
        fields[name] = {**payload, "value": decoded, "encoding_options": []}
    return bool(payloads)


async def _decode_change(codec: PayloadCodec, change: Any) -> object:
    value = _get(change, "value")
    if _get(value, "type") != "__encrypted__":
        return change
    encrypted = {"value": _get(value, "value"), "encoding_options": ["encrypted"]}
    return {**change, "value": await _decode(codec, encrypted, "value")}


async def _decode(codec: PayloadCodec, encoded: object, field: str) -> object:
    options: object = _get(encoded, "encoding_options") or []
    text = _get(encoded, field)
    try:
        if not isinstance(options, list) or not isinstance(text, str):
            raise PayloadError("it has no known form")
        data = await in_thread_if_large(from_base64, text)
        decoded = (await codec.decode(data, _items(cast("object", options)))).unwrap()
        return await in_thread_if_large(json.loads, decoded)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, PayloadError) else "it is not valid JSON"
        raise ResponseValidationError(f"A payload cannot be decoded: {reason}") from None


def _get(value: object, name: str) -> Any:
    return cast("dict[str, Any]", value).get(name) if isinstance(value, dict) else None


def _items(value: object) -> list[Any]:
    return cast("list[object]", value) if isinstance(value, list) else []
