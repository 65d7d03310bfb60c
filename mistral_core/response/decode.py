"""What an answer's bytes are made into: JSON, objects, and errors where they cannot be."""

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
from mistral_core.structuring.detailed import MOST_FAULTS
from mistral_core.structuring.primitives import TOO_LARGE

WHITESPACE = " \t\n\r"
"""What JSON lets stand around a value."""

MOST_DIGITS = 4_300
"""How many digits an integer may have: the limit of `int`, and so of integers in JSON, too."""


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


def _refuse_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("an object has a key twice")
    return made


def _read_number(text: str) -> float | int:
    """Return a number as a float, or as an integer of the same value where that is infinite."""
    number = float(text)
    if isfinite(number):
        return number
    with suppress(ArithmeticError):  # Of an exponent that no decimal has.
        exact = Decimal(text)
        if exact.adjusted() < MOST_DIGITS:
            return int(exact)
    raise ValueError(f"a number has more than {MOST_DIGITS} digits")


_decoder = JSONDecoder(object_pairs_hook=_refuse_duplicates, parse_constant=_refuse_constant)
EXACT_DECODER = JSONDecoder(
    object_pairs_hook=_refuse_duplicates, parse_constant=_refuse_constant, parse_float=_read_number
)
"""Reads a number that no float holds, such as `1e999`, as an integer; it is infinite otherwise."""


def decode_json(body: bytes, decoder: JSONDecoder = _decoder) -> object:
    """Parse JSON text in UTF-8, with or without a byte order mark.

    Raises:
        ValueError: It is not JSON, or not UTF-8, or bears a number that JSON has not.
        RecursionError: It is nested too deep.
    """
    text = body.decode("utf-8-sig" if body.startswith(BOM) else "utf-8").strip(WHITESPACE)
    value, end = decoder.raw_decode(text)
    if end != len(text):
        raise JSONDecodeError("Extra data", text, end)
    return value


def read_json(response: Response, schema: Any) -> Any:
    """Parse and structure a body.

    Raises:
        SDKError: It reports an error, with the status that the error names.
        HTTPValidationError: The same, where that status is 422.
        ResponseValidationError: It cannot be read, or is not what was asked for.
    """
    return read_value(response, _parse(response, "The answer"), schema)


def read_value(response: Response, value: Any, schema: Any) -> Any:
    """Structure the JSON of a body that has been parsed.

    Raises:
        SDKError: It reports an error, with the status that the error names.
        HTTPValidationError: The same, where that status is 422.
        ResponseValidationError: It cannot be read, or is not what was asked for.
    """
    shape = shape_of(schema)
    if shape.is_error(value, alone=True):
        raise _reported_error(response, value)
    return _structure(response, value, schema, shape)


def read_event(response: Response, event: ServerSentEvent, schema: Any) -> Any:
    """Parse and structure one event; its name is the `type` of its data, if that has none.

    Raises:
        SDKError: The event reports an error of the server.
        HTTPValidationError: The same, where its status is 422.
        ResponseValidationError: The event cannot be read.
    """
    response = attrs.evolve(response, body=event.data.encode(), stream=None)
    if event.event == "error":
        raise _reported_error(response, _parse_or_none(response))
    value = _parse(response, "An event")
    shape = shape_of(schema)
    if shape.is_error(value, alone=False):
        raise _reported_error(response, value)
    return _structure(response, value, schema, shape, event)


def error_in_success(response: Response) -> SDKError | HTTPValidationError | None:
    """Return the error that a body reports despite the status of success, if it does."""
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


def _parse(response: Response, what: str, decoder: JSONDecoder = _decoder) -> Any:
    try:
        return decode_json(response.body, decoder)
    except (ValueError, RecursionError) as error:
        raise _unreadable(response, [Fault("$", f"is not JSON: {error}")], what) from None


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
        made = converter.structure(value, schema)
    except Exception as error:  # noqa: BLE001
        found = faults(error)
    else:
        if shape.recognizes(value):
            return made
        names = ", ".join(f"`{name}`" for name in [*shape.names][:5])
        found = [Fault("$", f"has none of the expected fields, such as {names}")]
    what = "An event" if event else "The answer"
    if not exact and any(fault.what == TOO_LARGE for fault in found):
        value = _parse(response, what, EXACT_DECODER)
        return _structure(response, value, schema, shape, event, exact=True)
    raise _unreadable(response, found, what, recognized=shape.has_field(value))


def _unreadable(
    response: Response, found: list[Fault], what: str, *, recognized: bool = True
) -> ResponseValidationError:
    first, *others = found
    least = "at least " if len(found) == MOST_FAULTS else ""
    more = f" (and {least}{len(others)} more)" if others else ""
    words = "" if recognized else f"; the server says: {read_error(response).message}"
    return ResponseValidationError(
        f"{what} cannot be read: {first}{more}{words}",
        first.path,
        tuple(map(str, found)),
        response.status,
        request_id(response.headers),
        response.headers,
        response.body,
    )
