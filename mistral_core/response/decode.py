"""Decoding of response bodies: bytes to JSON, JSON to schemas, and the errors of both."""

from collections.abc import Callable
from typing import Any

import attrs

from mistral_core.errors import HTTPValidationError, ResponseValidationError, SDKError
from mistral_core.http.headers import request_id
from mistral_core.http.messages import Response
from mistral_core.response.error_bodies import read_error
from mistral_core.response.json_text import decode_exactly, decode_json
from mistral_core.response.recognition import Shape, shape_of, status_of
from mistral_core.response.sse import ServerSentEvent
from mistral_core.structuring.converter import Fault, converter, faults
from mistral_core.structuring.detailed import MAX_FAULTS
from mistral_core.structuring.primitives import TOO_LARGE


def read_json(
    response: Response, schema: Any, decode: Callable[[bytes | str], Any] = decode_json
) -> Any:
    """Parse and structure a body.

    Args:
        response: The response.
        schema: An attrs class, or a type composed of attrs classes.
        decode: Parses the JSON.

    Raises:
        SDKError: The body reports an error. Its status is the one in the error.
        HTTPValidationError: The body reports an error with status 422.
        ResponseValidationError: The body does not match the schema.
    """
    return read_value(response, _parse(response, decode), schema)


def read_value(response: Response, value: Any, schema: Any) -> Any:
    """Structure the JSON value of a body.

    Raises:
        SDKError: The value reports an error. Its status is the one in the error.
        HTTPValidationError: The value reports an error with status 422.
        ResponseValidationError: The value does not match the schema.
    """
    shape = shape_of(schema)
    if shape.is_error(value, alone=True):
        raise _reported_error(response, value)
    return _structure(response, value, schema, shape)


def read_event(response: Response, event: ServerSentEvent, schema: Any) -> Any:
    """Parse and structure an event. Its name is used as `type` if the data has none.

    Raises:
        SDKError: The event reports an error.
        HTTPValidationError: The event reports an error with status 422.
        ResponseValidationError: The event does not match the schema.
    """
    if event.event == "error":
        raise _reported_error(response, _parse_or_none(event.data), event)
    value = _parse(response, decode_json, event)
    shape = shape_of(schema)
    if shape.is_error(value, alone=False):
        raise _reported_error(response, value, event)
    return _structure(response, value, schema, shape, event)


def error_in_success(response: Response) -> SDKError | HTTPValidationError | None:
    """Return the error that a body reports despite a successful status, if any."""
    value = _parse_or_none(response.body)
    is_error = shape_of(object).is_error(value, alone=False)
    return _reported_error(response, value) if is_error else None


def _with_data(response: Response, event: ServerSentEvent | None) -> Response:
    """Return the response with the data of the event as its body. Only errors need it."""
    if event is None:
        return response
    return attrs.evolve(response, body=event.data.encode(), stream=None)


def _reported_error(
    response: Response, value: Any, event: ServerSentEvent | None = None
) -> SDKError | HTTPValidationError:
    response = _with_data(response, event)
    return read_error(attrs.evolve(response, status=status_of(value) or response.status))


def _parse_or_none(text: bytes | str) -> Any:
    try:
        return decode_json(text)
    except (ValueError, RecursionError):
        return None


def _parse(
    response: Response,
    decode: Callable[[bytes | str], Any],
    event: ServerSentEvent | None = None,
) -> Any:
    text = response.body if event is None else event.data
    if event is None and text.__class__ is str:  # From a user's transport.
        raise TypeError("the body of a response must be bytes")
    try:
        return decode(text)
    except (ValueError, RecursionError) as error:
        raise _invalid(response, [Fault("$", f"is not JSON: {error}")], event) from None


def _structure(
    response: Response,
    value: Any,
    schema: Any,
    shape: Shape,
    event: ServerSentEvent | None = None,
    *,
    exact: bool = False,
) -> Any:
    if event and event.event and value.__class__ is dict and value.get("type") is None:
        value["type"] = event.event
    try:
        structured = converter.structure(value, schema)
    except Exception as error:  # noqa: BLE001
        all_faults = faults(error)
    else:
        if shape.recognizes(value):
            return structured
        names = ", ".join(f"`{name}`" for name in [*shape.names][:5])
        all_faults = [Fault("$", f"has none of the expected fields, such as {names}")]
    if not exact and any(fault.problem == TOO_LARGE for fault in all_faults):
        value = _parse(response, decode_exactly, event)
        return _structure(response, value, schema, shape, event, exact=True)
    raise _invalid(response, all_faults, event, recognized=shape.has_field(value))


def _invalid(
    response: Response,
    all_faults: list[Fault],
    event: ServerSentEvent | None,
    *,
    recognized: bool = True,
) -> ResponseValidationError:
    response = _with_data(response, event)
    first, *others = all_faults
    at_least = "at least " if len(all_faults) == MAX_FAULTS else ""
    more = f" (and {at_least}{len(others)} more)" if others else ""
    reported = "" if recognized else f"; the server reports: {read_error(response).message}"
    return ResponseValidationError(
        f"Invalid {'event' if event else 'response'}: {first}{more}{reported}",
        first.path,
        tuple(map(str, all_faults)),
        response.status,
        request_id(response.headers),
        response.headers,
        response.body,
    )
