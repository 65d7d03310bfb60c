"""Fill-in-the-middle completions, which quote the lines around the gap."""

from collections.abc import Sequence

import attrs

from mistral_core import Response
from mistral_funcs.fim.complete import fim_complete
from mistral_funcs.sandbox.behaviors.chat import MOST_TOKENS, usage
from mistral_funcs.sandbox.behaviors.completion_stream import stream_completion
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.tokens import count, cut
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import check_range
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.fim import FIMCompletionResponse
from mistral_funcs.schemas.shared.completions import ChatCompletionChoice, ChatCompletionResponse
from mistral_funcs.schemas.shared.messages import AssistantMessage


@responds_to(fim_complete)
def fill_in(
    state: State,
    model: str,
    prompt: str,
    *,
    suffix: str | None = None,
    stop: str | Sequence[str] | None = None,
    max_tokens: int | None = None,
    min_tokens: int | None = None,
    stream: bool,
) -> FIMCompletionResponse | Response:
    """Complete code between a prompt and a suffix."""
    check_range("max_tokens", max_tokens, 0, MOST_TOKENS)
    check_range("min_tokens", min_tokens, 0, MOST_TOKENS)
    card = choose_model(state, model, lambda card: card.capabilities.completion_fim)
    before, after = prompt.split("\n"), (suffix or "").split("\n")
    text = f"# after {before[-1]!r}" + (f" and before {after[0]!r}" if suffix else "")
    text += " ..." * ((min_tokens or 0) - count(text))
    text, reason = cut(text, stop, max_tokens)
    message = AssistantMessage(content=text)
    choice = ChatCompletionChoice(index=0, message=message, finish_reason=reason)
    response = FIMCompletionResponse(
        id=f"cmpl-{state.new_id()}",
        object="chat.completion",
        model=card.id,
        usage=usage(count(prompt) + count(suffix or ""), [choice]),
        created=state.tick(),
        choices=[choice],
    )
    if not stream:
        return response
    return stream_completion(ChatCompletionResponse(**attrs.asdict(response, recurse=False)))
