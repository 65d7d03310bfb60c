"""Parsing of JSON, with msgspec if it is installed, or else with the standard library.

Both return the same values. If msgspec rejects the JSON, for example for a lone surrogate, the
standard library parses it or explains the error.
"""

from codecs import BOM_UTF8 as BOM
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from functools import cache
from importlib import import_module
from json import JSONDecodeError, JSONDecoder
from math import isfinite
from typing import Any, NoReturn

WHITESPACE = " \t\n\r"
"""Whitespace that JSON allows around a value."""

MAX_DIGITS = 4_300
"""Maximum number of digits of an integer: the limit of `int()`."""


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


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


def _pass_on(value: dict[str, Any]) -> dict[str, Any]:
    return value


_decoder = JSONDecoder(parse_constant=_reject_constant)
_exact_decoder = JSONDecoder(parse_constant=_reject_constant, parse_float=_read_number)
_yielding_decoder = JSONDecoder(parse_constant=_reject_constant, object_hook=_pass_on)

scan_json: Callable[[str, int], tuple[Any, int]] = vars(_decoder)["scan_once"]
"""Parses the value at a position of a string, and returns it with the position of its end."""


def decode_json(body: bytes | str) -> Any:
    """Parse JSON: a string, or UTF-8 with or without a byte order mark.

    Raises:
        ValueError: The body is not valid JSON in UTF-8.
        RecursionError: The JSON is nested too deeply.
    """
    decode = _fast_decoder()
    if decode is not None:
        with suppress(Exception):
            return decode(body)
    return _decode(body, _decoder)


def decode_exactly(body: bytes | str) -> Any:
    """Parse JSON, with a number that is too large for a float, such as `1e999`, as an integer.

    Raises:
        ValueError: As for `decode_json`.
        RecursionError: As for `decode_json`.
    """
    return _decode(body, _exact_decoder)


def decode_in_thread(body: bytes | str) -> Any:
    """Parse JSON, and let other threads run after each object.

    Raises:
        ValueError: As for `decode_json`.
        RecursionError: As for `decode_json`.
    """
    return _decode(body, _yielding_decoder)


def _decode(body: bytes | str, decoder: JSONDecoder) -> Any:
    if isinstance(body, bytes):
        body = body.decode("utf-8-sig" if body.startswith(BOM) else "utf-8")
    text = body.strip(WHITESPACE)
    value, end = decoder.raw_decode(text)
    if end != len(text):
        raise JSONDecodeError("Extra data", text, end)
    return value


@cache
def _fast_decoder() -> Callable[[bytes | str], Any] | None:
    """Return the decoder of msgspec, the extra `speed`, if it is installed."""
    try:
        json: Any = import_module("msgspec.json")
    except ImportError:
        return None
    decode: Callable[[bytes | str], Any] = json.Decoder().decode
    return decode
