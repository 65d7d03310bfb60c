"""Agents: chat completions with the model of an agent."""

from collections.abc import Mapping
from typing import Any

from mistral_core import Response
from mistral_funcs.agents.complete import agents_complete
from mistral_funcs.sandbox.behaviors.chat import complete
from mistral_funcs.sandbox.behaviors.stored_agents import find_agent, version_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.shared.completions import ChatCompletionResponse


@responds_to(agents_complete)
def complete_as_agent(
    state: State, arguments: Mapping[str, Any], agent_id: str, *, stream: bool
) -> ChatCompletionResponse | Response:
    """Complete a chat as an agent, with its functions in addition to those of the request."""

    def model() -> str:
        return version_of(find_agent(state, agent_id)).model or ""

    own = version_of(state.created_agents[agent_id]) if agent_id in state.created_agents else None
    tools = [*(arguments.get("tools") or ()), *((own and own.tools) or ())]
    return complete(state, {**arguments, "tools": tools}, model, stream=stream)
