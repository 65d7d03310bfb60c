"""How the sandbox answers for completions: of chats, of agents, and in the middle of code."""

import attrs

from mistral_core import Response
from mistral_funcs.agents.complete import agents_complete
from mistral_funcs.chat.complete import chat_complete
from mistral_funcs.fim.complete import fim_complete
from mistral_funcs.sandbox.behaviors.completion_stream import stream_completion
from mistral_funcs.sandbox.behaviors.conversations import (
    AgentsRequest,
    ChatRequest,
    Conversation,
    FIMRequest,
)
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.replies import check_order, reply
from mistral_funcs.sandbox.behaviors.tokens import count, cut
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import read_as
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import Card, State
from mistral_funcs.schemas.chat import ChatCompletionChoice, ChatCompletionResponse
from mistral_funcs.schemas.fim import FIMCompletionResponse
from mistral_funcs.schemas.shared.chunks import TextChunk, ThinkChunk
from mistral_funcs.schemas.shared.messages import AssistantMessage
from mistral_funcs.schemas.shared.usage import UsageInfo


@responds_to(chat_complete)
def answer_chat_complete(state: State, request: Incoming) -> ChatCompletionResponse | Response:
    """Answer for `chat_complete` and `chat_stream`."""
    asked = read_as(request, ChatRequest)
    answer = complete(state, asked)
    return stream_completion(answer) if asked.stream else answer


@responds_to(agents_complete)
def answer_agents_complete(state: State, request: Incoming) -> ChatCompletionResponse | Response:
    """Answer for `agents_complete` and `agents_stream`."""
    asked = read_as(request, AgentsRequest)
    answer = complete_as_agent(state, asked)
    return stream_completion(answer) if asked.stream else answer


@responds_to(fim_complete)
def answer_fim_complete(state: State, request: Incoming) -> FIMCompletionResponse | Response:
    """Answer for `fim_complete` and `fim_stream`."""
    asked = read_as(request, FIMRequest)
    answer = fill_in(state, asked)
    if not asked.stream:
        return answer
    whole = attrs.asdict(answer, recurse=False)
    return stream_completion(ChatCompletionResponse(**whole))


def complete(state: State, asked: ChatRequest) -> ChatCompletionResponse:
    """Answer a chat."""
    card = choose_model(state, asked.model, lambda card: card.capabilities.completion_chat)
    return _answer(state, card, asked)


def complete_as_agent(state: State, asked: AgentsRequest) -> ChatCompletionResponse:
    """Answer a chat with the model of an agent."""
    model = state.agents.get(asked.agent_id)
    if model is None:
        refuse(404, f"No agent matches {asked.agent_id!r}.", "not_found")
    card = choose_model(state, model, lambda card: card.capabilities.completion_chat)
    return _answer(state, card, asked)


def fill_in(state: State, asked: FIMRequest) -> FIMCompletionResponse:
    """Say between which lines the gap is."""
    card = choose_model(state, asked.model, lambda card: card.capabilities.completion_fim)
    before, after = asked.prompt.split("\n"), (asked.suffix or "").split("\n")
    text = f"# after {before[-1]!r}" + (f" and before {after[0]!r}" if asked.suffix else "")
    text += " ..." * ((asked.min_tokens or 0) - count(text))
    text, reason = cut(text, asked.stop, asked.max_tokens)
    choice = ChatCompletionChoice(
        index=0, message=AssistantMessage(content=text), finish_reason=reason
    )
    return FIMCompletionResponse(
        id=f"cmpl-{state.new_id()}",
        object="chat.completion",
        model=card.id,
        usage=_usage(count(asked.prompt) + count(asked.suffix or ""), [choice]),
        created=state.tick(),
        choices=[choice],
    )


def _answer(state: State, card: Card, asked: Conversation) -> ChatCompletionResponse:
    check_order(asked.messages)
    choices = [reply(state, asked, index) for index in range(asked.n or 1)]
    return ChatCompletionResponse(
        id=f"cmpl-{state.new_id()}",
        object="chat.completion",
        model=card.id,
        usage=_usage(sum(count(message.text) for message in asked.messages), choices),
        created=state.tick(),
        choices=choices,
    )


def _usage(read: int, choices: list[ChatCompletionChoice]) -> UsageInfo:
    written = sum(_count(choice.message) for choice in choices if choice.message)
    return UsageInfo(prompt_tokens=read, completion_tokens=written, total_tokens=read + written)


def _count(message: AssistantMessage) -> int:
    """Return how many tokens were written: said, thought, and called with."""
    chunks = message.content if isinstance(message.content, list) else []
    thinking = [
        part for chunk in chunks if isinstance(chunk, ThinkChunk) for part in chunk.thinking
    ]
    thoughts = [part.text for part in thinking if isinstance(part, TextChunk)]
    calls = [str(call.function.arguments) for call in message.tool_calls or ()]
    return sum(map(count, [message.text, *thoughts, *calls]))
