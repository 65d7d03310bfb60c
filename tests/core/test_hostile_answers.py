"""Malicious or corrupt responses: a call ends, and its error can be shown safely."""

import copy
import json
import pickle
import time
import tracemalloc
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from mistral_core import (
    Err,
    Headers,
    HTTPValidationError,
    MistralCore,
    Ok,
    RequestOptions,
    Response,
    ResponseValidationError,
    RetryConfig,
    SDKError,
    Unknown,
)
from mistral_core.request.encode import encode_json
from mistral_core.response.decode import read_json
from mistral_core.response.error_bodies import read_error
from mistral_core.response.json_text import decode_json
from mistral_core.structuring.converter import converter, faults
from mistral_core.structuring.detailed import MAX_FAULTS, NOT_EXPLAINED
from mistral_core.structuring.primitives import MAX_DEPTH
from mistral_core.testing import ScriptedTransport, stream_response
from mistral_funcs import chat_stream, models_retrieve
from mistral_funcs.schemas import (
    BaseModelCard,
    BatchJob,
    ChatCompletionResponse,
    EmbeddingResponse,
    ListFilesResponse,
    ModelList,
    ModerationResponse,
)

KEY = "sk-0123456789"


def read(body: Any, status: int = 500) -> SDKError | HTTPValidationError:
    """Read an error from its body, JSON unless it is bytes."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_error(Response(status, Headers(), raw))


def nested(depth: int) -> str:
    """Return nested JSON arrays."""
    return "[" * depth + "]" * depth


@pytest.mark.parametrize("depth", [10, 300])
async def test_a_deeply_nested_error_is_an_err(depth: int) -> None:
    """Its faults are read."""
    body = f'{{"detail":[{{"msg":"m","loc":["a"],"input":{nested(depth)}}}]}}'
    client = MistralCore(KEY, transport=ScriptedTransport(Response(422, Headers(), body.encode())))
    result = await models_retrieve(client, "m")
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert result.error.detail[0].msg == "m"


@pytest.mark.parametrize("depth", [600, 800])
async def test_a_too_deeply_nested_error_is_an_err(depth: int) -> None:
    """A server cannot make a call raise."""
    body = f'{{"detail":[{{"msg":"m","loc":["a"],"input":{nested(depth)}}}]}}'
    client = MistralCore(KEY, transport=ScriptedTransport(Response(422, Headers(), body.encode())))
    assert isinstance(await models_retrieve(client, "m"), Err)


@pytest.mark.parametrize("depth", [10, 300, 600, 800, 100_000])
async def test_a_deeply_nested_success_is_a_result(depth: int) -> None:
    """Unknown fields are kept, or the body is refused. Nothing is raised."""
    body = f'{{"id":"m","new":{nested(depth)}}}'
    client = MistralCore(KEY, transport=ScriptedTransport(Response(200, Headers(), body.encode())))
    assert isinstance(await models_retrieve(client, "m"), Ok | Err)


async def test_a_key_in_the_name_of_a_field_is_hidden() -> None:
    """As in a validation error that quotes its input."""
    body = json.dumps({"detail": [{"msg": "m", "input": {KEY: 1}}]}).encode()
    client = MistralCore(KEY, transport=ScriptedTransport(Response(422, Headers(), body)))
    result = await models_retrieve(client, "m")
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert KEY not in repr(result.error.detail[0].input)


@pytest.mark.parametrize("code", [0, 1])
def test_a_code_may_be_zero_or_one(code: int) -> None:
    """These are not booleans."""
    assert read({"message": "m", "code": code}).code == str(code)


@pytest.mark.parametrize("name", ["type", "code", "param", "request_id"])
@pytest.mark.parametrize("text", ["a\nFAKE LOG LINE", "a\x1b[2J", "a\ud800"])
def test_attributes_of_an_error_are_safe_to_log(name: str, text: str) -> None:
    """Without line breaks, escape sequences and lone surrogates."""
    assert str(read({"message": "m", name: text})).isprintable()


@pytest.mark.parametrize("name", ["type", "code", "param", "request_id"])
def test_attributes_of_an_error_are_truncated(name: str) -> None:
    """Like the message."""
    assert len(str(read({"message": "m", name: "x" * 1_000_000}))) < 10_000


@pytest.mark.parametrize("body", [b"\x00", b"\x1b\x07", {"message": "\x00"}])
def test_an_error_always_has_a_message(body: Any) -> None:
    """Even if the body has nothing that can be shown."""
    assert read(body).message


def test_a_page_is_read_in_linear_time() -> None:
    """60 kB of unclosed titles must not block the event loop for a second."""
    began = time.perf_counter()
    read(b"<title" * 10_000)
    assert time.perf_counter() - began < 1


@given(
    st.lists(st.sampled_from(["message", "detail", "error", "title", "msg"]), max_size=40),
    st.sampled_from(["objects", "text"]),
    st.text(st.characters(codec="ascii", categories=["Lu", "Ll"]), min_size=1),
)
def test_a_nested_message_is_found(wraps: list[str], within: str, said: str) -> None:
    """In objects or JSON strings, under any of the usual names."""
    body: Any = {"message": said}
    for wrap in wraps[: 6 if within == "text" else None]:
        body = {wrap: json.dumps(body) if within == "text" else body}
    assert read(body).message == said


@attrs.frozen(kw_only=True)
class Counts:
    """A map whose keys the server chooses."""

    by_name: dict[str, int]


def faults_in(value: object, kind: Any) -> list[tuple[str, str]]:
    """Return the faults of an invalid value."""
    with pytest.raises(Exception) as raised:  # noqa: PT011
        converter.structure(value, kind)
    return [(fault.path, fault.problem) for fault in faults(raised.value)]


@pytest.mark.parametrize("name", ["a", "a b", "", "é"])
def test_a_fault_has_a_path(name: str) -> None:
    """The key of a map is quoted in it."""
    wrong = "must be an integer, got a string"
    assert faults_in({"by_name": {name: "x"}}, Counts) == [(f"$.by_name[{name!r}]", wrong)]


def test_a_fault_has_a_path_with_any_key() -> None:
    """Even if the key looks like cattrs' own separator."""
    wrong = "must be an integer, got a string"
    assert faults_in({"by_name": {"a @ b": "x"}}, Counts) == [("$.by_name['a @ b']", wrong)]


def test_messages_of_faults_are_short() -> None:
    """They do not quote an invalid value of a megabyte."""
    ((_, message),) = faults_in({"id": "m", "deprecation": "x" * 1_000_000}, BaseModelCard)
    assert len(message) < 1_000


async def test_a_number_beyond_a_float_is_refused() -> None:
    """Like `Infinity`, because it could not be sent back."""
    body = b'{"id":"m","default_model_temperature":1e400}'
    client = MistralCore(KEY, transport=ScriptedTransport(Response(200, Headers(), body)))
    assert isinstance(await models_retrieve(client, "m"), Err)


@pytest.mark.parametrize("status", [200, 422, 500])
@pytest.mark.parametrize("text", ["a\x1b[2J", "a\udc80", "x" * 100_000])
async def test_a_request_id_of_a_header_is_safe_to_log(status: int, text: str) -> None:
    """A gateway may send any bytes."""
    response = Response(status, Headers([("mistral-correlation-id", text)]), b"[]")
    client = MistralCore(KEY, transport=ScriptedTransport(response))
    options = RequestOptions(retries=RetryConfig(strategy="none"))
    result = await models_retrieve(client, "m", options=options)
    assert isinstance(result, Err)
    assert str(result.error).isprintable()
    assert len(str(result.error)) < 10_000


# ----------------------------------------------------------------------------- values that are kept

KEPT: dict[str, tuple[Any, str]] = {
    "an unknown field": (BaseModelCard, '{{"id":"m","new":{}}}'),
    "an unknown field of an object in a list": (ModelList, '{{"data":[{{"id":"m","new":{}}}]}}'),
    "an unknown kind of object": (ModelList, '{{"data":[{{"type":"new","new":{}}}]}}'),
    "an invalid item": (ModelList, '{{"data":[{{"id":7,"new":{}}}]}}'),
    "a field of any JSON": (BatchJob, '{{"id":"j","metadata":{{"a":{}}}}}'),
    "any JSON in a list": (BatchJob, '{{"id":"j","outputs":[{{"a":{}}}]}}'),
    "any JSON": (Any, "{}"),
}
"""Places where JSON is kept unchanged: a schema, and a body with a gap."""


def read_kept(row: str, value: str) -> Any:
    """Read a body with a value in one of these places."""
    schema, text = KEPT[row]
    return read_json(Response(200, body=text.format(value).encode()), schema)


@pytest.mark.parametrize("row", KEPT)
@pytest.mark.parametrize("depth", [1, 100, MAX_DEPTH - 1])
def test_kept_values_can_be_pickled_copied_and_sent(row: str, depth: int) -> None:
    """Up to a depth that leaves stack space for the caller."""
    kept = Ok(read_kept(row, nested(depth)))
    assert pickle.loads(pickle.dumps(kept)) == kept  # noqa: S301
    assert copy.deepcopy(kept) == kept
    assert nested(depth).encode() in encode_json(kept.value)


@pytest.mark.parametrize("row", KEPT)
@pytest.mark.parametrize("depth", [MAX_DEPTH + 5, 600, 100_000])
def test_deeper_values_are_refused(row: str, depth: int) -> None:
    """The limit is the same in every version of Python."""
    with pytest.raises(ResponseValidationError):
        read_kept(row, nested(depth))


def test_depth_error_has_a_path() -> None:
    """To the field that keeps unknown ones."""
    with pytest.raises(ResponseValidationError) as raised:
        read_kept("an unknown field", nested(MAX_DEPTH + 1))
    expected = f"`$.additional_properties['new']` is nested more than {MAX_DEPTH} levels deep"
    assert raised.value.errors == (expected,)


async def test_error_with_a_deep_input_can_be_pickled() -> None:
    """Its message is read, and the input remains in the body."""
    body = f'{{"detail":[{{"msg":"m","loc":["a"],"input":{nested(600)},"ctx":{{"a":1}}}}]}}'
    error = read(body.encode(), 422)
    assert isinstance(error, HTTPValidationError)
    assert (error.message, error.detail[0].input, error.detail[0].ctx) == ("a: m", None, {"a": 1})
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301


@pytest.mark.parametrize("row", KEPT)
@pytest.mark.parametrize(
    ("number", "value"),
    [("1e999", 10**999), ("-1.5e400", -15 * 10**399), ("1" * 400 + ".0", int("1" * 400))],
)
def test_number_beyond_a_float_is_kept_as_an_integer(row: str, number: str, value: int) -> None:
    """It does not become infinity, and the same number is sent."""
    kept = read_kept(row, f'[{number},0.5,{{"a":{number}}}]')
    sent = encode_json(kept)
    assert json.dumps([value, 0.5, {"a": value}], separators=(",", ":")).encode() in sent
    assert pickle.loads(pickle.dumps(kept)) == kept  # noqa: S301


@pytest.mark.parametrize("number", ["1e5000", "-1e999999999", "1e99999999999999999999"])
def test_number_of_too_many_digits_is_refused(number: str) -> None:
    """Like an integer with so many digits."""
    with pytest.raises(ResponseValidationError, match="more than 4300 digits"):
        read_kept("an unknown field", number)


async def test_number_beyond_a_float_is_kept_in_an_event() -> None:
    """The event's name is still its type."""
    response = stream_response(b'event: new\ndata: {"id":"a","choices":[],"new":1e999}\n\n')
    client = MistralCore(KEY, transport=ScriptedTransport(response))
    stream = (await chat_stream(client, model="m", messages=[])).unwrap()
    async with stream as items:
        chunk = (await anext(items)).unwrap()
    assert chunk.additional_properties == {"type": "new", "new": 10**999}


# ------------------------------------------------------------------------ cost of invalid responses


def repeated(head: str, item: str, tail: str) -> bytes:
    """Return a body of 2.5 MB that repeats an item."""
    return f"{head}{item * (2_500_000 // len(item))}{tail}".encode()


FLOODS: dict[str, tuple[Any, bytes, str]] = {
    "nulls for an embedding": (
        EmbeddingResponse,
        repeated('{"data":[{"embedding":[', "null,", "0]}]}"),
        "`$.data[0].embedding[0]` must be a number, got null",
    ),
    "nulls for choices": (
        ChatCompletionResponse,
        repeated('{"choices":[', "null,", "{}]}"),
        "`$.choices[0]` must be an object, got null",
    ),
    "many embeddings with some": (
        EmbeddingResponse,
        repeated('{"data":[', '{"embedding":[null,null,null,null]},', "{}]}"),
        "`$.data[0].embedding[0]` must be a number, got null",
    ),
}


@pytest.mark.parametrize("row", FLOODS)
def test_only_the_first_faults_are_reported(row: str) -> None:
    """Checking all items would block the event loop for seconds."""
    schema, body, first = FLOODS[row]
    started = time.process_time()
    decode_json(body)
    parsed = time.process_time()
    with pytest.raises(ResponseValidationError) as raised:
        read_json(Response(200, body=body), schema)
    assert time.process_time() - parsed < 0.5 + 5 * (parsed - started)
    assert len(raised.value.errors) == MAX_FAULTS
    assert raised.value.errors[0] == first
    assert f"(and at least {MAX_FAULTS - 1} more)" in raised.value.message


@pytest.mark.parametrize("row", FLOODS)
def test_many_faults_take_little_memory(row: str) -> None:
    """Less than ten times the body, most of it for the parsed JSON."""
    schema, body, _ = FLOODS[row]
    tracemalloc.start()
    try:
        with pytest.raises(ResponseValidationError):
            read_json(Response(200, body=body), schema)
        assert tracemalloc.get_traced_memory()[1] < 10 * len(body)
    finally:
        tracemalloc.stop()


def test_faults_of_a_map_are_limited_too() -> None:
    """The paths have the keys. Fewer faults are all reported."""
    scores = dict.fromkeys(map(str, range(1000)))
    for count, named in ((1000, MAX_FAULTS), (3, 3)):
        few = dict(list(scores.items())[:count])
        value = {"results": [{"category_scores": few}]}
        with pytest.raises(ResponseValidationError) as raised:
            read_json(Response(200, body=json.dumps(value).encode()), ModerationResponse)
        assert len(raised.value.errors) == named
        assert raised.value.errors[2].startswith("`$.results[0].category_scores['2']` must be")


def test_invalid_items_are_explained_up_to_a_limit() -> None:
    """All of them are kept, and valid ones are read."""
    items: list[object] = [*[None] * 1000, {"id": "f"}, *[7] * 1000]
    for by in (converter, converter.detailed):
        _check_reasons(by.structure({"data": items}, ListFilesResponse).data, items)


def _check_reasons(data: list[Any], items: list[object]) -> None:
    reasons = [item.reason for item in data if isinstance(item, Unknown)]
    assert [getattr(item, "raw", {"id": "f"}) for item in data] == items
    assert {*reasons[:MAX_FAULTS]} == {"`$` must be an object, got null"}
    assert {*reasons[MAX_FAULTS:]} == {NOT_EXPLAINED}
