"""Decoding of response bodies: bytes to JSON, JSON to schemas, and the errors of both."""

from codecs import BOM_UTF8 as BOM
from contextlib import suppress
from decimal import Decimal
from json import JSONDecodeError, JSONDecoder
from math import isfinite
from typing import Any, NoReturn

import attrs

from mistral_core.errors import HTTPValidationError, ResponseValidationError, SDKError
from mistral_core.http.messages import Response
from mistral_core.http.metadata import request_id
from mistral_core.response.error_bodies import read_error
from mistral_core.response.recognition import Shape, shape_of, status_of
from mistral_core.response.sse import ServerSentEvent
from mistral_core.structuring.converter import Fault, converter, faults
from mistral_core.structuring.detailed import MAX_FAULTS
from mistral_core.structuring.primitives import TOO_LARGE

WHITESPACE = " \t\n\r"
"""Whitespace that JSON allows around a value."""

MAX_DIGITS = 4_300
"""Maximum number of digits of an integer: the limit of `int()`."""


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _reject_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("an object has a duplicate key")
    return value


def _read_number(text: str) -> float | int:
    """Parse a number as a float, or as an integer if the float would be infinite."""
    number = float(text)
    if isfinite(number):
        return number
    with suppress(ArithmeticError):  # The exponent is too large for a decimal.
        exact = Decimal(text)
        if exact.adjusted() < MAX_DIGITS:
            return int(exact)
    raise ValueError(f"a number has more than {MAX_DIGITS} digits")


_decoder = JSONDecoder(object_pairs_hook=_reject_duplicates, parse_constant=_reject_constant)
EXACT_DECODER = JSONDecoder(
    object_pairs_hook=_reject_duplicates, parse_constant=_reject_constant, parse_float=_read_number
)
"""Parses a number that is too large for a float, such as `1e999`, as an integer."""


def decode_json(body: bytes, decoder: JSONDecoder = _decoder) -> object:
    """Parse JSON in UTF-8, with or without a byte order mark.

    Raises:
        ValueError: The body is not valid JSON in UTF-8.
        RecursionError: The JSON is nested too deeply.
    """
    text = body.decode("utf-8-sig" if body.startswith(BOM) else "utf-8").strip(WHITESPACE)
    value, end = decoder.raw_decode(text)
    if end != len(text):
        raise JSONDecodeError("Extra data", text, end)
    return value


def read_json(response: Response, schema: Any) -> Any:
    """Parse and structure a body.

    Raises:
        SDKError: The body reports an error. Its status is the one in the error.
        HTTPValidationError: The body reports an error with status 422.
        ResponseValidationError: The body does not match the schema.
    """
    return read_value(response, _parse(response, "response"), schema)


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
    """Parse and structure an event. Its name is the `type` of its data, if that has none.

    Raises:
        SDKError: The event reports an error.
        HTTPValidationError: The event reports an error with status 422.
        ResponseValidationError: The event does not match the schema.
    """
    response = attrs.evolve(response, body=event.data.encode(), stream=None)
    if event.event == "error":
        raise _reported_error(response, _parse_or_none(response))
    value = _parse(response, "event")
    shape = shape_of(schema)
    if shape.is_error(value, alone=False):
        raise _reported_error(response, value)
    return _structure(response, value, schema, shape, event)


def error_in_success(response: Response) -> SDKError | HTTPValidationError | None:
    """Return the error that a body reports despite a successful status, if any."""
    value = _parse_or_none(response)
    is_error = shape_of(object).is_error(value, alone=False)
    return _reported_error(response, value) if is_error else None


def _reported_error(response: Response, value: Any) -> SDKError | HTTPValidationError:
    return read_error(attrs.evolve(response, status=status_of(value) or response.status))


def _parse_or_none(response: Response) -> Any:
    try:
        return decode_json(response.body)
    except (ValueError, RecursionError):
        return None


def _parse(response: Response, subject: str, decoder: JSONDecoder = _decoder) -> Any:
    try:
        return decode_json(response.body, decoder)
    except (ValueError, RecursionError) as error:
        raise _invalid(response, [Fault("$", f"is not JSON: {error}")], subject) from None


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
    subject = "event" if event else "response"
    if not exact and any(fault.problem == TOO_LARGE for fault in all_faults):
        value = _parse(response, subject, EXACT_DECODER)
        return _structure(response, value, schema, shape, event, exact=True)
    raise _invalid(response, all_faults, subject, recognized=shape.has_field(value))


def _invalid(
    response: Response, all_faults: list[Fault], subject: str, *, recognized: bool = True
) -> ResponseValidationError:
    first, *others = all_faults
    at_least = "at least " if len(all_faults) == MAX_FAULTS else ""
    more = f" (and {at_least}{len(others)} more)" if others else ""
    reported = "" if recognized else f"; the server reports: {read_error(response).message}"
    return ResponseValidationError(
        f"Invalid {subject}: {first}{more}{reported}",
        first.path,
        tuple(map(str, all_faults)),
        response.status,
        request_id(response.headers),
        response.headers,
        response.body,
    )
