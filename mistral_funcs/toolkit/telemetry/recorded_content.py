"""The content of calls, runs and tool calls: recorded on request, and redacted by the caller."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias, final

import attrs

from mistral_core.structuring.converter import converter, request_converter
from mistral_funcs.toolkit.conversation_folding import fold_conversation
from mistral_funcs.toolkit.folding import fold_completion
from mistral_funcs.toolkit.telemetry.message_parts import input_messages, output_messages, parts_of

Redact: TypeAlias = Callable[[str, Any], Any]
"""A function of an attribute's name and its value. It returns what to record, or `None`."""

Values: TypeAlias = Mapping[str, Any]

INPUTS: Final = ("messages", "inputs", "input", "prompt")
"""The arguments that contain messages or text for the model."""

WITH_INPUT: Final = frozenset({"chat", "invoke_agent", "text_completion"})
"""The operations whose input consists of messages or text."""

logger = logging.getLogger("mistral_funcs")


@final
@attrs.frozen
class Content:
    """Whether content is recorded, and how it is redacted.

    Attributes:
        enabled: Whether content is recorded.
        redact: The caller's function that redacts it.
    """

    enabled: bool = False
    redact: Redact | None = None

    def record(self, values: Callable[[], Values]) -> dict[str, str]:
        """Return content as JSON, by attribute. What cannot be recorded or redacted is left out."""
        recorded: dict[str, str] = {}
        if not self.enabled:
            return recorded
        try:
            for name, value in values().items():
                shown = value if self.redact is None else self.redact(name, value)
                if shown is not None:
                    recorded[name] = json.dumps(shown, ensure_ascii=False)
        except Exception:
            logger.exception("Left out content that cannot be recorded or redacted")
        return recorded


def request_content(operation: str, arguments: Values) -> Values:
    """Return the content of the arguments of a call or run: messages, instructions and tools."""
    names = (*INPUTS, "instructions", "tools", "suffix")
    given: dict[str, Any] = request_converter.unstructure(
        {name: arguments[name] for name in names if name in arguments}
    )
    content: dict[str, Any] = {}
    if given.get("instructions"):
        content["gen_ai.system_instructions"] = parts_of(given["instructions"])
    if operation in WITH_INPUT:
        messages = next((given[name] for name in INPUTS if given.get(name)), None)
        if messages is not None:
            suffix = [given["suffix"]] if given.get("suffix") else []
            content["gen_ai.input.messages"] = input_messages(messages, *suffix)
    if given.get("tools"):
        content["gen_ai.tool.definitions"] = [*map(_definition, given["tools"])]
    return content


def _definition(tool: Any) -> Values:
    function = tool.get("function", tool)
    named = {"name": function["name"]} if "name" in function else {}
    return {"type": tool.get("type", "function"), **named}


def response_content(response: Any) -> Values:
    """Return the content of a response: the messages of the model."""
    messages = output_messages(converter.unstructure(response))
    return {"gen_ai.output.messages": messages} if messages else {}


def stream_content(items: Sequence[Any]) -> Values:
    """Return the content of the items of a stream."""
    response: Any = None
    if any(hasattr(item, "choices") for item in items):
        response = fold_completion(items)
    elif any(hasattr(item, "response") for item in items):
        response = next(item.response for item in reversed(items) if hasattr(item, "response"))
    elif any(str(getattr(item, "type", "")).startswith("conversation.") for item in items):
        response = fold_conversation(items)
    return {} if response is None else response_content(response)
