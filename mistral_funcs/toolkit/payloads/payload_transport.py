"""A transport that encodes and decodes the payloads of workflows."""

from typing import Any, Final, final

from mistral_core.http.messages import MAX_RESPONSE_BYTES, Request, Response, Transport
from mistral_funcs.toolkit.payloads.payload_codec import PayloadCodec
from mistral_funcs.toolkit.payloads.payload_requests import encode_request
from mistral_funcs.toolkit.payloads.payload_responses import decode_response
from mistral_funcs.toolkit.payloads.worker_namespaces import WorkerNamespaces

__all__ = ["PayloadTransport"]


@final
class PayloadTransport:
    """A transport that encodes and decodes the payloads of workflows, for all operations.

    Pass it to the client: `MistralCore(transport=PayloadTransport(codec))`.

    Attributes:
        api_key: The API key of clients that have none, if the wrapped transport has one.
    """

    def __init__(
        self,
        codec: PayloadCodec,
        transport: Transport | None = None,
        *,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
    ) -> None:
        """Wrap a transport.

        Args:
            codec: How payloads are encoded.
            transport: The transport that sends requests. Defaults to `AiohttpTransport()`.
                Pass one to set a proxy, a TLS context or the size of the pool.
            max_response_bytes: Size limit of the decoded payloads of a response, or of an event of
                a stream. Defaults to 256 MiB.
        """
        if transport is None:
            # Loads aiohttp here rather than on the event loop during the first call.
            from mistral_core.transports.aiohttp import AiohttpTransport  # noqa: PLC0415

            transport = AiohttpTransport(max_response_bytes=max_response_bytes)
        self.api_key: Any = getattr(transport, "api_key", None)
        self._codec: Final = codec
        self._transport: Final = transport
        self._max_response_bytes: Final = max_response_bytes
        self._namespaces: Final = WorkerNamespaces(transport)

    async def prepare(self, request: Request) -> Request:
        """Return the request of a call with its input encoded, once for all attempts.

        Raises:
            MistralError: The input cannot be encoded.
        """
        request = await encode_request(self._codec, request, self._namespaces.namespace)
        prepare = getattr(self._transport, "prepare", None)
        return request if prepare is None else await prepare(request)

    async def send(self, request: Request) -> Response:
        """Send a request with its input encoded, and decode the response.

        Raises:
            InvalidRequestError: The input cannot be encoded.
            APIConnectionError: There was no complete response, or the storage failed.
            ResponseValidationError: A payload cannot be decoded.
        """
        # A hook may have replaced the body, or a transport around this one has no `prepare`.
        request = await encode_request(self._codec, request, self._namespaces.namespace)
        response = await self._transport.send(request)
        if 200 <= response.status < 300:
            limit = self._max_response_bytes
            return await decode_response(self._codec, request, response, limit)
        return response

    async def aclose(self) -> None:
        """Close the wrapped transport."""
        await self._transport.aclose()
