"""Requests and results of a batch as JSON Lines files."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from mistral_core import InvalidRequestError, Ok
from mistral_core.response.json_text import decode_exactly
from mistral_funcs.toolkit.batching.lines import LINES_AT_ONCE
from mistral_funcs.toolkit.batching.results import BatchOutcome


async def read_requests(path: Path) -> AsyncGenerator[Mapping[str, Any], None]:
    """Yield the requests of a JSON Lines file. Blank lines are left out.

    Raises:
        InvalidRequestError: A line is not a request, or the file cannot be read.
    """
    number = 0
    try:
        with path.open("rb") as file:
            while lines := await asyncio.to_thread(lambda: [*islice(file, LINES_AT_ONCE)]):
                for line in lines:
                    number += 1
                    if line.strip():
                        yield _request(line)
    except (OSError, ValueError, RecursionError) as error:
        place = f"line {number} of " if number else ""
        raise InvalidRequestError(f"{place}`{path}`: {error}", "requests") from None


def _request(line: bytes) -> Mapping[str, Any]:
    request: Any = decode_exactly(line)
    if request.__class__ is not dict or request.get("body").__class__ is not dict:
        raise ValueError('it is not a request: {"custom_id": "...", "body": {...}}')
    return dict(request)


def result_line(outcome: BatchOutcome[Any]) -> bytes:
    """Return the line of an outcome, in the form of the API's results."""
    line: dict[str, Any] = {"custom_id": outcome.custom_id, "response": None, "error": None}
    if isinstance(outcome.result, Ok):
        line["response"] = {"status_code": 200, "body": outcome.result.value}
    else:
        error = outcome.result.error
        status = getattr(error, "status", None)
        if status is not None:
            line["response"] = {"status_code": status, "body": None}
        names = ("type", "code", "param")
        details = {name: getattr(error, name, None) for name in names}
        line["error"] = {
            "message": error.message,
            **{name: each for name, each in details.items() if each is not None},
        }
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
