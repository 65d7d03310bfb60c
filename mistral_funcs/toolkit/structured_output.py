"""Structured output: responses as instances of a class."""

import re
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from inspect import signature
from json import JSONDecoder
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

import attrs

from mistral_core import (
    Call,
    Err,
    Failure,
    InvalidRequestError,
    Ok,
    ResponseValidationError,
    Result,
)
from mistral_core.response.json_text import decode_json
from mistral_funcs.schemas.shared.completions import JsonSchema, ResponseFormat
from mistral_funcs.toolkit.strict_schema import WRAPPER, is_wrapped, strict_schema_of
from mistral_funcs.toolkit.typed.structure import faults, structure_value

__all__ = ["parse", "response_format_of", "structure_text"]

if TYPE_CHECKING:
    from typing_extensions import TypeForm

FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})[ \t]*(?:[A-Za-z][\w+.-]*)?\s*")
"""The start of a Markdown fence, with an optional language name."""

P = ParamSpec("P")
T = TypeVar("T")

_decoder = JSONDecoder()
"""Finds the end of a value. The value itself is decoded by `decode_json`."""


class TextResponse(Protocol):
    """A response with text, such as `ChatCompletionResponse`."""

    @property
    def text(self) -> str:
        """The text."""
        ...


async def parse(
    schema: "TypeForm[T]",
    function: Callable[P, Coroutine[Any, Any, Result[TextResponse, Failure]]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Result[T, Failure]:
    """Generate a completion as an instance of a class: `parse(Person, chat_complete, client, ...)`.

    Args:
        schema: An attrs class, dataclass, `TypedDict`, `NamedTuple` or pydantic model, or another
            type that JSON can represent. Its strict JSON schema is sent as `response_format`.
        function: The operation to call: `chat_complete`, `agents_complete`, or one that starts,
            continues or restarts a conversation.
        args: Its positional arguments: the client.
        kwargs: Its keyword arguments, except `response_format`.

    Returns:
        An instance of the class, or a `ResponseValidationError` if the response does not match it,
        with the text as `body`.
    """
    call: Any = function
    try:
        arguments = with_response_format(schema, function, kwargs)
    except TypeError as error:
        return Err(InvalidRequestError(str(error), "schema"))
    result: Result[TextResponse, Failure] = await call(*args, **arguments)
    if isinstance(result, Err):
        return result
    has_choices = bool(getattr(result.value, "choices", True))
    reason = finish_reason(result.value) if has_choices else "no choices"
    text = _last_text(result.value)
    structured = structure_response(text, schema, result.call, reason)
    return attrs.evolve(structured, call=result.call)


def _last_text(response: TextResponse) -> str:
    """Return the text of a response, of the last message if a conversation added several."""
    outputs: Sequence[Any] = getattr(response, "outputs", ())
    texts = [each.text for each in outputs if hasattr(each, "text")]
    return texts[-1] if texts else response.text


def finish_reason(response: Any) -> str | None:
    """Return why the first choice of a completion, or of a chunk of it, ended."""
    choices = getattr(response, "choices", ())
    return next((each.finish_reason for each in choices if not each.index), None)


def with_response_format(
    schema: "TypeForm[Any]", function: Callable[..., Any], arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the arguments of an operation with a `response_format`.

    Conversations have it in `completion_args`, whose other fields are kept.

    Raises:
        TypeError: The class has no JSON schema.
    """
    response_format = response_format_of(schema)
    parameters = signature(function).parameters
    if "completion_args" not in parameters:
        return {**arguments, "response_format": response_format}
    given: Any = arguments.get("completion_args") or {}
    evolve: Any = dict if isinstance(given, Mapping) else attrs.evolve
    return {**arguments, "completion_args": evolve(given, response_format=response_format)}


def structure_response(
    text: str, schema: "TypeForm[T]", call: Call, reason: str | None
) -> Result[T, ResponseValidationError]:
    """Structure the text of a response. An error has the metadata of the call."""
    structured = structure_text(text, schema)
    if isinstance(structured, Ok):
        return structured
    failure = structured.error
    suffix = f" (finish reason: {reason})" if reason else ""
    return Err(
        ResponseValidationError(
            f"{failure.message}{suffix}",
            failure.path,
            failure.errors,
            call.status or failure.status,
            call.request_id,
            call.headers,
            failure.body,
        )
    )


def response_format_of(schema: "TypeForm[Any]") -> ResponseFormat:
    """Return the `response_format` for JSON that matches a class.

    The schema is strict: all fields are required, and those with a default may be `null`. A type
    that is not an object is in the field `value` of one; `structure_text` removes it.

    Args:
        schema: An attrs class, dataclass, `TypedDict`, `NamedTuple` or pydantic model, or another
            type that JSON can represent. The model sees its docstring, and descriptions in the
            metadata of its fields or in `Annotated`.

    Returns:
        The format, for any operation with a `response_format`.

    Raises:
        TypeError: The class has no JSON schema.
    """
    name = re.sub(r"[^a-zA-Z0-9_-]+", "_", getattr(schema, "__name__", "response"))[:64]
    json_schema = JsonSchema(name=name, schema=strict_schema_of(schema), strict=True)
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
        structured: T = structure_value(_unwrapped(value, schema), schema)
    except Exception as error:  # noqa: BLE001
        errors = faults(error)
        reasons = tuple(map(str, errors))
        message = f"The text of the response does not match the schema: {'; '.join(reasons)}"
        return Err(ResponseValidationError(message, errors[0].path, reasons, body=body))
    return Ok(structured)


def _unwrapped(value: Any, schema: Any) -> Any:
    """Return the value in the object of a strict schema, if the schema has one."""
    if value.__class__ is dict and value.keys() == {WRAPPER} and is_wrapped(schema):
        return value[WRAPPER]
    return value


def _decode(body: bytes, text: str) -> object:
    """Decode JSON, or the JSON in the only fence that contains any.

    Raises:
        ValueError: The text contains no JSON, or several values.
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
