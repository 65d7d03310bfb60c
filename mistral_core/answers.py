"""What an answer's bytes are made into: JSON, objects, and errors where they cannot be."""

from codecs import BOM_UTF8 as BOM
from json import JSONDecodeError, JSONDecoder
from typing import Any, NoReturn

import attrs

from mistral_core.call import request_id
from mistral_core.converter import Fault, converter, faults
from mistral_core.error_bodies import read_error
from mistral_core.errors import MistralError, ResponseValidationError
from mistral_core.sse import ServerSentEvent
from mistral_core.wire import Response

WHITESPACE = " \t\n\r"
"""What JSON lets stand around a value."""


def read_json(response: Response, schema: Any) -> Any:
    """Parse and structure a body.

    Raises:
        ResponseValidationError: It cannot be read, or is an error for all its status.
    """
    value = _parse(response, response.body)
    if _is_error(value):
        told = read_error(response).message
        raise _unreadable(response, [Fault("$", f"is an error, for all its status: {told}")])
    return _structure(response, value, schema)


def read_event(response: Response, event: ServerSentEvent, schema: Any) -> Any:
    """Parse and structure one event; its name is the `type` of its data, if that has none.

    Raises:
        SDKError: The event tells of an error of the server.
        HTTPValidationError: The same, where its status is 422.
        ResponseValidationError: The event cannot be read.
    """
    body = event.data.encode()
    response = attrs.evolve(response, body=body, stream=None)
    if event.event == "error":
        raise _error_in_event(response, None)
    value: Any = _parse(response, body, "An event")
    if _is_error(value) or (value.__class__ is dict and "error" in value):
        raise _error_in_event(response, value)
    if event.event and value.__class__ is dict and value.get("type") is None:
        value["type"] = event.event
    return _structure(response, value, schema, "An event")


def _error_in_event(response: Response, value: Any) -> MistralError:
    """Return the error that an event tells of; its status is the one that the event names."""
    told: Any = value.get("raw_status_code") if value.__class__ is dict else None
    status = told if told.__class__ is int and 400 <= told < 600 else response.status
    return read_error(attrs.evolve(response, status=status))


def _parse(response: Response, body: bytes, what: str = "The answer") -> object:
    try:
        return decode_json(body)
    except (ValueError, RecursionError) as error:
        raise _unreadable(response, [Fault("$", f"is not JSON: {error}")], what) from None


def _structure(response: Response, value: object, schema: Any, what: str = "The answer") -> Any:
    try:
        return converter.structure(value, schema)
    except Exception as error:  # noqa: BLE001
        raise _unreadable(response, faults(error), what) from None


def _is_error(value: Any) -> bool:
    return value.__class__ is dict and value.get("object") == "error"


def decode_json(body: bytes) -> object:
    """Parse JSON text in UTF-8, with or without a byte order mark.

    Raises:
        ValueError: It is not JSON, or not UTF-8, or bears a number that JSON has not.
        RecursionError: It is nested too deep.
    """
    text = body.decode("utf-8-sig" if body.startswith(BOM) else "utf-8").strip(WHITESPACE)
    value, end = _decoder.raw_decode(text)
    if end != len(text):
        raise JSONDecodeError("Extra data", text, end)
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


def _refuse_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("an object has a key twice")
    return made


_decoder = JSONDecoder(object_pairs_hook=_refuse_duplicates, parse_constant=_refuse_constant)


def _unreadable(
    response: Response, found: list[Fault], what: str = "The answer"
) -> ResponseValidationError:
    first, *others = found
    more = f" (and {len(others)} more)" if others else ""
    return ResponseValidationError(
        f"{what} cannot be read: {first}{more}",
        first.path,
        tuple(map(str, found)),
        response.status,
        request_id(response.headers),
        response.headers,
        response.body,
    )
