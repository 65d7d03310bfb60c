"""Chat completions: the sandbox repeats what the user says."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mistral_core import Response
from mistral_funcs.chat.complete import chat_complete
from mistral_funcs.sandbox.behaviors.completion_stream import stream_completion
from mistral_funcs.sandbox.behaviors.message_rules import (
    Message,
    check_chunks,
    check_messages,
)
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.replies import reply, text_of_message
from mistral_funcs.sandbox.behaviors.tokens import count
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import check_range
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.shared.chunks import TextChunk, ThinkChunk
from mistral_funcs.schemas.shared.completions import ChatCompletionChoice, ChatCompletionResponse
from mistral_funcs.schemas.shared.messages import AssistantMessage
from mistral_funcs.schemas.shared.usage import UsageInfo

MOST_TOKENS = 2**20
MOST_CHOICES = 128


@responds_to(chat_complete)
def complete_chat(
    state: State, arguments: Mapping[str, Any], model: str, *, stream: bool
) -> ChatCompletionResponse | Response:
    """Complete a chat."""
    return complete(state, arguments, lambda: model, stream=stream)


def complete(
    state: State, arguments: Mapping[str, Any], model: Callable[[], str], *, stream: bool
) -> ChatCompletionResponse | Response:
    """Complete a chat with a model. Validate the arguments before looking it up."""
    check_range("max_tokens", arguments.get("max_tokens"), 0, MOST_TOKENS)
    choices = check_range("n", arguments.get("n"), 1, MOST_CHOICES) or 1
    card = choose_model(state, model(), lambda card: card.capabilities.completion_chat)
    messages: Sequence[Message] = arguments["messages"]
    check_chunks(messages)
    check_messages(messages)
    replies = [reply(state, arguments, index) for index in range(choices)]
    response = ChatCompletionResponse(
        id=f"cmpl-{state.new_id()}",
        object="chat.completion",
        model=card.id,
        usage=usage(sum(count(text_of_message(message)) for message in messages), replies),
        created=state.tick(),
        choices=replies,
    )
    return stream_completion(response) if stream else response


def usage(prompt: int, choices: Sequence[ChatCompletionChoice]) -> UsageInfo:
    """Return the usage of a completion."""
    written = sum(_count(choice.message) for choice in choices if choice.message)
    return UsageInfo(prompt_tokens=prompt, completion_tokens=written, total_tokens=prompt + written)


def _count(message: AssistantMessage) -> int:
    """Return the number of tokens in a message, its reasoning and its tool calls."""
    chunks = message.content if isinstance(message.content, list) else []
    thinking = [
        part for chunk in chunks if isinstance(chunk, ThinkChunk) for part in chunk.thinking
    ]
    thoughts = [part.text for part in thinking if isinstance(part, TextChunk)]
    calls = [str(call.function.arguments) for call in message.tool_calls or ()]
    return sum(map(count, [message.text, *thoughts, *calls]))
