"""Outcomes of the requests of a batch."""

import json
import re
from collections.abc import AsyncGenerator, Mapping
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
    ResponseValidationError,
    Result,
)
from mistral_core.response.decode import read_json, read_value
from mistral_core.response.error_bodies import read_error
from mistral_core.response.json_text import decode_exactly
from mistral_core.structuring.converter import faults
from mistral_core.structuring.primitives import wrong_type
from mistral_funcs.toolkit.batching.folder import RESULTS, BatchFolder
from mistral_funcs.toolkit.batching.manifest import Part

__all__ = ["BatchOutcome"]

if TYPE_CHECKING:
    from typing_extensions import TypeForm

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

CUSTOM_ID = re.compile(rb'"custom_id"\s*:\s*"([^"\\\x00-\x1f]*)"')
"""The ID of a request in a result line."""


@final
@attrs.frozen
class BatchOutcome(Generic[T_co]):
    """The outcome of one request of a batch.

    Attributes:
        custom_id: `custom_id` of the request. Defaults to its number, from 0.
        result: `Ok` with the response, or `Err`.
    """

    custom_id: str
    result: Result[T_co, Failure]


async def outcomes_of(
    folder: BatchFolder, part: Part, schema: "TypeForm[T]", lost: Failure | None
) -> AsyncGenerator[BatchOutcome[T], None]:
    """Yield one outcome for each request of a part.

    Args:
        folder: The folder of the batch.
        part: The part.
        schema: The type of a successful response.
        lost: The error if the server has deleted results of the part.
    """
    missing = {
        str(_parse(line)["custom_id"]): None async for line in folder.lines(part, "requests")
    }
    invalid: dict[str, Failure] = {}
    unassigned = 0
    for kind in RESULTS:
        async for line in folder.lines(part, kind):
            if line.isspace():
                continue
            custom_id, result = _read(line)
            if custom_id is None:
                unassigned += 1
            elif isinstance(result, ResponseValidationError):
                invalid.setdefault(custom_id, result)
            elif custom_id in missing:
                del missing[custom_id]
                yield BatchOutcome(custom_id, _result(result, line, schema))
    for custom_id in missing:
        failure = invalid.get(custom_id) or lost or _unanswered(part, unassigned)
        yield BatchOutcome(custom_id, Err(failure))
    async for line in folder.lines(part, "refused"):
        refused = _parse(line)
        refusal = InvalidRequestError(str(refused["message"]), "requests")
        yield BatchOutcome(str(refused["custom_id"]), Err(refusal))


def _parse(line: bytes) -> dict[str, Any]:
    """Decode a line.

    Raises:
        Exception: The line is not a JSON object.
    """
    value: Any = decode_exactly(line)
    if value.__class__ is not dict:
        raise wrong_type("an object", value)
    return cast("dict[str, Any]", value)


def _read(line: bytes) -> tuple[str | None, dict[str, Any] | ResponseValidationError]:
    """Return the request ID and the content of a result line."""
    try:
        result = _parse(line)
    except Exception as error:  # noqa: BLE001
        match = CUSTOM_ID.search(line)
        return match and match[1].decode("utf-8", "replace"), _invalid(error, line)
    custom_id = result.get("custom_id")
    return custom_id if isinstance(custom_id, str) else None, result


def _result(result: Mapping[str, Any], line: bytes, schema: "TypeForm[T]") -> Result[T, Failure]:
    """Return the response or error in a result line."""
    response: Any = result.get("response")
    fields: Mapping[str, Any] = response if response.__class__ is dict else {}
    status: Any = fields.get("status_code")
    body: Any = fields.get("body")
    content: Any = body or result.get("error")
    if status.__class__ is int and 200 <= status < 300:
        return _structured(status, body, line, schema)
    if status.__class__ is int or content is not None:
        error_status: int = status if status.__class__ is int and 400 <= status < 600 else 500
        text = content if isinstance(content, str) else json.dumps(content)
        return Err(read_error(Response(error_status, body=text.encode("utf-8", "replace"))))
    return Err(_invalid(ValueError("has neither a response nor an error"), line))


def _structured(status: int, body: Any, line: bytes, schema: "TypeForm[T]") -> Result[T, Failure]:
    """Return the structured response of a result line."""
    with suppress(MistralError):
        value: T = read_value(Response(status), body, schema)
        return Ok(value)
    try:  # Repeat with the body, for an error that quotes it.
        return Ok(read_json(Response(status, body=json.dumps(body).encode()), schema))
    except ResponseValidationError as error:
        return Err(attrs.evolve(error, body=line).with_traceback(None))
    except MistralError as error:
        return Err(cast("Failure", error.with_traceback(None)))


def _invalid(error: Exception, line: bytes) -> ResponseValidationError:
    """Return the error for an invalid result line."""
    reasons = tuple(map(str, faults(error)))
    message = f"Invalid result: {'; '.join(reasons)}"
    return ResponseValidationError(message, errors=reasons, body=line)


def _unanswered(part: Part, unassigned: int) -> Failure:
    """Return the error for a request without a result."""
    message = (
        f"Job {part.job_id} ended with status {part.status}, without a result for this request"
    )
    if unassigned:
        message += f". Results without a request id: {unassigned}"
    if part.status == "TIMEOUT_EXCEEDED":
        return RequestTimeoutError(message, "deadline")
    return APIConnectionError(message, temporary=part.status != "CANCELLED")
