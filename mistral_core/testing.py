"""A transport for tests that returns scripted responses and records requests."""

import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias, final

from mistral_core.errors import APIConnectionError, MistralError
from mistral_core.http.chunks import Chunks
from mistral_core.http.headers import NO_HEADERS, Headers
from mistral_core.http.messages import Request, Response

Answer: TypeAlias = Response | MistralError
"""A response of a `ScriptedTransport`, or an error that it raises."""


@final
class ScriptedTransport:
    """A transport that responds to each request with the next scripted response.

    Attributes:
        requests: The recorded requests, in order.
        api_key: The API key for clients without one.
    """

    def __init__(self, *responses: Answer) -> None:
        """Script the responses. A request beyond the last fails with an `APIConnectionError`."""
        self.requests: list[Request] = []
        self.api_key = "key"
        self._responses = list(responses)

    async def send(self, request: Request) -> Response:
        """Record the request and return the next response."""
        self.requests.append(request)
        if not self._responses:
            raise APIConnectionError("The script has no more responses", temporary=False)
        response = self._responses.pop(0)
        if isinstance(response, MistralError):
            raise response
        return response

    async def aclose(self) -> None:
        """Do nothing: there are no connections."""


def json_response(
    value: object, status: int = 200, headers: Mapping[str, str] = NO_HEADERS
) -> Response:
    """Return a response with a JSON body."""
    typed = {"content-type": "application/json", **headers}
    return Response(status, Headers(typed.items()), json.dumps(value).encode())


def stream_response(
    *chunks: bytes | MistralError, content_type: str = "text/event-stream"
) -> Response:
    """Return a response that streams these chunks. An error among them is raised."""

    def each() -> Iterator[bytes]:
        for chunk in chunks:
            if isinstance(chunk, MistralError):
                raise chunk
            yield chunk

    return Response(200, Headers([("content-type", content_type)]), stream=Chunks(each()))
