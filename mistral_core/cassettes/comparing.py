"""Comparison of requests: whether two of them are equal, and how they differ."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlsplit

from mistral_core.cassettes.scrubbing import snake_case
from mistral_core.http.text import in_one_line

Parts: TypeAlias = Mapping[str, Any]
"""The values of a request to compare, by path, such as `body.messages[0].role`."""

IGNORED = frozenset({"idempotency_key", "request_id", "x_request_id", "correlation_id"})
"""Names of query parameters and fields, in snake case, that are ignored."""

DATE = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII)

MAX_DIFFERENCES = 10
MAX_VALUE_LENGTH = 60


def parts_of(request: Mapping[str, Any], ignored: Collection[str] = ()) -> Parts:
    """Return the values of a recorded request to compare. They exclude the server and headers.

    Args:
        request: The request, as in a recording.
        ignored: Additional names of query parameters and fields to ignore.
    """
    names = IGNORED | {*map(snake_case, ignored)}
    address: str = request["url"]
    url = urlsplit(address)
    query: dict[str, list[str]] = {}
    for name, value in parse_qsl(url.query, keep_blank_values=True):
        query.setdefault(name, []).append(value)
    body: Any = request.get("body", {})
    if "parts" in body:
        parts = sorted(body["parts"], key=lambda part: part["name"])
        body = {"body": [_field(part) for part in parts if snake_case(part["name"]) not in names]}
    elif body:
        body = {"body": next(iter(body.values()))}
    compared: dict[str, Any] = {
        "method": request["method"],
        "path": url.path,
        "query": query,
        **body,
    }
    return dict(_flat("", compared, names))


def _field(part: Mapping[str, Any]) -> dict[str, Any]:
    """Return a field of a form: its name and value, and the name and type of a file."""
    return {"content" if key in ("text", "binary") else key: part[key] for key in part}


def message_parts(message: Any, ignored: Collection[str] = ()) -> Parts:
    """Return the values of a WebSocket message to compare."""
    return dict(_flat("message", message, IGNORED | {*map(snake_case, ignored)}))


def _flat(path: str, value: Any, ignored: Collection[str]) -> Iterator[tuple[str, Any]]:
    """Yield the paths and values of the leaves of a JSON value."""
    if value.__class__ is dict and value:
        fields: dict[str, Any] = value
        for name, each in fields.items():
            if not path or snake_case(name) not in ignored:
                yield from _flat(f"{path}.{name}" if path else name, each, ignored)
    elif value.__class__ is list and value:
        items: list[Any] = value
        for index, each in enumerate(items):
            yield from _flat(f"{path}[{index}]", each, ignored)
    elif path != "query":
        yield path, value


def without_dates(parts: Parts) -> Parts:
    """Return the parts of a request with all dates replaced by `<date>`."""
    return {
        path: "<date>" if isinstance(value, str) and DATE.fullmatch(value) else value
        for path, value in parts.items()
    }


def differences(recorded: Parts, sent: Parts) -> list[str]:
    """Return the paths at which two requests differ. All dates are equal."""
    recorded, sent = without_dates(recorded), without_dates(sent)
    paths = dict.fromkeys((*recorded, *sent))
    return [path for path in paths if _value(recorded, path) != _value(sent, path)]


def distance(recorded: Parts, sent: Parts) -> tuple[bool, int]:
    """Return a sort key for how much two requests differ: first by method and path."""
    is_other = any(recorded[name] != sent[name] for name in ("method", "path"))
    return is_other, len(differences(recorded, sent))


def described_differences(recorded: Parts, sent: Parts) -> str:
    """Return a line for each value that differs."""
    paths = differences(recorded, sent)
    lines = [
        f"\n  {path}: recorded {_shown(recorded, path)}, sent {_shown(sent, path)}"
        for path in paths[:MAX_DIFFERENCES]
    ]
    more = len(paths) - MAX_DIFFERENCES
    return "".join(lines) + (f"\n  and {more} more differences" if more > 0 else "")


def _value(parts: Parts, path: str) -> tuple[bool, str, Any]:
    """Return a value to compare, with its type: `True` does not equal 1."""
    value: Any = parts.get(path)
    return path in parts, value.__class__.__name__, value


def _shown(parts: Parts, path: str) -> str:
    if path not in parts:
        return "nothing"
    value = parts[path]
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return in_one_line(repr(value), MAX_VALUE_LENGTH)
