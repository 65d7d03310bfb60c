"""The rules that the messages of a training file must follow, for each version of the tokenizer.

They are those of `mistral-common` in its fine-tuning mode.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, TypeAlias, final

import attrs

from mistral_funcs.toolkit.training.training_fields import FieldError, shown

Message: TypeAlias = Mapping[str, Any]

FOLLOWERS: Final[Mapping[str, str]] = {
    "system": "system user assistant",
    "user": "system user assistant",
    "assistant": "user assistant tool",
    "tool": "user assistant tool",
}
"""The roles that may follow each role."""

CALL_ID = re.compile(r"[a-zA-Z0-9]{9}")
FUNCTION_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
NO_ID = "null"
"""The placeholder for a missing call ID."""

PICTURES = frozenset({"text", "image_url"})
SOUNDS = frozenset({"input_audio", "audio_url"})
TEXT = frozenset({"text"})


@final
@attrs.frozen(kw_only=True)
class Rules:
    """The rules of a version of the tokenizer.

    Attributes:
        chunks: The types of chunks that a message of each role may contain.
        content_beside_calls: Whether an assistant message may have both, or neither.
        calls_by_id: Whether results must name the calls.
        any_id: Whether the ID of a call is any string, rather than nine letters and digits.
        audio_beside_system: Whether a chat with a system message may have audio.
    """

    chunks: Mapping[str, frozenset[str]]
    content_beside_calls: bool = True
    calls_by_id: bool = True
    any_id: bool = False
    audio_beside_system: bool = True


_PLAIN = {
    "system": TEXT | {"input_audio", "thinking"},
    "user": PICTURES | SOUNDS,
    "assistant": TEXT,
    "tool": TEXT,
}
_THINKING = {**_PLAIN, "assistant": TEXT | {"thinking"}}

RULES: Final[Mapping[str, Rules]] = {
    "v3": Rules(
        chunks={**_PLAIN, "system": TEXT, "user": PICTURES},
        content_beside_calls=False,
        calls_by_id=False,
    ),
    "v7": Rules(chunks=_PLAIN, calls_by_id=False, audio_beside_system=False),
    "v11": Rules(chunks=_THINKING),
    "v13": Rules(chunks=_THINKING, any_id=True),
}
"""The rules by the version of the tokenizer."""


def check_messages(messages: Sequence[Message], rules: Rules) -> None:
    """Check messages whose fields have the right types.

    Raises:
        FieldError: The messages are invalid.
    """
    if not messages:
        raise FieldError("messages must not be empty")
    _check_order(messages)
    (_check_calls_by_id if rules.calls_by_id else _check_number_of_calls)(messages)
    for index, message in enumerate(messages):
        _check_content(message, f"messages[{index}]", rules)
        if message["role"] == "assistant":
            is_last = index == len(messages) - 1
            _check_assistant(message, f"messages[{index}]", rules, is_last=is_last)
        if message["role"] == "tool":
            _check_result(message, f"messages[{index}]", rules)
    if not rules.audio_beside_system and _has_system_and_audio(messages):
        raise FieldError("a chat with a system message must not have audio")


def _check_order(messages: Sequence[Message]) -> None:
    last = messages[-1]
    if len(messages) == 1:
        raise FieldError("there must be a message before the assistant's")
    if last["role"] != "assistant":
        raise FieldError(f"the last message must be the assistant's, got {last['role']}")
    for index, (before, message) in enumerate(pairwise(messages), 1):
        if message["role"] not in FOLLOWERS[before["role"]].split():
            raise FieldError(
                f"messages[{index}]: {message['role']} must not follow {before['role']}"
            )
    for index, message in enumerate(messages):
        if message.get("prefix"):
            raise FieldError(f"messages[{index}].prefix must not be true in training files")


def _check_number_of_calls(messages: Sequence[Message]) -> None:
    """Check that there are as many results as calls before the next assistant message."""
    missing = 0
    for index, message in enumerate(messages[1:], 1):
        if message["role"] == "tool":
            missing -= 1
        elif message["role"] == "assistant":
            if missing:
                raise FieldError(f"messages[{index}]: not as many results as tool calls before it")
            missing = len(message.get("tool_calls") or ())


def _check_calls_by_id(messages: Sequence[Message]) -> None:
    """Check that each call before the next assistant message has one result, by its ID."""
    called: set[str] = set()
    reported: set[str | None] = set()
    for index, message in enumerate(messages[1:], 1):
        if message["role"] == "tool":
            result = message.get("tool_call_id")
            if result in reported or result not in called:
                problem = "second result of" if result in reported else "result of an unknown"
                raise FieldError(f"messages[{index}]: {problem} call {shown(result)}")
            reported.add(result)
        elif message["role"] == "assistant":
            if len(called) != len(reported):
                raise FieldError(f"messages[{index}]: not as many results as tool calls before it")
            ids = [call.get("id", NO_ID) for call in message.get("tool_calls") or ()]
            called, reported = {*ids}, set()
            if len(called) != len(ids):
                raise FieldError(f"messages[{index}].tool_calls must have different ids")


def _check_content(message: Message, path: str, rules: Rules) -> None:
    content: Any = message.get("content")
    if content.__class__ is list:
        for index, chunk in enumerate(content):
            if chunk["type"] not in rules.chunks[message["role"]]:
                problem = f"{chunk['type']} is not allowed in {message['role']} messages"
                raise FieldError(f"{path}.content[{index}]: {problem}")


def _check_assistant(message: Message, path: str, rules: Rules, *, is_last: bool) -> None:
    calls = message.get("tool_calls")
    if not rules.content_beside_calls and bool(message.get("content")) == bool(calls):
        raise FieldError(f"{path} must have either content or tool_calls")
    for index, call in enumerate(calls or ()):
        place = f"{path}.tool_calls[{index}]"
        call_id = call.get("id", NO_ID)
        if rules.any_id:
            is_valid = call_id not in {"", NO_ID}
        else:
            is_valid = (call_id == NO_ID and is_last) or bool(CALL_ID.fullmatch(call_id))
        if not is_valid:
            raise FieldError(f"{place}.id must be {_expected_id(rules)}, got {shown(call_id)}")
        check_function_name(call["function"]["name"], f"{place}.function.name")
    if message.get("weight") not in {None, 0, 1}:
        raise FieldError(f"{path}.weight must be 0 or 1")


def _check_result(message: Message, path: str, rules: Rules) -> None:
    if message.get("name") is not None:
        check_function_name(message["name"], f"{path}.name")
    call_id = message.get("tool_call_id")
    is_valid = call_id is not None and (
        call_id not in {"", NO_ID} if rules.any_id else CALL_ID.fullmatch(call_id)
    )
    if not is_valid:
        expected = _expected_id(rules)
        raise FieldError(f"{path}.tool_call_id must be {expected}, got {shown(call_id)}")


def _expected_id(rules: Rules) -> str:
    return "the id of the call" if rules.any_id else "nine letters and digits"


def check_function_name(name: str, path: str) -> None:
    """Check the name of a function.

    Raises:
        FieldError: The name is invalid.
    """
    if not FUNCTION_NAME.fullmatch(name):
        expected = "1 to 64 letters, digits, underscores and dashes"
        raise FieldError(f"{path} must have {expected}, got {shown(name)}")


def _has_system_and_audio(messages: Sequence[Message]) -> bool:
    """Return whether a chat has a system message and audio of a user."""
    has_audio = any(
        message["role"] == "user"
        and message["content"].__class__ is list
        and any(chunk["type"] in SOUNDS for chunk in message["content"])
        for message in messages
    )
    return has_audio and any(message["role"] == "system" for message in messages)
