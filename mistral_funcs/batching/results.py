"""What came of the requests of a batch: one outcome for each."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, final

import attrs

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    InvalidRequestError,
    MistralError,
    Ok,
    RequestTimeoutError,
    Response,
    Result,
)
from mistral_core.answers import decode_json, read_json, read_value
from mistral_core.error_bodies import read_error
from mistral_core.operation import encode_json
from mistral_funcs.batching.folder import BatchFolder, Part

if TYPE_CHECKING:
    from typing_extensions import TypeForm

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@final
@attrs.frozen
class BatchOutcome(Generic[T_co]):
    """Hold what came of one request.

    Attributes:
        custom_id: The id of the request: its own, or else its number, from 0.
        result: `Ok` with the answer, or `Err`.
    """

    custom_id: str
    result: Result[T_co, Failure]


async def outcomes_of(
    folder: BatchFolder, part: Part, schema: "TypeForm[T]"
) -> AsyncIterator[BatchOutcome[T]]:
    """Go through what came of the requests of a part: one outcome for each."""
    missing = {
        str(_object(line).get("custom_id")): None async for line in folder.lines(part, "requests")
    }
    for kind in ("output", "errors"):
        async for line in folder.lines(part, kind):
            told = _object(line)
            custom_id = str(told.get("custom_id"))
            if custom_id in missing:
                del missing[custom_id]
                yield BatchOutcome(custom_id, _result(told, schema))
    for custom_id in missing:
        yield BatchOutcome(custom_id, Err(_unanswered(part)))
    async for line in folder.lines(part, "refused"):
        told = _object(line)
        refused = InvalidRequestError(str(told.get("message")), "requests")
        yield BatchOutcome(str(told.get("custom_id")), Err(refused))


def _object(line: bytes) -> dict[str, Any]:
    """Return the object of a line; what is none says nothing."""
    try:
        value: Any = decode_json(line)
    except (ValueError, RecursionError):
        return {}
    return value if value.__class__ is dict else {}


def _result(told: Mapping[str, Any], schema: "TypeForm[T]") -> Result[T, Failure]:
    """Return what a line of results says of its request."""
    response: Any = told.get("response")
    status: Any = response.get("status_code") if response.__class__ is dict else None
    body: Any = response.get("body") if response.__class__ is dict else told.get("error")
    if status.__class__ is not int or not 200 <= status < 300:
        text = body.encode() if isinstance(body, str) else encode_json(body or told.get("error"))
        known: int = status if status.__class__ is int and 400 <= status < 600 else 500
        return Err(read_error(Response(known, body=text)))
    with suppress(MistralError):
        made: T = read_value(Response(status), body, schema)
        return Ok(made)
    try:  # Once more, now with the body, which an error shows.
        return Ok(read_json(Response(status, body=json.dumps(body).encode()), schema))
    except MistralError as error:
        return Err(cast("Failure", error))


def _unanswered(part: Part) -> Failure:
    """Return the error of a request of which no result came."""
    message = f"The job {part.job_id} ended with {part.status}, without a result of this request"
    if part.status == "TIMEOUT_EXCEEDED":
        return RequestTimeoutError(message, "deadline")
    return APIConnectionError(message, temporary=part.status != "CANCELLED")
