"""The sandbox refuses the same messages as the API. `mistral-common` is the judge."""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from mistral_common.exceptions import MistralCommonException
from mistral_common.protocol.instruct import validator as judges
from mistral_common.protocol.instruct.messages import (
    AssistantMessage as JudgedAssistant,
    SystemMessage as JudgedSystem,
    ToolMessage as JudgedTool,
    UserMessage as JudgedUser,
)
from mistral_common.tokens.tokenizers.base import TokenizerVersion
from mistral_common.utils.json_utils import validate_json_schema_by_draft7

from mistral_core import (
    Err,
    HTTPValidationError,
    MistralCore,
    Ok,
    RetryConfig,
    SDKError,
    operation_of,
)
from mistral_funcs import agents_complete, chat_complete
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.toolkit.json_schema_rules import problem_of_schema

MODEL = "mistral-large-latest"
Messages = list[dict[str, Any]]

SYSTEM = {"role": "system", "content": "s"}
USER = {"role": "user", "content": "u"}
SAID = {"role": "assistant", "content": "a"}
PREFIX = {**SAID, "prefix": True}
EMPTY = {"role": "assistant", "content": ""}


def called(*ids: str | None, name: str = "f", **more: Any) -> dict[str, Any]:
    """Return an assistant message with tool calls of these ids."""
    calls = [{"id": each, "function": {"name": name, "arguments": "{}"}} for each in ids]
    return {"role": "assistant", "content": "", "tool_calls": calls, **more}


def result(call: str | None = "aaaaaaaaa", **more: Any) -> dict[str, Any]:
    """Return the result of a tool call."""
    return {"role": "tool", "content": "r", "tool_call_id": call, **more}


CALL = called("aaaaaaaaa")
CALLS = called("aaaaaaaaa", "bbbbbbbbb")

ACCEPTED: dict[str, Messages] = {
    "a question": [USER],
    "two questions": [USER, USER],
    "instructions": [SYSTEM, SYSTEM, USER],
    "instructions after a question": [USER, SYSTEM, USER],
    "a greeting": [SAID, USER],
    "two responses": [USER, SAID, SAID, USER],
    "a prefix": [USER, PREFIX],
    "results in any order": [USER, CALLS, result("bbbbbbbbb"), result()],
    "several turns": [USER, CALL, result(), CALL, result(), SAID, USER],
    "content beside a call": [USER, called("aaaaaaaaa", content="Wait."), result()],
    "thinking": [
        *(USER, {**SAID, "content": [{"type": "thinking", "thinking": []}]}),
        USER,
    ],
    "an image as a result": [
        *(USER, CALL),
        result(content=[{"type": "image_url", "image_url": "u"}]),
    ],
}

ORDER = ("invalid_request_message_order", "3230")
ASSISTANT = ("invalid_request_assistant_message", "3240")
FUNCTION = ("invalid_function_call", "3280")
PLAIN = ("invalid_request_error", None)
UNEQUAL = "Not the same number of function calls and responses"
START = "Conversation must start with a user message or system message"
LAST = "Expected last role User or Tool (or Assistant with prefix True) for serving but got"
NAME = "must be a-z, A-Z, 0-9, or contain underscores and dashes, with a maximum length of 64."

REFUSED: dict[str, tuple[Messages, tuple[str, str | None], str]] = {
    "nothing": ([], ORDER, "Conversation must have at least one message"),
    "instructions alone": ([SYSTEM], ORDER, f"{LAST} system"),
    "a response at the end": ([USER, SAID], ORDER, f"{LAST} assistant"),
    "only a prefix": ([PREFIX], ORDER, START),
    "only a result": ([result()], ORDER, START),
    "a call at the start": ([CALL, result()], ORDER, START),
    "a result without a call": (
        [USER, result()],
        ORDER,
        "Unexpected role 'tool' after role 'user'",
    ),
    "instructions after a response": (
        [USER, SAID, SYSTEM, USER],
        ORDER,
        "Unexpected role 'system' after role 'assistant'",
    ),
    "instructions after a result": (
        [USER, CALL, result(), SYSTEM, USER],
        ORDER,
        "Unexpected role 'system' after role 'tool'",
    ),
    "a question after a result": (
        [USER, CALL, result(), USER],
        ORDER,
        "Unexpected role 'user' after role 'tool'",
    ),
    "a call without a result": ([USER, CALL, USER], ORDER, UNEQUAL),
    "too few results": ([USER, CALLS, result()], ORDER, UNEQUAL),
    "too few before a response": ([USER, CALLS, result(), SAID, USER], ORDER, UNEQUAL),
    "two results of one call": (
        [USER, CALLS, result(), result()],
        ORDER,
        "Duplicate tool call id aaaaaaaaa in tool results",
    ),
    "a result of another call": (
        [USER, CALL, result("ccccccccc")],
        ORDER,
        "Unexpected tool call id ccccccccc in tool results",
    ),
    "a result without an id": (
        [USER, CALL, result(None)],
        ORDER,
        "Unexpected tool call id None in tool results",
    ),
    "two calls with one id": (
        [USER, called("aaaaaaaaa", "aaaaaaaaa"), result()],
        ORDER,
        "Duplicate tool call id aaaaaaaaa in assistant message",
    ),
    "an id of another provider": (
        [USER, called("call_abc12"), result("call_abc12")],
        FUNCTION,
        "Tool call id was call_abc12 but must be a-z, A-Z, 0-9, with a length of 9.",
    ),
    "a call without an id": (
        [USER, called("null"), result("null")],
        FUNCTION,
        "Tool call id has to be defined in serving mode.",
    ),
    "a name with a space": (
        [USER, called("aaaaaaaaa", name="f g"), result()],
        FUNCTION,
        f"Function name was f g but {NAME}",
    ),
    "a name with a space in a result": (
        [USER, CALL, result(name="f g")],
        PLAIN,
        f"Function name was f g but {NAME}",
    ),
    "an empty response": (
        [USER, EMPTY, USER],
        ASSISTANT,
        "Assistant message must have either content or tool_calls, but not none.",
    ),
    "a prefix in the middle": (
        [USER, PREFIX, USER],
        ASSISTANT,
        "Assistant message with prefix True must be last message",
    ),
}

WRONG_CHUNKS: dict[str, tuple[Messages, int]] = {
    "an image in instructions": (
        [{**SYSTEM, "content": [{"type": "image_url", "image_url": "u"}]}, USER],
        0,
    ),
    "thinking in a question": ([{**USER, "content": [{"type": "thinking", "thinking": []}]}], 0),
    "audio in a response": (
        [USER, {**SAID, "content": [{"type": "input_audio", "input_audio": "u"}]}, USER],
        1,
    ),
    "thinking in a result": (
        [USER, CALL, result(content=[{"type": "thinking", "thinking": []}])],
        2,
    ),
}


@pytest.fixture
def client() -> MistralCore:
    """Return a client of a new sandbox."""
    return MistralCore(transport=Sandbox(), retry_config=RetryConfig(strategy="none"))


@pytest.mark.parametrize("name", ACCEPTED)
async def test_messages_that_follow_the_rules_are_accepted(client: MistralCore, name: str) -> None:
    """By models and agents."""
    messages = ACCEPTED[name]
    assert isinstance(await chat_complete(client, model=MODEL, messages=messages), Ok)
    assert isinstance(await agents_complete(client, agent_id="ag:sandbox", messages=messages), Ok)


@pytest.mark.parametrize("name", REFUSED)
async def test_messages_that_break_a_rule_are_refused(client: MistralCore, name: str) -> None:
    """With the message, the type and the code of the API."""
    messages, (kind, code), message = REFUSED[name]
    for refused in (
        await chat_complete(client, model=MODEL, messages=messages),
        await agents_complete(client, agent_id="ag:sandbox", messages=messages),
    ):
        assert isinstance(refused, Err)
        assert isinstance(refused.error, SDKError)
        error = refused.error
        assert (error.status, error.type, error.code) == (400, kind, code)
        assert error.message == message


@pytest.mark.parametrize("name", WRONG_CHUNKS)
async def test_chunks_in_the_wrong_message_are_refused(client: MistralCore, name: str) -> None:
    """They are invalid values, each with its path."""
    messages, index = WRONG_CHUNKS[name]
    refused = await chat_complete(client, model=MODEL, messages=messages)
    assert isinstance(refused, Err)
    assert isinstance(refused.error, HTTPValidationError)
    (fault,) = refused.error.detail
    assert fault.loc == ("body", "messages", index, messages[index]["role"], "content", 0)


@pytest.mark.parametrize(
    ("function", "problem"),
    [
        ({"name": "f g", "parameters": {}}, f"Function name was f g but {NAME}"),
        ({"name": "f" * 65, "parameters": {}}, f"Function name was {'f' * 65} but {NAME}"),
        (
            {"name": "f", "parameters": {"properties": {"a": {"type": "text"}}}},
            "Invalid tool schema: $.properties.a.type is invalid",
        ),
    ],
)
async def test_functions_that_the_api_refuses_are_refused(
    client: MistralCore, function: dict[str, Any], problem: str
) -> None:
    """Even if the model would not call them."""
    tools = [{"type": "function", "function": function}]
    refused = await chat_complete(client, model=MODEL, messages=[USER], tools=tools)
    assert isinstance(refused, Err)
    assert isinstance(refused.error, SDKError)
    assert (refused.error.status, refused.error.message) == (400, problem)


# ----------------------------------------------------------------------------------- mistral-common

IDS: st.SearchStrategy[Any] = st.sampled_from(
    ["aaaaaaaaa", "bbbbbbbbb", "ccccccccc", "call_abc1", "null"]
)
NAMES = st.sampled_from(["f", "get-weather_2", "f g", "", "f" * 65])
CALL_LISTS: st.SearchStrategy[Any] = st.lists(
    st.fixed_dictionaries(
        {
            "id": IDS,
            "function": st.fixed_dictionaries({"name": NAMES, "arguments": st.just("{}")}),
        }
    ),
    max_size=3,
)
ANY_MESSAGE: st.SearchStrategy[Any] = st.one_of(
    st.just(SYSTEM),
    st.just(USER),
    st.fixed_dictionaries(
        {"role": st.just("assistant"), "content": st.sampled_from(["", "a"])},
        optional={"tool_calls": CALL_LISTS, "prefix": st.booleans()},
    ),
    st.fixed_dictionaries(
        {"role": st.just("tool"), "content": st.just("r"), "tool_call_id": IDS},
        optional={"name": NAMES},
    ),
)


@st.composite
def turns(draw: st.DrawFn) -> Messages:
    """Return messages that mostly follow the rules."""
    messages: Messages = draw(st.lists(st.just(SYSTEM), max_size=1))
    for _ in range(draw(st.integers(1, 3))):
        messages.append(USER)
        for _ in range(draw(st.integers(0, 2))):
            ids = draw(st.lists(IDS, max_size=2, unique=draw(st.booleans())))
            answered = draw(st.permutations(ids))
            messages += [called(*ids, name=draw(NAMES))] if ids else [SAID]
            messages += [result(each) for each in answered]
        messages += draw(st.sampled_from([[], [SAID], [EMPTY], [PREFIX]]))
    return messages


HISTORIES: st.SearchStrategy[Any] = st.lists(ANY_MESSAGE, max_size=6) | turns()

JUDGED: dict[str, Any] = {
    "system": JudgedSystem,
    "user": JudgedUser,
    "assistant": JudgedAssistant,
    "tool": JudgedTool,
}


def is_accepted_by(version: TokenizerVersion, messages: Messages) -> bool:
    """Return whether a tokenizer's validator accepts messages in serving mode."""
    judged = [JUDGED[each["role"]].model_validate(each) for each in messages]
    get_validator: Any = vars(judges)["get_validator"]  # Its type arguments are unknown.
    validator = get_validator(version, judges.ValidationMode.serving)
    try:
        validator.validate_messages(judged)
    except MistralCommonException:
        return False
    return True


def is_refused_by_the_sandbox_alone(messages: Messages) -> bool:
    """Return whether messages break a rule of the API that the validator lacks."""
    roles: Sequence[str] = [each["role"] for each in messages]
    return (
        roles[-1:] == ["system"]
        or roles[:1] == ["tool"]
        or bool(messages and messages[0].get("tool_calls"))
        or ("tool", "user") in pairwise(roles)
        or any(
            each["role"] == "assistant" and not each["content"] and not each.get("tool_calls")
            for each in messages
        )
    )


@settings(max_examples=400, deadline=None)
@given(HISTORIES)
async def test_the_sandbox_accepts_what_the_validator_accepts(messages: Messages) -> None:
    """Exactly these, except for the rules that only the API has."""
    client = MistralCore(transport=Sandbox(), retry_config=RetryConfig(strategy="none"))
    body = {"model": MODEL, "messages": messages}
    response = await client.execute(operation_of(chat_complete), json=body)
    accepted = is_accepted_by(TokenizerVersion.v11, messages)
    alone = is_refused_by_the_sandbox_alone(messages)
    assert isinstance(response, Ok) == (accepted and not alone)
    if isinstance(response, Ok):
        assert is_accepted_by(TokenizerVersion.v13, messages)
        assert is_accepted_by(TokenizerVersion.v15, messages)
        beside = any(each.get("tool_calls") and each["content"] for each in messages)
        assert is_accepted_by(TokenizerVersion.v3, messages) != beside


PROBLEMS: list[tuple[Any, str | None]] = [
    (True, None),
    ({"additionalProperties": False}, None),
    ({"multipleOf": 0.5}, None),
    ({"multipleOf": 0}, "$.multipleOf is invalid"),
    ({"items": [{"type": "string"}, True]}, None),
    ({"dependencies": {"a": ["b"], "c": {"type": "null"}}}, None),
    ({"properties": {"a": {"type": ["string", "null"]}}, "required": ["a"]}, None),
    ("string", "$ is not a schema"),
    ({"anyOf": [{}, {"minLength": -1}]}, "$.anyOf[1].minLength is invalid"),
    ({"properties": {"a": 1}}, "$.properties.a is not a schema"),
    ({"items": {"pattern": "["}}, "$.items.pattern is invalid"),
    ({"dependencies": {"a": {"required": "b"}}}, "$.dependencies.a.required is invalid"),
]


@pytest.mark.parametrize(("schema", "problem"), PROBLEMS)
def test_the_fault_of_a_schema_has_a_path(schema: Any, problem: str | None) -> None:
    """That of the first fault."""
    assert problem_of_schema(schema) == problem


KEYWORDS = [
    *("type", "properties", "items", "required", "enum", "anyOf", "allOf", "not", "minimum"),
    *("minLength", "pattern", "patternProperties", "dependencies", "definitions", "multipleOf"),
    *("$ref", "title", "uniqueItems", "additionalProperties", "maxItems", "default", "format"),
    *("examples", "const", "if", "oneOf", "readOnly", "own"),
]
VALUES: list[Any] = [
    *(None, True, 0, 1, -1, 1.0, 1.5, "object", "number", "a", "", "["),
    *({}, [], ["a"], ["a", "a"], ["string", "null"]),
]
SCHEMAS: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(VALUES),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYWORDS), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=1000, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYWORDS), SCHEMAS, max_size=4))
def test_a_schema_is_checked_like_by_the_validator(schema: dict[str, Any]) -> None:
    """For every keyword of draft 7."""
    try:
        validate_json_schema_by_draft7(value=schema)
    except ValueError:
        valid = False
    else:
        valid = True
    assert (problem_of_schema(schema) is None) == valid, json.dumps(schema)
