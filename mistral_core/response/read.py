"""Reading of successful responses, by kind."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar, cast

from mistral_core.http.messages import Response
from mistral_core.operations.kinds import JSON, Binary, Events, JSONLines, Messages, Returns
from mistral_core.response.byte_stream import ByteStream
from mistral_core.response.decode import read_json
from mistral_core.response.event_stream import EventStream
from mistral_core.response.json_text import decode_in_thread
from mistral_core.response.large_json import decode_by_item
from mistral_core.response.message_stream import MessageStream
from mistral_core.response.streaming import Reading, deadline_error
from mistral_core.runtime.blocking import call_blocking

T = TypeVar("T")

LARGE = 2**20
"""Number of bytes above which a JSON body is read in a thread. It would block the event loop for
10 ms or more.
"""


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


def is_large(kind: Returns[Any], response: Response) -> bool:
    """Return whether a response is read in a thread."""
    return len(response.body) > LARGE and isinstance(kind, JSON)


async def read_large(kind: Returns[T], response: Response, reading: Reading) -> T:
    """Return the value of a large JSON response, without blocking the event loop.

    Raises:
        RequestTimeoutError: The deadline of the call was exceeded.
        MistralError: As for `read_response`.
    """
    described: Any = kind
    try:
        with reading.until_deadline():
            value = await call_blocking(_read_in_thread, response, described.schema)
    except TimeoutError:
        raise deadline_error() from None
    return cast("T", value)


def _read_in_thread(response: Response, schema: Any) -> Any:
    with suppress(Exception):
        return read_json(response, schema, lambda _: decode_by_item(response.body, schema))
    # Reports the reason if the body is invalid.
    return read_json(response, schema, decode_in_thread)
