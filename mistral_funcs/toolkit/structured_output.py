"""Structured output: responses as instances of an attrs class."""

import re
from collections.abc import Callable, Coroutine
from contextlib import suppress
from json import JSONDecoder
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from mistral_core import (
    Err,
    Failure,
    InvalidRequestError,
    Ok,
    ResponseValidationError,
    Result,
)
from mistral_core.response.decode import decode_json
from mistral_core.structuring.converter import converter, faults
from mistral_funcs.schemas.shared.completions import (
    ChatCompletionResponse,
    JsonSchema,
    ResponseFormat,
)
from mistral_funcs.toolkit.json_schema import json_schema_of

__all__ = ["parse", "response_format_of", "structure_text"]

if TYPE_CHECKING:
    from typing_extensions import TypeForm

FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})[ \t]*(?:[A-Za-z][\w+.-]*)?\s*")
"""The start of a Markdown fence, with an optional language name."""

P = ParamSpec("P")
T = TypeVar("T")

_decoder = JSONDecoder()
"""Finds the end of a value. The value itself is decoded by `decode_json`."""


async def parse(
    schema: "TypeForm[T]",
    function: Callable[P, Coroutine[Any, Any, Result[ChatCompletionResponse, Failure]]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Result[T, Failure]:
    """Generate a completion as an instance of a class: `parse(Person, chat_complete, client, ...)`.

    Args:
        schema: An attrs class. Its JSON schema is sent as `response_format`.
        function: The operation to call: `chat_complete` or `agents_complete`.
        args: Its positional arguments: the client.
        kwargs: Its keyword arguments, except `response_format`.

    Returns:
        An instance of the class, or a `ResponseValidationError` if the response does not match it,
        with the text as `body`.
    """
    call: Any = function
    try:
        response_format = response_format_of(schema)
    except TypeError as error:
        return Err(InvalidRequestError(str(error), "schema"))
    result: Result[ChatCompletionResponse, Failure]
    result = await call(*args, **{**kwargs, "response_format": response_format})
    if isinstance(result, Err):
        return result
    completion = result.value
    structured = structure_text(completion.text, schema)
    if isinstance(structured, Ok):
        return Ok(structured.value, call=result.call)
    failure = structured.error
    reason = completion.choices[0].finish_reason if completion.choices else "no choices"
    return Err(
        ResponseValidationError(
            f"{failure.message} (finish reason: {reason})",
            failure.path,
            failure.errors,
            result.call.status or failure.status,
            result.call.request_id,
            result.call.headers,
            failure.body,
        ),
        call=result.call,
    )


def response_format_of(schema: "TypeForm[Any]") -> ResponseFormat:
    """Return the `response_format` for JSON that matches a class.

    Args:
        schema: An attrs class. The model sees its docstring, and the `description` in the metadata
            of its fields.

    Returns:
        The format, for any operation with a `response_format`.

    Raises:
        TypeError: The class has no JSON schema.
    """
    name = getattr(schema, "__name__", "answer")
    json_schema = JsonSchema(name=name, schema=json_schema_of(schema), strict=True)
    return ResponseFormat(type="json_schema", json_schema=json_schema)


def structure_text(text: str, schema: "TypeForm[T]") -> Result[T, ResponseValidationError]:
    """Parse the text of a response as JSON, plain or in a Markdown fence, and structure it.

    Text around a fence is ignored. Several fences with JSON are ambiguous, and return an `Err`.

    Args:
        text: The text of the response.
        schema: The type of the value.

    Returns:
        The value, or an `Err` with the text as `body` if it does not match.
    """
    body = text.encode(errors="surrogatepass")
    try:
        value = _decode(body, text)
    except (ValueError, RecursionError) as error:
        message = f"The text of the response is not JSON: {error}"
        return Err(ResponseValidationError(message, body=body))
    try:
        structured: T = converter.structure(value, cast("type[T]", schema))
    except Exception as error:  # noqa: BLE001
        errors = faults(error)
        reasons = tuple(map(str, errors))
        message = f"The text of the response does not match the schema: {'; '.join(reasons)}"
        return Err(ResponseValidationError(message, errors[0].path, reasons, body=body))
    return Ok(structured)


def _decode(body: bytes, text: str) -> object:
    """Decode JSON, or the JSON in the only fence that contains any.

    Raises:
        ValueError: There is no JSON, or it is ambiguous.
        RecursionError: It is nested too deeply.
    """
    try:
        return decode_json(body)
    except ValueError:
        fenced = _fenced_json(text)
        if not fenced:
            raise
    if len(fenced) > 1:
        raise ValueError(f"it contains {len(fenced)} Markdown fences with JSON")
    return decode_json(fenced[0].encode(errors="surrogatepass"))


def _fenced_json(text: str) -> list[str]:
    """Return the JSON in Markdown fences. A fence inside a JSON string is part of the string."""
    blocks: list[str] = []
    start = 0
    while opening := FENCE.search(text, start):
        fence, start = opening["fence"], opening.end()
        end = start
        with suppress(ValueError, RecursionError):
            _, end = _decoder.raw_decode(text, start)
        after = text[end:].lstrip()
        if end > start and (not after or after.startswith(fence)):
            blocks.append(text[start:end])
        closing = text.find(fence, end)
        if closing < 0:
            break
        start = closing + len(fence)
    return blocks
