"""The operations of the API that have payloads, and where."""

import re
from collections.abc import Callable
from typing import Final, Literal, TypeAlias, final
from urllib.parse import unquote, urlsplit

import attrs

from mistral_core.http.messages import Request

Input: TypeAlias = Literal["execution", "invocation", "new schedule", "schedule"]
"""What the input in a request is for."""

Output: TypeAlias = Literal["result", "schedule", "schedules", "events", "stream"]
"""What a response has that contains payloads."""

EXECUTION: Final = "/v1/workflows/executions/{}"
SCHEDULES: Final = "/v1/workflows/schedules"

OPERATIONS: Final[tuple[tuple[str, str, Input | None, Output | None], ...]] = (
    ("POST", "/v1/workflows/{}/execute", "execution", "result"),
    ("POST", "/v1/workflows/registrations/{}/execute", "execution", "result"),
    ("POST", f"{EXECUTION}/signals", "invocation", None),
    ("POST", f"{EXECUTION}/queries", "invocation", "result"),
    ("POST", f"{EXECUTION}/updates", "invocation", "result"),
    ("GET", EXECUTION, None, "result"),
    ("GET", f"{EXECUTION}/trace/events", None, "result"),
    ("GET", f"{EXECUTION}/trace/otel", None, "result"),
    ("GET", f"{EXECUTION}/trace/summary", None, "result"),
    ("GET", "/v1/workflows/runs/{}", None, "result"),
    ("POST", SCHEDULES, "new schedule", None),
    ("PATCH", f"{SCHEDULES}/{{}}", "schedule", None),
    ("GET", SCHEDULES, None, "schedules"),
    ("GET", f"{SCHEDULES}/{{}}", None, "schedule"),
    ("GET", "/v1/workflows/events/list", None, "events"),
    ("GET", "/v1/workflows/events/stream", None, "stream"),
    ("GET", f"{EXECUTION}/stream", None, "stream"),
)
"""Each operation with payloads: method, path with `{}` for its parameter, and what has payloads."""

PREFIX: Final = "/v1/workflows"
"""The beginning of all of their paths."""


@final
@attrs.frozen
class Payloads:
    """The payloads of a request and its response.

    Attributes:
        identifier: The parameter of the path: the ID of an execution, or the one of a workflow.
        input: What the input in the request is for, if it has one.
        output: What the response has that contains payloads, if anything.
    """

    identifier: str
    input: Input | None
    output: Output | None


def _pattern(path: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(re.escape(path).replace(r"\{\}", "([^/]+)") + "$").search


_PATTERNS: Final[
    list[tuple[str, Callable[[str], re.Match[str] | None], Input | None, Output | None]]
] = [(method, _pattern(path), input_, output) for method, path, input_, output in OPERATIONS]


def payloads_of(request: Request) -> Payloads | None:
    """Return what payloads a request and its response have, if any. Its URL decides."""
    if PREFIX not in request.url:  # The way of most requests.
        return None
    path = urlsplit(request.url).path
    for method, find, input_, output in _PATTERNS:
        if method == request.method and (match := find(path)):
            return Payloads(unquote("".join(match.groups())), input_, output)
    return None
