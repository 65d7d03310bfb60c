"""Structured output: an attrs class of the caller's as the format of an answer."""

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
"""The beginning of a Markdown fence, with the name of its language."""

P = ParamSpec("P")
T = TypeVar("T")

_decoder = JSONDecoder()
"""Finds the end of a value; `decode_json` is what reads it."""


async def parse(
    schema: "TypeForm[T]",
    function: Callable[P, Coroutine[Any, Any, Result[ChatCompletionResponse, Failure]]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Result[T, Failure]:
    """Ask for an answer of a class, and structure it: `parse(Person, chat_complete, client, ...)`.

    Args:
        schema: An attrs class: its JSON schema is sent as `response_format`.
        function: The operation to call: `chat_complete` or `agents_complete`.
        args: Its positional arguments: the client.
        kwargs: Its other arguments, without `response_format`.

    Returns:
        What the answer says, as an instance of the class; a `ResponseValidationError` where it
        does not fit, with the text as its `body`.
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
    answer = result.value
    structured = structure_text(answer.text, schema)
    if isinstance(structured, Ok):
        return Ok(structured.value, call=result.call)
    wrong = structured.error
    reason = answer.choices[0].finish_reason if answer.choices else "no choices"
    return Err(
        ResponseValidationError(
            f"{wrong.message} (finish reason: {reason})",
            wrong.path,
            wrong.errors,
            result.call.status or wrong.status,
            result.call.request_id,
            result.call.headers,
            wrong.body,
        ),
        call=result.call,
    )


def response_format_of(schema: "TypeForm[Any]") -> ResponseFormat:
    """Return the `response_format` that asks for JSON of a class.

    Args:
        schema: An attrs class; its docstring, and a `description` in the metadata of a field,
            are told to the model.

    Returns:
        The format, for any function that takes one.

    Raises:
        TypeError: The class holds what JSON does not.
    """
    name = getattr(schema, "__name__", "answer")
    made = JsonSchema(name=name, schema=json_schema_of(schema), strict=True)
    return ResponseFormat(type="json_schema", json_schema=made)


def structure_text(text: str, schema: "TypeForm[T]") -> Result[T, ResponseValidationError]:
    """Structure an answer in JSON, bare or in a Markdown fence.

    Prose around a fence is ignored. Several fences with JSON are ambiguous, and an `Err`.

    Args:
        text: What the model said.
        schema: What it is to be.

    Returns:
        The value; an `Err` where the text does not fit, with the text as its `body`.
    """
    body = text.encode(errors="surrogatepass")
    try:
        value = _decode(body, text)
    except (ValueError, RecursionError) as error:
        message = f"The text of the answer is not JSON: {error}"
        return Err(ResponseValidationError(message, body=body))
    try:
        made: T = converter.structure(value, cast("type[T]", schema))
    except Exception as error:  # noqa: BLE001
        found = faults(error)
        message = f"The text of the answer does not fit: {'; '.join(map(str, found))}"
        told = tuple(map(str, found))
        return Err(ResponseValidationError(message, found[0].path, told, body=body))
    return Ok(made)


def _decode(body: bytes, text: str) -> object:
    """Parse JSON, or the JSON in the only fence that has any.

    Raises:
        ValueError: There is none, or it is ambiguous.
        RecursionError: It is nested too deep.
    """
    try:
        return decode_json(body)
    except ValueError:
        fenced = _fenced_json(text)
        if not fenced:
            raise
    if len(fenced) > 1:
        raise ValueError(f"it has {len(fenced)} Markdown fences with JSON")
    return decode_json(fenced[0].encode(errors="surrogatepass"))


def _fenced_json(text: str) -> list[str]:
    """Return the JSON in Markdown fences. A fence inside a JSON string is part of the string."""
    found: list[str] = []
    start = 0
    while opening := FENCE.search(text, start):
        fence, start = opening["fence"], opening.end()
        end = start
        with suppress(ValueError, RecursionError):
            _, end = _decoder.raw_decode(text, start)
        after = text[end:].lstrip()
        if end > start and (not after or after.startswith(fence)):
            found.append(text[start:end])
        closing = text.find(fence, end)
        if closing < 0:
            break
        start = closing + len(fence)
    return found
