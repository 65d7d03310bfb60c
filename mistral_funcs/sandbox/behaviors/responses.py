"""The Responses API: a chat in another format, without stored responses."""

from collections.abc import Mapping
from typing import Any

from mistral_core import Response
from mistral_core.structuring.converter import converter
from mistral_funcs.responses.count_input_tokens import responses_count_input_tokens
from mistral_funcs.responses.create import responses_create
from mistral_funcs.sandbox.behaviors.message_rules import Message, check_messages
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.replies import reply, text_of_message
from mistral_funcs.sandbox.behaviors.response_events import stream_response
from mistral_funcs.sandbox.behaviors.response_items import chat_of, output_of
from mistral_funcs.sandbox.behaviors.tokens import count
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.responses.output import (
    ResponsesFunctionToolCall,
    ResponsesOutputItem,
    ResponsesOutputMessage,
    ResponsesReasoningItem,
)
from mistral_funcs.schemas.responses.response import (
    CountResponseInputTokensResponse,
    CreateResponseResponse,
)

ECHOED = (
    *("instructions", "metadata", "temperature", "top_p", "max_output_tokens", "max_tool_calls"),
    *("parallel_tool_calls", "tools", "tool_choice", "reasoning", "text", "truncation"),
    *("prompt_cache_key", "top_logprobs"),
)
"""The arguments that a response repeats."""


@responds_to(responses_create)
def create_response(
    state: State, arguments: Mapping[str, Any], model: str, *, stream: bool
) -> CreateResponseResponse | Response:
    """Create a response."""
    card = choose_model(state, model, lambda card: card.capabilities.completion_chat)
    if arguments.get("previous_response_id") is not None:
        refuse(400, "Responses are not stored and cannot be continued.")
    sent: dict[str, Any] = converter.unstructure(dict(arguments))
    chat = chat_of(sent)
    messages: list[Message] = chat["messages"]
    check_messages(messages)
    choice = reply(state, chat, 0)
    output = output_of(state, choice)
    read, written = sum(map(_count_message, messages)), sum(map(_count_item, output))
    thought = sum(_count_item(each) for each in output if isinstance(each, ResponsesReasoningItem))
    is_complete = choice.finish_reason != "length"
    created = state.tick()
    response: dict[str, Any] = {
        "tool_choice": "auto",
        "tools": [],
        "parallel_tool_calls": True,
        **{name: sent[name] for name in ECHOED if sent.get(name) is not None},
        "object": "response",
        "id": f"resp_{state.new_id()}",
        "created_at": created,
        "completed_at": created if is_complete else None,
        "model": card.id,
        "background": False,
        "output": converter.unstructure(output),
        "status": "completed" if is_complete else "incomplete",
        "incomplete_details": None if is_complete else {"reason": "max_output_tokens"},
        "usage": {
            "input_tokens": read,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": written,
            "output_tokens_details": {"reasoning_tokens": thought},
            "total_tokens": read + written,
        },
    }
    structured = converter.structure(response, CreateResponseResponse)
    return stream_response(structured) if stream else structured


@responds_to(responses_count_input_tokens)
def count_input_tokens(
    state: State, arguments: Mapping[str, Any], model: str
) -> CountResponseInputTokensResponse:
    """Return the number of input tokens of a response."""
    choose_model(state, model, lambda card: card.capabilities.completion_chat)
    chat = chat_of(converter.unstructure(dict(arguments)))
    return CountResponseInputTokensResponse(input_tokens=sum(map(_count_message, chat["messages"])))


def _count_message(message: Message) -> int:
    return count(text_of_message(message))


def _count_item(item: ResponsesOutputItem) -> int:
    if isinstance(item, ResponsesFunctionToolCall):
        return count(item.arguments)
    if isinstance(item, ResponsesOutputMessage):
        return count(item.text)
    return sum(count(getattr(each, "text", "")) for each in getattr(item, "content", None) or ())
