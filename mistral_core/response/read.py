"""Reading of successful responses, by kind."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from mistral_core.http.messages import Response
from mistral_core.operations.kinds import JSON, Binary, Events, JSONLines, Messages, Returns
from mistral_core.response.byte_stream import ByteStream
from mistral_core.response.decode import read_json
from mistral_core.response.event_stream import EventStream
from mistral_core.response.message_stream import MessageStream
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
    described: Any = kind
    value: Any = None
    if described.__class__ is JSON:
        value = read_json(response, described.schema)
    elif described.__class__ is Events:
        value = EventStream[Any](
            response,
            reading(),
            described.schema,
            last=described.last,
            ends_with_body=described.ends_with_body,
        )
    elif described.__class__ is JSONLines:
        value = EventStream[Any](response, reading(), described.schema, lines=True)
    elif described.__class__ is Messages:
        value = MessageStream[Any](response, reading(), described)
    elif described.__class__ is Binary:
        value = ByteStream(response, reading())
    return cast("T", value)
