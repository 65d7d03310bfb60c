"""Training files: each invalid line is reported with a reason. `mistral-common` is the judge."""

import asyncio
import json
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pytest
from hypothesis import given, settings, strategies as st
from mistral_common.exceptions import MistralCommonException
from mistral_common.protocol.instruct import validator as judges
from mistral_common.protocol.instruct.messages import FinetuningMessage
from mistral_common.protocol.instruct.request import ChatCompletionRequest
from mistral_common.tokens.tokenizers.base import TokenizerVersion
from pydantic import ValidationError

from mistral_core import Err, Ok
from mistral_funcs import LineFault, TrainingFileReport, validate_training_file
from mistral_funcs.toolkit.training import training_files
from mistral_funcs.toolkit.training.training_fields import FieldError
from mistral_funcs.toolkit.training.training_lines import check_line
from mistral_funcs.toolkit.training.training_messages import RULES

Tokenizer: TypeAlias = Literal["v3", "v7", "v11", "v13"]

SYSTEM = {"role": "system", "content": "s"}
USER = {"role": "user", "content": "u"}
SAID = {"role": "assistant", "content": "a"}


def called(*ids: object, **more: Any) -> dict[str, Any]:
    """Return an assistant message with tool calls of these ids."""
    calls = [{"id": each, "function": {"name": "f", "arguments": "{}"}} for each in ids]
    return {"role": "assistant", "tool_calls": calls, **more}


def result(call: object = "aaaaaaaaa", **more: Any) -> dict[str, Any]:
    """Return the result of a tool call."""
    return {"role": "tool", "content": "r", "tool_call_id": call, **more}


def judged(line: bytes, tokenizer: str) -> bool:
    """Return whether `mistral-common` accepts a line."""
    untyped: Any = judges
    mode = judges.ValidationMode.finetuning
    judge = untyped.get_validator(TokenizerVersion(tokenizer), mode)
    try:
        request = ChatCompletionRequest[FinetuningMessage].model_validate_json(line, strict=True)
        judge.validate_request(request)
    except (MistralCommonException, ValidationError, ValueError):
        return False
    return True


def is_accepted(line: bytes, tokenizer: str) -> bool:
    """Return whether our rules accept a line."""
    try:
        check_line(line, RULES[tokenizer])
    except FieldError:
        return False
    return True


# ------------------------------------------------------------------- comparison with mistral-common

CHUNKS: list[Any] = [
    {"type": "text", "text": "t"},
    {"type": "image_url", "image_url": "https://example.com/a.png"},
    {"type": "image_url", "image_url": {"url": "https://example.com/a.png", "detail": None}},
    {"type": "image_url", "image_url": {"detail": "low"}},
    {"type": "audio_url", "audio_url": "https://example.com/a.mp3"},
    {"type": "audio_url", "audio_url": {"url": "https://example.com/a.mp3"}},
    {"type": "audio_url", "audio_url": {"url": 1}},
    {"type": "input_audio", "input_audio": "UklGRg=="},
    {"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}},
    {"type": "input_audio", "input_audio": {"data": " "}},
    {"type": "input_audio", "input_audio": 1},
    {"type": "thinking", "thinking": "t"},
    {"type": "thinking", "thinking": "t", "closed": False},
    {"type": "thinking", "thinking": ["t"]},
    {"type": "text"},
    {"type": "text", "text": "t", "more": 1},
    {"type": "video", "video": "v"},
    {"text": "t"},
    {"type": 1},
    "t",
]
Strategy: TypeAlias = "st.SearchStrategy[Any]"


def one(*values: Any) -> Strategy:
    """Return a strategy for one of several values."""
    return st.sampled_from(values)


def either(*strategies: Strategy) -> Strategy:
    """Return a strategy for a value of one of several strategies."""
    return st.one_of(*strategies)


def some(item: Strategy, most: int = 2) -> Strategy:
    """Return a strategy for short lists."""
    return st.lists(item, max_size=most)


def fields(optional: dict[str, Strategy], **required: Strategy) -> Strategy:
    """Return a strategy for objects."""
    return st.fixed_dictionaries(required, optional=optional)


def call(call_id: Any) -> dict[str, Any]:
    """Return a valid tool call, except for its ID."""
    return {"id": call_id, "function": {"name": "f", "arguments": "{}"}}


def joined(parts: tuple[list[Any], list[Any]]) -> list[Any]:
    """Return the messages of both parts."""
    return [*parts[0], *parts[1]]


CONTENTS = either(
    one("", "text", None, 1, [], {}),
    some(one(*CHUNKS[:3], *CHUNKS[4:6], *CHUNKS[7:9], *CHUNKS[11:13])),
    some(one(*CHUNKS)),
)
IDS = one("aaaaaaaaa", "aaaaaaaaa", "bbbbbbbbb", "bbbbbbbbb", "null", "", "call_1", 1)
CALLED = fields(
    {"more": st.just(1)},
    name=one("f", "f", "f", "f g", "", "x" * 65, None),
    arguments=one("{}", "{}", {"a": 1}, None, [], "no JSON"),
)
CALLS = fields({"id": IDS, "type": one("function", "function", "other", None)}, function=CALLED)
FLAGS = (False, True)
WEIGHTS: list[Any] = [0, 1, 1.0, 0.5, -1, 2, None, True, "1"]
FINE: list[Any] = [
    *(SYSTEM, USER, USER, SAID, SAID, called("aaaaaaaaa"), result(), result("bbbbbbbbb")),
    *(called("aaaaaaaaa", "bbbbbbbbb"), called("aaaaaaaaa", content="a"), called()),
]
MESSAGES = either(
    one(*FINE),
    fields({}, role=one("system", "user", "assistant", "tool"), content=CONTENTS),
    fields(
        {
            "content": CONTENTS,
            "prefix": one(*FLAGS, None),
            "weight": one(*WEIGHTS),
        },
        role=st.just("assistant"),
        tool_calls=either(some(IDS.map(call)), some(CALLS), st.none()),
    ),
    fields(
        {"name": one("f", None, "f g", 1), "weight": st.just(1)},
        role=st.just("tool"),
        content=st.just("r"),
        tool_call_id=either(IDS, st.none()),
    ),
    one({"content": "c"}, {"role": "robot", "content": "c"}, {"role": "user"}, [], 1),
)
SCHEMAS: list[Any] = [
    *({}, {"type": "object", "properties": {"a": {"type": "string"}}}, {"type": "text"}),
    *({"required": "a"}, None, [], {"properties": {"a": {"minimum": "1"}}}),
]
FUNCTIONS = fields(
    {"description": one("d", None), "strict": one(*FLAGS, 1)},
    name=one("f", "f", "f g", 1),
    parameters=one(*SCHEMAS),
)
TOOLS = fields({"type": one("function", "other")}, function=FUNCTIONS)
ENDINGS = one([], [SAID], [SAID], [SAID], [result(), SAID])
LINES = fields(
    {
        "tools": either(st.none(), some(TOOLS), st.just("text")),
        "parallel_tool_calls": one(*FLAGS, "yes"),
        "more": st.just(1),
    },
    messages=either(st.tuples(some(MESSAGES, 4), ENDINGS).map(joined), one([], None, "text")),
)
POOL: list[Any] = [
    *(SYSTEM, USER, USER, SAID, SAID, {**SAID, "weight": 0}, called("aaaaaaaaa", content="a")),
    *(called("aaaaaaaaa"), called("aaaaaaaaa", "bbbbbbbbb"), result(name="f"), result("bbbbbbbbb")),
    {"role": "user", "content": CHUNKS[:3]},
    {"role": "assistant", "content": [CHUNKS[0], CHUNKS[11]]},
]
LAST = one([SAID], [called("aaaaaaaaa")], [called("null")], [{**SAID, "weight": 2}])
NEARLY_VALID = fields(
    {}, messages=st.tuples(some(one(*POOL), 4).map([USER].__add__), LAST).map(joined)
)
"""Chats of valid messages in any order."""


@pytest.mark.parametrize("tokenizer", RULES)
@given(line=either(LINES, NEARLY_VALID))
@settings(max_examples=120)
def test_lines_are_judged_like_by_mistral_common(tokenizer: str, line: Any) -> None:
    """In its fine-tuning mode, for each tokenizer version."""
    text = json.dumps(line).encode()
    assert is_accepted(text, tokenizer) == judged(text, tokenizer)


CHATS: dict[str, list[Any]] = {
    "plain": [USER, SAID],
    "instructions": [SYSTEM, USER, SAID],
    "several turns": [USER, SAID, USER, {**SAID, "weight": 0}],
    "tools": [USER, called("aaaaaaaaa"), result(), SAID],
    "two tools": [USER, called("aaaaaaaaa", "bbbbbbbbb"), result("bbbbbbbbb"), result(), SAID],
    "a named result": [USER, called("aaaaaaaaa"), result(name="f"), SAID],
    "a call at the end": [USER, called("aaaaaaaaa")],
}


@pytest.mark.parametrize("tokenizer", RULES)
@pytest.mark.parametrize("messages", CHATS.values(), ids=CHATS)
def test_common_chats_are_valid(messages: list[Any], tokenizer: str) -> None:
    """For all models, as the judge confirms."""
    line = json.dumps({"messages": messages}).encode()
    assert is_accepted(line, tokenizer)
    assert judged(line, tokenizer)


# ------------------------------------------------------------------------------------------ reasons


def line_of(*messages: Any, **more: Any) -> bytes:
    """Return a line with messages."""
    return json.dumps({"messages": [*messages], **more}).encode()


def tool(**function: Any) -> dict[str, Any]:
    """Return a tool."""
    return {"function": {"name": "f", "parameters": {}, **function}}


REASONS: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"{oops", "it is not JSON: "),
    "not UTF-8": (b'{"messages": "\xff"}', "it is not JSON: "),
    "too deep": (b"[" * 100_000, "it is not JSON: "),
    "a list": (b"[]", "the line must be an object, got a list"),
    "no messages": (b"{}", "messages is missing"),
    "null": (b'{"messages": null}', "messages must be a list, got null"),
    "no message": (line_of(), "messages must not be empty"),
    "unknown field": (line_of(USER, SAID, extra=1), "extra is not a known field"),
    "no role": (line_of({"content": "c"}), "messages[0].role is missing"),
    "no object": (line_of(USER, 1), "messages[1] must be an object, got a number"),
    "unknown role": (
        line_of({"role": "bot"}),
        "messages[0].role must be 'system' or 'user' or 'assistant' or 'tool', got 'bot'",
    ),
    "no content": (line_of({"role": "user"}), "messages[0].content is missing"),
    "wrong content": (
        line_of({"role": "user", "content": 1}),
        "messages[0].content must be a string or a list of chunks, got a number",
    ),
    "one message": (line_of(SAID), "there must be a message before the assistant's"),
    "last": (line_of(SAID, USER), "the last message must be the assistant's, got user"),
    "order": (line_of(USER, result(), SAID), "messages[1]: tool must not follow user"),
    "prefix": (
        line_of(USER, {**SAID, "prefix": True}),
        "messages[1].prefix must not be true in training files",
    ),
    "no result": (
        line_of(USER, called("aaaaaaaaa"), USER, SAID),
        "messages[3]: not as many results as tool calls before it",
    ),
    "id": (
        line_of(USER, called("call_1"), result("call_1"), SAID),
        "messages[1].tool_calls[0].id must be nine letters and digits, got 'call_1'",
    ),
    "id of a result": (
        line_of(USER, called("aaaaaaaaa"), result(None), SAID),
        "messages[2].tool_call_id must be nine letters and digits, got null",
    ),
    "neither": (
        line_of(USER, {"role": "assistant"}),
        "messages[1] must have either content or tool_calls",
    ),
    "weight": (line_of(USER, {**SAID, "weight": 0.5}), "messages[1].weight must be 0 or 1"),
    "chunk": (
        line_of({"role": "user", "content": [{"type": "thinking", "thinking": "t"}]}, SAID),
        "messages[0].content[0]: thinking is not allowed in user messages",
    ),
    "function": (
        line_of(USER, SAID, tools=[tool(name="f g")]),
        "tools[0].function.name must have 1 to 64 letters, digits, underscores and dashes, got 'f ",
    ),
    "schema": (
        line_of(USER, SAID, tools=[tool(parameters={"type": "text"})]),
        "tools[0].function.parameters.type is invalid in JSON Schema, draft 7",
    ),
}

BY_ID: dict[str, tuple[bytes, str]] = {
    "unknown": (
        line_of(USER, called("aaaaaaaaa"), result("bbbbbbbbb"), SAID),
        "messages[2]: result of an unknown call 'bbbbbbbbb'",
    ),
    "second": (
        line_of(USER, called("aaaaaaaaa"), result(), result(), SAID),
        "messages[3]: second result of call 'aaaaaaaaa'",
    ),
    "missing": (
        line_of(USER, called("aaaaaaaaa"), USER, SAID),
        "messages[3]: not as many results as tool calls before it",
    ),
    "same": (
        line_of(USER, called("aaaaaaaaa", "aaaaaaaaa")),
        "messages[1].tool_calls must have different ids",
    ),
    "empty": (line_of(USER, called("")), "messages[1].tool_calls[0].id must be the id of the call"),
}


@pytest.mark.parametrize(("line", "reason"), REASONS.values(), ids=REASONS)
def test_a_reason_has_a_path(line: bytes, reason: str) -> None:
    """With the expected and the actual value."""
    with pytest.raises(FieldError) as raised:
        check_line(line, RULES["v3"])
    assert str(raised.value).startswith(reason)


@pytest.mark.parametrize(("line", "reason"), BY_ID.values(), ids=BY_ID)
def test_newer_models_match_results_by_id(line: bytes, reason: str) -> None:
    """And accept any ID."""
    with pytest.raises(FieldError) as raised:
        check_line(line, RULES["v13"])
    assert str(raised.value).startswith(reason)


# -------------------------------------------------------------------------------------------- files

GOOD = line_of(USER, SAID) + b"\n"


async def report_of(path: Path, content: bytes, **options: Any) -> TrainingFileReport:
    """Return the report on a file."""
    await asyncio.to_thread(path.write_bytes, content)
    return (await validate_training_file(path, **options)).unwrap()


async def test_a_valid_file_has_no_faults(tmp_path: Path) -> None:
    """With and without a final line break."""
    report = await report_of(tmp_path / "a", GOOD * 3)
    assert report == TrainingFileReport(lines=3)
    assert report.is_valid
    assert (await report_of(tmp_path / "a", GOOD + GOOD[:-1])).lines == 2


async def test_each_invalid_line_is_reported(tmp_path: Path) -> None:
    """With its number. The first faults are listed, and all of them counted."""
    content = GOOD + b"{}\n" + GOOD + b" \n" + b"\xef\xbb\xbf" + GOOD
    report = await report_of(tmp_path / "a", content, max_faults=2)
    assert (report.lines, report.fault_count, report.is_valid) == (5, 3, False)
    assert report.faults == (LineFault(2, "messages is missing"), LineFault(4, "it is blank"))
    assert str(report.faults[0]) == "line 2: messages is missing"


async def test_a_byte_order_mark_and_an_empty_file_are_faults(tmp_path: Path) -> None:
    """Each with its reason."""
    (fault,) = (await report_of(tmp_path / "a", b"\xef\xbb\xbf" + GOOD)).faults
    assert str(fault) == "line 1: it begins with a byte order mark"
    (fault,) = (await report_of(tmp_path / "a", b"")).faults
    assert str(fault) == "line 1: the file is empty"


async def test_a_long_line_is_not_read_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a fault, and later lines are read."""
    monkeypatch.setattr(training_files, "MAX_LINE", 2**10)
    long = b"x" * 5_000
    report = await report_of(tmp_path / "a", GOOD + long + b"\n" + b"{}\n" + long)
    assert [fault.line for fault in report.faults] == [2, 3, 4]
    assert report.faults[0].reason.startswith("it is longer than")


async def test_a_file_that_cannot_be_uploaded_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if all lines are valid."""
    monkeypatch.setattr(training_files, "MAX_FILE", 10)
    (fault,) = (await report_of(tmp_path / "a", GOOD)).faults
    assert fault.reason == "the file has more than 10 bytes"


async def test_a_line_that_is_nested_too_deeply_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The accepted depth depends on the Python version. Nothing is raised."""
    depth = 900
    inner = '{"not": ' * depth + "{}" + "}" * depth
    tools = f'[{{"function": {{"name": "f", "parameters": {inner}}}}}]'
    content = GOOD[:-2] + f', "tools": {tools}}}\n'.encode()
    report = await report_of(tmp_path / "a", content)
    assert report.lines == 1

    def check(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(training_files, "check_line", check)
    (fault,) = (await report_of(tmp_path / "a", content)).faults
    assert fault.reason == "it is nested too deeply"


@pytest.mark.parametrize("tokenizer", RULES)
def test_each_chunk_is_judged_alike_in_each_message(tokenizer: str) -> None:
    """Whatever its type and its fields are."""
    contents: list[Any] = [*([chunk] for chunk in CHUNKS), None, 1, {}, []]
    for content in contents:
        for messages in (
            [{"role": "user", "content": content}, SAID],
            [{"role": "system", "content": content}, USER, SAID],
            [USER, {"role": "assistant", "content": content}],
            [USER, called("aaaaaaaaa"), result(content=content), SAID],
            [USER, called("aaaaaaaaa"), result(name=content), SAID],
        ):
            line = line_of(*messages)
            assert is_accepted(line, tokenizer) == judged(line, tokenizer), line


def test_some_models_refuse_audio_with_instructions() -> None:
    """Others accept it."""
    sound = {"role": "user", "content": [{"type": "audio_url", "audio_url": "https://a.example"}]}
    line = line_of(SYSTEM, sound, SAID)
    assert [is_accepted(line, tokenizer) for tokenizer in RULES] == [False, False, True, True]
    assert [judged(line, tokenizer) for tokenizer in RULES] == [False, False, True, True]
    assert is_accepted(line_of(sound, SAID), "v7")


@pytest.mark.parametrize("name", ["missing", "null\0"])
async def test_a_file_that_cannot_be_read_is_an_err(name: str, tmp_path: Path) -> None:
    """The error has its path."""
    result = await validate_training_file(tmp_path / name)
    assert isinstance(result, Err)
    assert "cannot be read" in result.error.message


async def test_an_unknown_tokenizer_is_an_err(tmp_path: Path) -> None:
    """With the known ones."""
    wrong: Any = "v1"
    result = await validate_training_file(tmp_path / "a", tokenizer=wrong)
    assert isinstance(result, Err)
    assert str(result.error) == "`tokenizer` must be one of v3, v7, v11, v13, got 'v1'"


async def test_newer_rules_can_be_chosen(tmp_path: Path) -> None:
    """Such as content beside a call."""
    path = tmp_path / "a"
    path.write_bytes(line_of(USER, called("aaaaaaaaa", content="Wait."), result(), SAID))
    for tokenizer, is_valid in (("v3", False), ("v7", True)):
        chosen: Any = tokenizer
        match await validate_training_file(path, tokenizer=chosen):
            case Ok(report):
                assert report.is_valid == is_valid
            case Err(error):
                raise error
