"""Reading of successful responses, by kind."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from mistral_core.http.messages import Response
from mistral_core.operations.kinds import JSON, Binary, Events, JSONLines, Returns
from mistral_core.response.byte_stream import ByteStream
from mistral_core.response.decode import read_json
from mistral_core.response.event_stream import EventStream
from mistral_core.response.streaming import Reading

T = TypeVar("T")


def read_response(kind: Returns[T], response: Response, reading: Callable[[], Reading]) -> T:
    """Return the value of a successful response.

    Args:
        kind: The kind of response that the operation declares.
        response: The response.
        reading: Returns the limits of a streamed body.

    Raises:
        SDKError: The response reports an error despite its status.
        HTTPValidationError: The response reports an error with status 422.
        ResponseValidationError: The response does not match the declaration.
    """
    value: Any
    subject: Any = kind  # Type checkers would rule out most patterns for `Returns[T]`.
    match subject:
        case JSON():
            value = read_json(response, subject.schema)
        case Events():
            value = EventStream(response, reading(), subject.schema, last=subject.last)
        case JSONLines():
            value = EventStream(response, reading(), subject.schema, lines=True)
        case Binary():
            value = ByteStream(response, reading())
        case _:
            value = None
    return cast("T", value)
