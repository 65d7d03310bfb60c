"""Read a successful response into the value that an operation returns, by its kind."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from mistral_core.http.messages import Response
from mistral_core.operations.kinds import (
    JSON,
    Binary,
    Events,
    JSONLines,
    NoContent,
    Returns,
)
from mistral_core.response.byte_stream import ByteStream
from mistral_core.response.decode import read_json
from mistral_core.response.event_stream import EventStream
from mistral_core.response.streaming import Reading

T = TypeVar("T")


def read_response(kind: Returns[T], response: Response, reading: Reading) -> T:
    """Read a successful response.

    Args:
        kind: How the operation says it is read.
        response: The response.
        reading: Limits of a body that is read while it arrives.

    Raises:
        SDKError: It reports an error despite its status.
        HTTPValidationError: The same, if that error is a 422.
        ResponseValidationError: It is not what the operation says.
    """
    read = READERS[kind.__class__]
    return cast("T", read(kind, response, reading))


READERS: dict[type[Any], Callable[[Any, Response, Reading], Any]] = {
    JSON: lambda kind, response, _: read_json(response, kind.schema),
    NoContent: lambda _kind, _response, _reading: None,
    Binary: lambda _, response, reading: ByteStream(response, reading),
    Events: lambda kind, response, reading: EventStream(
        response, reading, kind.schema, last=kind.last
    ),
    JSONLines: lambda kind, response, reading: EventStream(
        response, reading, kind.schema, lines=True
    ),
}
