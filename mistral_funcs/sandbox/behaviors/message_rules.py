"""The rules that the messages of a chat must follow, with the errors of the API.

They are those of `mistral-common` for most models. Where models differ: a user message right after
a tool message is refused, since many deployments refuse it; an assistant message may have content
besides its tool calls; the id of a tool call has nine letters or digits.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NoReturn, TypeAlias

from mistral_core import Unknown
from mistral_funcs.sandbox.error_responses import RefusalError, error_body, refuse_body
from mistral_funcs.schemas.shared.messages import (
    AssistantMessage,
    SystemMessage,
    ToolCall,
    ToolMessage,
    UserMessage,
)

Message: TypeAlias = SystemMessage | UserMessage | AssistantMessage | ToolMessage

FOLLOWERS: Final[Mapping[str, str]] = {
    "system": "system user assistant",
    "user": "system user assistant",
    "assistant": "user assistant tool",
    "tool": "assistant tool",
}
"""The roles that may follow each role."""

REFUSED_CHUNKS: Final[Mapping[str, set[str]]] = {
    "system": {"image_url", "input_audio"},
    "user": {"thinking"},
    "assistant": {"image_url", "input_audio"},
    "tool": {"thinking"},
}
"""The types of chunks that a message of each role must not contain."""

CALL_ID = re.compile(r"[a-zA-Z0-9]{9}")
FUNCTION_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")

START = "Conversation must start with a user message or system message"
LAST = "Expected last role User or Tool (or Assistant with prefix True) for serving but got"
UNEQUAL = "Not the same number of function calls and responses"
NEITHER = "Assistant message must have either content or tool_calls, but not none."
PREFIX = "Assistant message with prefix True must be last message"


def check_messages(messages: Sequence[Message]) -> None:
    """Refuse messages that the API refuses.

    Raises:
        RefusalError: A message is out of order, tool calls and results do not match, or an
            assistant message or a tool message is invalid.
    """
    _check_order(messages)
    _check_results(messages)
    for index, message in enumerate(messages, 1):
        if isinstance(message, AssistantMessage):
            _check_assistant(message, is_last=index == len(messages))
        elif isinstance(message, ToolMessage) and isinstance(message.name, str):
            check_function_name(message.name)


def check_function_name(name: str, kind: str = "invalid_request_error", code: Any = None) -> None:
    """Refuse an invalid function name."""
    if not FUNCTION_NAME.fullmatch(name):
        expected = (
            "must be a-z, A-Z, 0-9, or contain underscores and dashes, with a maximum length of 64."
        )
        _refuse(f"Function name was {name} but {expected}", kind, code)


def kind_of_chunk(chunk: Any) -> str:
    """Return the type of a content chunk."""
    if not isinstance(chunk, Unknown):
        return str(chunk.type)
    raw: Any = chunk.raw
    return str(raw.get("type", "unknown")) if raw.__class__ is dict else "unknown"


def chunks_of(message: Message) -> Sequence[Any]:
    """Return the content chunks of a message, empty if its content is a string."""
    content: Any = message.content
    return () if content is None or isinstance(content, str) else content


def check_chunks(messages: Sequence[Message]) -> None:
    """Refuse chunks in messages of the wrong role.

    Raises:
        RefusalError: 422, with the path of the chunk.
    """
    for index, message in enumerate(messages):
        kinds = map(kind_of_chunk, chunks_of(message))
        for place, kind in enumerate(kinds):
            if kind in REFUSED_CHUNKS[message.role]:
                loc: list[str | int] = ["body", "messages", index, message.role, "content", place]
                problem = f"Value error, {kind} chunk cannot be used in {message.role} message."
                refuse_body("value_error", loc, problem, {"type": kind})


def _check_order(messages: Sequence[Message]) -> None:
    if not messages:
        _refuse_order("Conversation must have at least one message")
    first, last = messages[0], messages[-1]
    has_prefix = isinstance(last, AssistantMessage) and last.prefix
    if last.role not in ("user", "tool") and not has_prefix:
        _refuse_order(f"{LAST} {last.role}")
    opens = first.role in ("user", "system") or (len(messages) > 1 and first.role == "assistant")
    if not opens or (isinstance(first, AssistantMessage) and first.tool_calls):
        _refuse_order(START)
    for before, message in pairwise(messages):
        if message.role not in FOLLOWERS[before.role].split():
            _refuse_order(f"Unexpected role '{message.role}' after role '{before.role}'")


def _check_results(messages: Sequence[Message]) -> None:
    """Refuse tool calls without exactly one result each before the next turn."""
    called: set[str | None] = set()
    reported: set[str | None] = set()
    for message in messages:
        if isinstance(message, ToolMessage):
            result = message.tool_call_id if isinstance(message.tool_call_id, str) else None
            if result in reported:
                _refuse_order(f"Duplicate tool call id {result} in tool results")
            if result not in called:
                _refuse_order(f"Unexpected tool call id {result} in tool results")
            reported.add(result)
        elif isinstance(message, AssistantMessage):
            if called != reported:
                _refuse_order(UNEQUAL)
            called, reported = {*_ids(message.tool_calls or ())}, set()
    if called != reported:
        _refuse_order(UNEQUAL)


def _ids(calls: Sequence[ToolCall]) -> Iterator[str | None]:
    """Yield the ids of the calls of a message. Refuse duplicates."""
    ids: set[str | None] = set()
    for call in calls:
        if call.id in ids:
            _refuse_order(f"Duplicate tool call id {call.id} in assistant message")
        ids.add(call.id)
        yield call.id


def _check_assistant(message: AssistantMessage, *, is_last: bool) -> None:
    kind = "invalid_request_assistant_message"
    if not message.content and not message.tool_calls:
        _refuse(NEITHER, kind, "3240")
    if message.prefix and not is_last:
        _refuse(PREFIX, kind, "3240")
    for call in message.tool_calls or ():
        _check_call(call)


def _check_call(call: ToolCall) -> None:
    kind, code = "invalid_function_call", "3280"
    if call.id in (None, "null"):
        _refuse("Tool call id has to be defined in serving mode.", kind, code)
    if not CALL_ID.fullmatch(call.id):
        expected = "must be a-z, A-Z, 0-9, with a length of 9."
        _refuse(f"Tool call id was {call.id} but {expected}", kind, code)
    check_function_name(call.function.name, kind, code)


def _refuse_order(message: str) -> NoReturn:
    _refuse(message, "invalid_request_message_order", "3230")


def _refuse(message: str, kind: str, code: str | None) -> NoReturn:
    raise RefusalError(400, error_body(message, kind, code))
