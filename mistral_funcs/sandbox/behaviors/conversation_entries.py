"""The entries of a conversation, read from requests and checked by the rules of messages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn, TypeAlias, cast

import attrs

from mistral_core import Unknown
from mistral_funcs.sandbox.behaviors.message_rules import UNEQUAL, Message, check_messages
from mistral_funcs.sandbox.error_responses import RefusalError, refuse, refuse_body
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.beta.conversations.entries import (
    AgentHandoffEntry,
    Entry,
    FunctionCallEntry,
    FunctionResultEntry,
    MessageInputEntry,
    MessageOutputEntry,
    ToolCallConfirmation,
    ToolExecutionEntry,
)
from mistral_funcs.schemas.shared.messages import (
    AssistantMessage,
    FunctionCall,
    ToolCall,
    ToolMessage,
    UserMessage,
)

MOST_ENTRIES = 1000
"""Maximum number of entries of a conversation."""

KINDS: Mapping[type, str] = {
    MessageInputEntry: "msg",
    MessageOutputEntry: "msg",
    FunctionCallEntry: "fc",
    FunctionResultEntry: "fr",
    ToolExecutionEntry: "tool_exec",
    AgentHandoffEntry: "handoff",
}
"""The id prefixes of entries."""

KnownEntry: TypeAlias = (
    MessageInputEntry
    | MessageOutputEntry
    | FunctionCallEntry
    | FunctionResultEntry
    | ToolExecutionEntry
    | AgentHandoffEntry
)


def identified(state: State, entry: KnownEntry) -> Any:
    """Return an entry with an id and times, added if missing."""
    now = state.moment()
    return attrs.evolve(
        entry,
        id=entry.id or f"{KINDS[type(entry)]}_{state.new_id()}",
        created_at=entry.created_at or now,
        completed_at=entry.completed_at or now,
    )


def read_inputs(state: State, inputs: Any) -> list[Entry]:
    """Return the entries that a request adds, or respond with 422."""
    if isinstance(inputs, str):
        return [identified(state, MessageInputEntry(role="user", content=inputs))]
    return [identified(state, _entry(each, index)) for index, each in enumerate(inputs or ())]


def _entry(value: Any, index: int) -> KnownEntry:
    if not isinstance(value, KnownEntry):
        raw: Any = value.raw if isinstance(value, Unknown) else value
        refuse_body("value_error", ["body", "inputs", index], "It is not an entry", raw)
    return value


def check_entries(entries: Sequence[Entry]) -> None:
    """Refuse entries that the API refuses, by the rules for the messages of a chat.

    Raises:
        RefusalError: An entry is out of order, or function calls and results do not match.
    """
    if len(entries) > MOST_ENTRIES:
        refuse(400, f"The conversation has more than {MOST_ENTRIES} entries.")
    try:
        check_messages(messages_of(entries))
    except RefusalError as refusal:
        body = cast("dict[str, Any]", refusal.body)
        code = int(body["code"] or 0) or None
        kind = "invalid_request_error"
        raise RefusalError(400, {**body, "object": "Error", "type": kind, "code": code}) from None


def messages_of(entries: Sequence[Entry]) -> list[Message]:
    """Convert entries to messages of a chat. The calls of one turn become one message."""
    messages: list[Message] = []
    calls: list[ToolCall] = []
    for entry in entries:
        if not isinstance(entry, FunctionCallEntry):
            calls = []
            messages += _messages(entry)
        elif entry.confirmation_status not in ("allowed", "denied"):
            function = FunctionCall(name=entry.name, arguments=entry.arguments)
            calls.append(ToolCall(id=entry.tool_call_id, function=function))
            if len(calls) > 1:
                messages.pop()
            messages.append(AssistantMessage(content="", tool_calls=[*calls]))
    return messages


def _messages(entry: Entry) -> Iterator[Message]:
    content: Any = getattr(entry, "content", None)
    if isinstance(entry, MessageInputEntry) and entry.role == "assistant":
        yield AssistantMessage(content=content, prefix=entry.prefix)
    elif isinstance(entry, MessageInputEntry):
        yield UserMessage(content=content)
    elif isinstance(entry, MessageOutputEntry) and content:
        yield AssistantMessage(content=content)
    elif isinstance(entry, FunctionResultEntry):
        yield ToolMessage(content=entry.result, tool_call_id=entry.tool_call_id)


def decide(
    entries: Sequence[Entry], confirmations: Sequence[ToolCallConfirmation]
) -> tuple[list[Entry], list[FunctionCallEntry]]:
    """Apply the decisions on pending calls.

    Returns:
        The entries with the decisions applied, and the decided calls in order.

    Raises:
        RefusalError: The decisions do not match the pending calls one to one.
    """
    decisions: dict[str, str] = {}
    for index, each in enumerate(confirmations):
        if each.confirmation not in ("allow", "deny"):
            loc: list[str | int] = ["body", "tool_confirmations", index, "confirmation"]
            refuse_body("enum", loc, "Input should be 'allow' or 'deny'", each.confirmation)
        if each.tool_call_id in decisions:
            _refuse(f"Duplicate tool call id {each.tool_call_id} in tool confirmations")
        decisions[each.tool_call_id] = "allowed" if each.confirmation == "allow" else "denied"
    decided: list[Entry] = []
    calls: list[FunctionCallEntry] = []
    for entry in entries:
        if isinstance(entry, FunctionCallEntry) and entry.confirmation_status == "pending":
            if entry.tool_call_id not in decisions:
                _refuse(UNEQUAL)
            status = decisions.pop(entry.tool_call_id)
            calls.append(attrs.evolve(entry, confirmation_status=status))
            decided.append(calls[-1])
        else:
            decided.append(entry)
    for unknown in decisions:
        _refuse(f"Unexpected tool call id {unknown} in tool confirmations")
    return decided, calls


def _refuse(message: str) -> NoReturn:
    body = {"object": "Error", "message": message, "type": "invalid_request_error"}
    raise RefusalError(400, {**body, "param": None, "code": 3230})
