"""The requests of a batch, as the lines that they are sent as."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping
from typing import Any, TypeAlias

from mistral_core import UNSET, InvalidRequestError, MistralError
from mistral_core.request.encode import encode_json
from mistral_funcs.schemas.batch.jobs import BatchRequest

Requests: TypeAlias = (
    Iterable[BatchRequest | Mapping[str, Any]] | AsyncIterable[BatchRequest | Mapping[str, Any]]
)

LINES_AT_ONCE = 500
"""After how many requests others get their turn."""


async def numbered_lines(
    requests: Requests,
) -> AsyncIterator[tuple[str, bytes | InvalidRequestError]]:
    """Go through requests, each with its id and as the line that it is sent as.

    Raises:
        InvalidRequestError: One of them is none, or they could not be read to their end.
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
        message = f"The requests could not be read beyond number {number}: {error!r}"
        raise InvalidRequestError(message, "requests") from error


def _line(request: object, number: int) -> tuple[str, bytes | InvalidRequestError]:
    given: Any = request
    is_mapping = isinstance(request, Mapping)
    body: Any = given.get("body") if is_mapping else getattr(given, "body", None)
    told: Any = given.get("custom_id") if is_mapping else getattr(given, "custom_id", None)
    if not _is_mapping(body):
        message = f"Request {number} has no `body`: it must be a BatchRequest, or a mapping like it"
        raise InvalidRequestError(message, "requests")
    custom_id = str(number) if told is None or told is UNSET else str(told)
    try:
        return custom_id, encode_json({"custom_id": custom_id, "body": body}) + b"\n"
    except InvalidRequestError as error:
        return custom_id, error


def _is_mapping(value: Any) -> bool:
    return isinstance(value, Mapping)
