"""Parse the JSON that the sandbox receives, strictly and with limited depth."""

import json
from math import isfinite
from typing import Any, NoReturn

DEEPEST = 100
"""Maximum nesting depth of arrays and objects."""


def parse_json(text: bytes | bytearray) -> Any:
    """Parse JSON.

    Raises:
        ValueError: The text is not JSON in UTF-8, is nested deeper than `DEEPEST`, or contains a
            value that cannot be serialized: a lone surrogate, or a number that is not finite.
    """
    try:
        value = DECODER.decode(text.decode("utf-8-sig"))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if text.count(b"[") + text.count(b"{") > DEEPEST:
        _check_depth(value)
    if b"\\u" in text:
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError("a number is too large")
    return number


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


DECODER = json.JSONDecoder(parse_float=_finite, parse_constant=_refuse)


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [child for each in level for child in _children(each)]
        if not level:
            return
    raise ValueError("nested too deeply")


def _children(value: Any) -> Any:
    if value.__class__ is dict:
        return value.values()
    return value if value.__class__ is list else ()
