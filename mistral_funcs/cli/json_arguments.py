"""JSON arguments: JSON text, or `@` and the path of a JSON or JSON Lines file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mistral_funcs.cli.render.untyped import is_array

ADVICE = "Pass JSON text, or @ and the path of a file."


def read_json(text: str, short: Callable[[str], Any] | None, *, lists: bool = False) -> Any:
    """Return the value of an argument.

    Args:
        text: The argument.
        short: Converts text that is not a JSON object or array, if that is allowed.
        lists: Whether the value may be a list, which can be written in JSON Lines format.

    Raises:
        ValueError: The argument is not JSON, or the file cannot be read.
    """
    values = _read_values(text, short)
    if len(values) == 1:
        return values[0]
    if lists:
        return values
    raise ValueError(f"it has {len(values)} JSON values, but one is expected.")


def read_json_list(text: str, short: Callable[[str], Any] | None) -> list[Any]:
    """Return the values of an argument: the items of an array, JSON lines, or a single value.

    Args:
        text: The argument.
        short: Converts text that is not a JSON object or array, if that is allowed.

    Raises:
        ValueError: The argument is not JSON, or the file cannot be read.
    """
    values = _read_values(text, short)
    return values[0] if len(values) == 1 and is_array(values[0]) else values


def read_bytes(path: Path) -> bytes:
    """Return the content of a file.

    Raises:
        ValueError: The file cannot be read.
    """
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "It is not a path"
        raise ValueError(f"{path} cannot be read: {reason}.") from None


def decode(data: bytes) -> str:
    """Decode UTF-8, UTF-16 or UTF-32, and remove the byte order mark.

    Raises:
        ValueError: The data has another encoding.
    """
    return data.decode(json.detect_encoding(data)).removeprefix("\ufeff")


def _read_values(text: str, short: Callable[[str], Any] | None) -> list[Any]:
    name = "it"
    if text.startswith("@"):
        name, short = text[1:], None
        data = read_bytes(Path(name))
        try:
            text = decode(data)
        except ValueError:
            raise ValueError(f"{name} is not text in UTF-8, UTF-16 or UTF-32.") from None
    if short is not None and not text.lstrip().startswith(("{", "[")):
        return [short(text)]
    try:
        return _parse(text.removeprefix("\ufeff"), name)
    except RecursionError:
        raise ValueError(f"{name} is nested too deeply.") from None


def _parse(text: str, name: str) -> list[Any]:
    """Return the value of a JSON document, or the values of JSON lines."""
    try:
        return [json.loads(text)]
    except ValueError as error:
        wrong = ValueError(f"{name} is not JSON ({error}). {ADVICE}")
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    values: list[Any] = []
    for number, line in lines:
        try:
            values.append(json.loads(line))
        except ValueError as error:
            # If even the first line is invalid, this is a document, not JSON lines.
            raise (_wrong_line(name, number, error) if values else wrong) from None
    if len(values) < 2:
        raise wrong
    return values


def _wrong_line(name: str, number: int, error: ValueError) -> ValueError:
    reason = error.msg if isinstance(error, json.JSONDecodeError) else error
    return ValueError(f"line {number} of {name} is not JSON ({reason}).")
