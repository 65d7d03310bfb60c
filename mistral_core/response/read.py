"""Read a successful response into the value that an operation returns, by its kind."""

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
    """Read a successful response.

    Args:
        kind: How the operation says it is read.
        response: The response.
        reading: Returns the limits of a body that is read while it arrives.

    Raises:
        SDKError: It reports an error despite its status.
        HTTPValidationError: The same, if that error is a 422.
        ResponseValidationError: It is not what the operation says.
    """
    described: Any = kind
    value: Any = None
    if described.__class__ is JSON:
        value = read_json(response, described.schema)
    elif described.__class__ is Events:
        value = EventStream[Any](response, reading(), described.schema, last=described.last)
    elif described.__class__ is JSONLines:
        value = EventStream[Any](response, reading(), described.schema, lines=True)
    elif described.__class__ is Binary:
        value = ByteStream(response, reading())
    return cast("T", value)
