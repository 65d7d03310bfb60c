"""Decoding of responses and of their event streams."""

from collections.abc import AsyncGenerator
from typing import Final, final

import attrs

from mistral_core import ResponseValidationError
from mistral_core.http.chunks import Chunks
from mistral_core.http.messages import Request, Response, ResponseStream
from mistral_core.response.sse import EventParser, ServerSentEvent
from mistral_funcs.toolkit.payloads.payload_codec import PayloadCodec
from mistral_funcs.toolkit.payloads.payload_decoder import PayloadDecoder
from mistral_funcs.toolkit.payloads.payload_errors import PayloadError
from mistral_funcs.toolkit.payloads.payload_json import from_json
from mistral_funcs.toolkit.payloads.payload_operations import payloads_of
from mistral_funcs.toolkit.payloads.payload_threads import in_thread_if_large


async def decode_response(
    codec: PayloadCodec, request: Request, response: Response, max_bytes: int
) -> Response:
    """Return a successful response with its payloads decoded, if it has any.

    Args:
        codec: The encoding.
        request: The request that the response is to.
        response: The response.
        max_bytes: Size limit of all payloads of the response, or of one event of a stream.

    Raises:
        ResponseValidationError: A payload cannot be decoded.
        APIConnectionError: The storage failed.
    """
    payloads = payloads_of(request)
    if payloads is None or payloads.output is None:
        return response
    if payloads.output == "stream":
        stream = DecodedStream(codec, response, max_bytes)
        return attrs.evolve(response, body=b"", stream=stream)
    try:
        body = await in_thread_if_large(from_json, response.body)
    except PayloadError:
        return response  # The pipeline, which parses it in the same way, reports it.
    decoder = PayloadDecoder(codec, response, max_bytes)
    await decoder.decode(body, payloads.output)
    content = await decoder.encode(body, response.body)
    return attrs.evolve(response, body=content) if decoder.count else response


@final
class DecodedStream:
    """A stream of events with their payloads decoded."""

    def __init__(self, codec: PayloadCodec, response: Response, max_bytes: int) -> None:
        """Wrap the stream of a response.

        Args:
            codec: The encoding.
            response: The response.
            max_bytes: Size limit of an event.
        """
        self._codec: Final = codec
        self._response: Final = response
        self._chunks: Final[ResponseStream] = response.stream or Chunks((response.body,))
        self._max_bytes: Final = max_bytes

    async def __aiter__(self) -> AsyncGenerator[bytes, None]:
        """Iterate over the events.

        Raises:
            ResponseValidationError: The stream is invalid, or a payload cannot be decoded.
        """
        parser = EventParser(self._max_bytes)
        async for chunk in self._chunks:
            try:
                events = parser.feed(chunk)
            except ValueError as error:
                raise self._invalid(error) from None
            for event in events:
                yield await self._decode(event) + b"\n"
            if not events:
                yield b":\n"  # The server is not silent.
        try:
            last = parser.finish()
        except ValueError as error:
            raise self._invalid(error) from None
        if last is not None:
            yield await self._decode(last)

    async def aclose(self) -> None:
        """Free the connection. Safe to call twice."""
        await self._chunks.aclose()

    async def _decode(self, event: ServerSentEvent) -> bytes:
        """Return an event with its payloads decoded, without the blank line at its end."""
        data = event.data.encode()
        try:
            body = await in_thread_if_large(from_json, data)
        except PayloadError:
            body = None  # Such as `[DONE]`.
        decoder = PayloadDecoder(self._codec, self._response, self._max_bytes)
        await decoder.decode(body, "stream")
        data = await decoder.encode(body, data)
        lines = b"".join(b"data: " + line + b"\n" for line in data.split(b"\n"))
        return f"event: {event.event}\nid: {event.id}\n".encode() + lines

    def _invalid(self, error: ValueError) -> ResponseValidationError:
        return ResponseValidationError(f"Invalid stream: {error}", headers=self._response.headers)
