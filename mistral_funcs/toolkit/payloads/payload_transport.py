"""A transport that encodes and decodes the payloads of workflows."""

from typing import Any, Final, final

from mistral_core.http.messages import Request, Response, Transport
from mistral_funcs.toolkit.payloads.payload_codec import PayloadCodec
from mistral_funcs.toolkit.payloads.payload_requests import encode_request
from mistral_funcs.toolkit.payloads.payload_responses import decode_response

__all__ = ["PayloadTransport"]


@final
class PayloadTransport:
    """A transport that encodes and decodes the payloads of workflows, for all operations.

    Give it to the client: `MistralCore(transport=PayloadTransport(codec))`.
    """

    def __init__(self, codec: PayloadCodec, transport: Transport | None = None) -> None:
        """Wrap a transport.

        Args:
            codec: How payloads are encoded.
            transport: The transport that sends requests. Defaults to aiohttp.
        """
        if transport is None:
            from mistral_core.transports.aiohttp import AiohttpTransport  # noqa: PLC0415

            transport = AiohttpTransport()
        self.api_key: Any = getattr(transport, "api_key", None)
        self._codec: Final = codec
        self._transport: Final = transport

    async def send(self, request: Request) -> Response:
        """Send a request with its input encoded, and decode the response.

        Args:
            request: The request.

        Raises:
            InvalidRequestError: The input cannot be encoded.
            APIConnectionError: There was no complete response, or the storage failed.
            ResponseValidationError: A payload cannot be decoded.
        """
        response = await self._transport.send(await encode_request(self._codec, request))
        if 200 <= response.status < 300:
            return await decode_response(self._codec, request, response)
        return response

    async def aclose(self) -> None:
        """Close the wrapped transport."""
        await self._transport.aclose()
