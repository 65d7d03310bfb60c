"""The arguments of tool calls as mappings."""

from collections.abc import Mapping
from typing import Any, Protocol

from mistral_core import Err, InvalidDataError, Ok, Result, from_json
from mistral_funcs.schemas.shared.messages import ToolCall

__all__ = ["tool_arguments"]


class _Call(Protocol):
    @property
    def arguments(self) -> Mapping[str, Any] | str | None: ...


def tool_arguments(call: ToolCall | _Call) -> Result[dict[str, Any], InvalidDataError]:
    """Return the arguments of a tool call, which the API sends as a JSON string or as an object.

    Args:
        call: A complete call: a `ToolCall` or `FunctionCall` of a chat, a `FunctionCallEntry` of a
            conversation, or a `ResponsesFunctionToolCall`.

    Returns:
        The arguments, or an empty mapping if the call has none. An `Err` if they are invalid
        JSON, which models sometimes write.
    """
    function: _Call = call.function if isinstance(call, ToolCall) else call
    arguments = function.arguments
    if isinstance(arguments, Mapping):
        return Ok(dict(arguments))
    if arguments is None or arguments.strip() in ("", "null"):
        return Ok({})
    result = from_json(dict[str, Any], arguments)
    if isinstance(result, Err):
        message = f"The arguments are not a JSON object: {result.error.errors[0]}"
        return Err(InvalidDataError(message, errors=result.error.errors))
    return result
