"""The operations of the API that have payloads, and where the payloads are."""

import re
from collections.abc import Callable
from typing import Final, Literal, TypeAlias, final
from urllib.parse import unquote, urlsplit

import attrs

from mistral_core.http.messages import Request

Input: TypeAlias = Literal["execution", "invocation", "new schedule", "schedule"]
"""The purpose of the input in a request."""

Output: TypeAlias = Literal["result", "schedule", "schedules", "events", "stream"]
"""The part of a response that contains payloads."""

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
"""Each operation with payloads: method, path with `{}` for its parameter, and their places."""

PREFIX: Final = "/v1/workflows"
"""The beginning of all of their paths."""


@final
@attrs.frozen
class Payloads:
    """The payloads of a request and its response.

    Attributes:
        identifier: The parameter of the path: the ID of an execution, or the one of a workflow.
        input: The purpose of the input in the request, if it has one.
        output: The part of the response that contains payloads, if any.
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
    """Return which payloads a request and its response have, if any, by the URL."""
    if PREFIX not in request.url:  # Most requests end here.
        return None
    path = urlsplit(request.url).path
    for method, find, input_, output in _PATTERNS:
        if method == request.method and (match := find(path)):
            return Payloads(unquote("".join(match.groups())), input_, output)
    return None
