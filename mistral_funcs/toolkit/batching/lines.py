"""Requests of a batch as JSON lines."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping
from typing import Any, TypeAlias

from mistral_core import UNSET, InvalidRequestError, MistralError
from mistral_core.request.encode import encode_json
from mistral_funcs.schemas.batch.jobs import BatchRequest

Requests: TypeAlias = (
    Iterable[BatchRequest | Mapping[str, Any]] | AsyncIterable[BatchRequest | Mapping[str, Any]]
)

NumberedLines: TypeAlias = AsyncIterator[tuple[str, bytes | InvalidRequestError]]
"""The ID of each request with its JSON line, or with an error if it cannot be encoded."""

LINES_AT_ONCE = 500
"""Number of requests after which to yield to the event loop."""


async def numbered_lines(requests: Requests) -> NumberedLines:
    """Yield the ID and JSON line of each request, or an error if it cannot be encoded.

    Raises:
        InvalidRequestError: An item is not a request, or iterating over them failed.
    """
    number = 0
    try:
        if isinstance(requests, AsyncIterable):
            async for request in requests:
                yield _line(request, number)
                number += 1
        else:
            for request in requests:
                yield _line(request, number)
                number += 1
                if number % LINES_AT_ONCE == 0:
                    await asyncio.sleep(0)
    except MistralError:
        raise
    except Exception as error:
        message = f"Could not read request {number}: {error!r}"
        raise InvalidRequestError(message, "requests") from error


def _line(request: object, number: int) -> tuple[str, bytes | InvalidRequestError]:
    given: Any = request
    is_mapping = isinstance(request, Mapping)
    body: Any = given.get("body") if is_mapping else getattr(given, "body", None)
    given_id: Any = given.get("custom_id") if is_mapping else getattr(given, "custom_id", None)
    if not _is_mapping(body):
        message = f"Request {number} has no `body`. Pass a `BatchRequest` or an equivalent mapping."
        raise InvalidRequestError(message, "requests")
    custom_id = str(number) if given_id is None or given_id is UNSET else str(given_id)
    try:
        return custom_id, encode_json({"custom_id": custom_id, "body": body}) + b"\n"
    except InvalidRequestError as error:
        return custom_id, error


def _is_mapping(value: Any) -> bool:
    return isinstance(value, Mapping)
