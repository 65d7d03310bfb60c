"""A transport for tests: canned answers out, recorded requests in."""

import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias, final

from mistral_core.errors import APIConnectionError, MistralError
from mistral_core.http.chunks import Chunks
from mistral_core.http.messages import NO_HEADERS, Headers, Request, Response

Answer: TypeAlias = Response | MistralError
"""What a `ScriptedTransport` gives: a response, or an error that it raises."""


@final
class ScriptedTransport:
    """Answer each request with the next of a list, and keep the requests.

    Attributes:
        requests: The requests that were sent, in their order.
        api_key: The key of a client that was given none.
    """

    def __init__(self, *answers: Answer) -> None:
        """Take the answers in their order; one request too many is an `APIConnectionError`."""
        self.requests: list[Request] = []
        self.api_key = "key"
        self._answers = list(answers)

    async def send(self, request: Request) -> Response:
        """Record the request, and give the next answer."""
        self.requests.append(request)
        if not self._answers:
            raise APIConnectionError("The script has no more answers", temporary=False)
        answer = self._answers.pop(0)
        if isinstance(answer, MistralError):
            raise answer
        return answer

    async def aclose(self) -> None:
        """Do nothing: there is nothing to free."""


def json_response(
    value: object, status: int = 200, headers: Mapping[str, str] = NO_HEADERS
) -> Response:
    """Return a response with a body of JSON."""
    typed = {"content-type": "application/json", **headers}
    return Response(status, Headers(typed.items()), json.dumps(value).encode())


def stream_response(
    *chunks: bytes | MistralError, content_type: str = "text/event-stream"
) -> Response:
    """Return a response whose body comes in these chunks; an error in them breaks it off."""

    def each() -> Iterator[bytes]:
        for chunk in chunks:
            if isinstance(chunk, MistralError):
                raise chunk
            yield chunk

    return Response(200, Headers([("content-type", content_type)]), stream=Chunks(each()))
