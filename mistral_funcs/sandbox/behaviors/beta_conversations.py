"""Conversations: started with a model or an agent, continued, restarted from an entry, and read."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from mistral_core import Response, Unknown
from mistral_funcs.beta.conversations.append import beta_conversations_append
from mistral_funcs.beta.conversations.delete import beta_conversations_delete
from mistral_funcs.beta.conversations.get import beta_conversations_get
from mistral_funcs.beta.conversations.get_history import beta_conversations_get_history
from mistral_funcs.beta.conversations.get_messages import beta_conversations_get_messages
from mistral_funcs.beta.conversations.list import beta_conversations_list
from mistral_funcs.beta.conversations.restart import beta_conversations_restart
from mistral_funcs.beta.conversations.start import beta_conversations_start
from mistral_funcs.sandbox.behaviors.conversation_entries import check_entries, decide, read_inputs
from mistral_funcs.sandbox.behaviors.conversation_events import stream_conversation
from mistral_funcs.sandbox.behaviors.conversation_responses import SETTINGS, Turn, speaker_of
from mistral_funcs.sandbox.behaviors.conversation_usage import guardrail_results, usage_of
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.stored_agents import find_agent, version_of
from mistral_funcs.sandbox.behaviors.tool_rules import check_functions
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.sandbox.stored import StoredConversation
from mistral_funcs.schemas.beta.conversations.conversation import (
    AgentConversation,
    ConversationHistory,
    ConversationMessages,
    ConversationResponse,
    ModelConversation,
)
from mistral_funcs.schemas.beta.conversations.entries import (
    MessageInputEntry,
    MessageOutputEntry,
)


@responds_to(beta_conversations_start)
def start(
    state: State, arguments: Mapping[str, Any], *, stream: bool
) -> ConversationResponse | Response:
    """Start a conversation."""
    conversation = StoredConversation(_about(state, arguments))
    return _continue(state, conversation, arguments, stream=stream)


@responds_to(beta_conversations_append)
def append(
    state: State, conversation_id: str, arguments: Mapping[str, Any], *, stream: bool
) -> ConversationResponse | Response:
    """Continue a conversation."""
    stored = find_conversation(state, conversation_id)
    return _continue(state, stored, arguments, stream=stream)


@responds_to(beta_conversations_restart)
def restart(
    state: State,
    conversation_id: str,
    from_entry_id: str,
    arguments: Mapping[str, Any],
    *,
    stream: bool,
) -> ConversationResponse | Response:
    """Start a new conversation from the entries of another up to a given one."""
    stored = find_conversation(state, conversation_id)
    ids = [getattr(entry, "id", None) for entry in stored.entries]
    if from_entry_id not in ids:
        refuse(404, f"No entry matches {from_entry_id!r}.", "not_found")
    now = state.moment()
    names = {field.name for field in attrs.fields(type(stored.about))}
    changed = {name: arguments[name] for name in names & CHANGEABLE & arguments.keys()}
    about = attrs.evolve(
        stored.about, id=f"conv_{state.new_id()}", created_at=now, updated_at=now, **changed
    )
    entries = stored.entries[: ids.index(from_entry_id) + 1]
    return _continue(state, StoredConversation(about, entries), arguments, stream=stream)


CHANGEABLE = {"guardrails", "metadata", "agent_version"}
"""The fields of a conversation that a restart can change."""


@responds_to(beta_conversations_get)
def get_conversation(
    state: State, conversation_id: str
) -> AgentConversation | ModelConversation | Unknown:
    """Return a conversation without its entries."""
    return find_conversation(state, conversation_id).about


@responds_to(beta_conversations_delete)
def delete_conversation(state: State, conversation_id: str) -> None:
    """Delete a conversation."""
    find_conversation(state, conversation_id)
    del state.conversations[conversation_id]


@responds_to(beta_conversations_list)
def list_conversations(
    state: State, arguments: Mapping[str, Any], metadata: Mapping[str, Any] | None = None
) -> list[AgentConversation | ModelConversation | Unknown]:
    """Return a page of conversations, newest first."""
    matching = [
        each.about
        for each in reversed(state.conversations.values())
        if (metadata or {}).items() <= (each.about.metadata or {}).items()
    ]
    items, _ = page_of(matching, arguments)
    return [*items]


@responds_to(beta_conversations_get_history)
def get_history(state: State, conversation_id: str) -> ConversationHistory:
    """Return all entries of a conversation."""
    entries = find_conversation(state, conversation_id).entries
    return ConversationHistory(conversation_id=conversation_id, entries=entries)


@responds_to(beta_conversations_get_messages)
def get_messages(state: State, conversation_id: str) -> ConversationMessages:
    """Return the messages of a conversation."""
    messages = [
        entry
        for entry in find_conversation(state, conversation_id).entries
        if isinstance(entry, MessageInputEntry | MessageOutputEntry)
    ]
    return ConversationMessages(conversation_id=conversation_id, messages=[*messages])


def find_conversation(state: State, conversation_id: str) -> StoredConversation:
    """Return a conversation, or respond with 404."""
    if conversation_id not in state.conversations:
        refuse(404, f"No conversation matches {conversation_id!r}.", "not_found")
    return state.conversations[conversation_id]


def _about(state: State, arguments: Mapping[str, Any]) -> AgentConversation | ModelConversation:
    """Return a new conversation, or respond with an error for an unknown model or agent."""
    model, agent_id = arguments.get("model"), arguments.get("agent_id")
    if (model is None) == (agent_id is None):
        invalid("model", "Either `model` or `agent_id` is required, and not both", model)
    now = state.moment()
    given = {**arguments, "id": f"conv_{state.new_id()}", "created_at": now, "updated_at": now}
    if model is not None:
        choose_model(state, model, lambda card: card.capabilities.completion_chat)
        check_functions(arguments.get("tools"))
        return ModelConversation(**_fields(ModelConversation, given))
    if arguments.get("tools") or arguments.get("instructions"):
        invalid("agent_id", "An agent has its own `tools` and `instructions`", agent_id)
    version_of(find_agent(state, agent_id or ""), arguments.get("agent_version"))
    return AgentConversation(**_fields(AgentConversation, given))


def _fields(schema: type[Any], given: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in attrs.fields(schema)}
    return {name: value for name, value in given.items() if name in names}


def _continue(
    state: State,
    stored: StoredConversation,
    arguments: Mapping[str, Any],
    *,
    stream: bool,
) -> ConversationResponse | Response:
    """Add the inputs of a request to a conversation, and respond."""
    confirmations: Sequence[Any] = arguments.get("tool_confirmations") or ()
    entries, decided = decide(stored.entries, confirmations)
    entries += read_inputs(state, arguments.get("inputs"))
    check_entries(entries)
    settings = arguments.get("completion_args")
    turn = Turn(
        state,
        speaker_of(state, stored.about, entries),
        entries,
        {name: getattr(settings, name, None) for name in SETTINGS},
        follows_handoffs=arguments.get("handoff_execution") != "client",
    )
    outputs: list[Any] = turn.respond(decided)
    guardrails = arguments.get("guardrails") or getattr(stored.about, "guardrails", None)
    now = state.moment()
    about = attrs.evolve(stored.about, updated_at=now)
    if arguments.get("store") is not False:
        keep(state.conversations, about.id, StoredConversation(about, [*entries, *outputs]))
    response = ConversationResponse(
        conversation_id=about.id,
        outputs=[*outputs],
        usage=usage_of(entries, outputs),
        guardrails=guardrail_results(guardrails),
    )
    return stream_conversation(response, now) if stream else response
