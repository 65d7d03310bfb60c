"""Structured output: an attrs class of the caller's as the format of an answer."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from mistral_core import (
    Err,
    Failure,
    InvalidRequestError,
    Ok,
    ResponseValidationError,
    Result,
)
from mistral_core.answers import decode_json
from mistral_core.converter import converter, faults
from mistral_funcs.json_schema import json_schema_of
from mistral_funcs.schemas.chat import ChatCompletionResponse, JsonSchema, ResponseFormat

if TYPE_CHECKING:
    from typing_extensions import TypeForm

P = ParamSpec("P")
T = TypeVar("T")


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
    """Structure an answer in JSON.

    Args:
        text: What the model said.
        schema: What it is to be.

    Returns:
        The value; an `Err` where the text does not fit, with the text as its `body`.
    """
    body = text.encode()
    try:
        value = decode_json(body)
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
