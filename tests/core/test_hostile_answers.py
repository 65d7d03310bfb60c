"""Answers that mean harm, or that nobody meant: a call ends, and its error can be shown."""

import json
import time
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
    RetryConfig,
    SDKError,
)
from mistral_core.converter import converter, faults
from mistral_core.error_bodies import read_error
from mistral_core.testing import ScriptedTransport
from mistral_funcs import models_retrieve
from mistral_funcs.schemas import BaseModelCard

KEY = "sk-0123456789"


def read(body: Any, status: int = 500) -> SDKError | HTTPValidationError:
    """Read an error from its body; all but bytes is made JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_error(Response(status, Headers(), raw))


def nested(depth: int) -> str:
    """Return JSON of arrays in arrays."""
    return "[" * depth + "]" * depth


@pytest.mark.parametrize("depth", [10, 300])
async def test_an_error_that_is_nested_deep_is_an_err(depth: int) -> None:
    """Its faults are read, with the input that they quote."""
    body = f'{{"detail":[{{"msg":"m","loc":["a"],"input":{nested(depth)}}}]}}'
    client = MistralCore(KEY, transport=ScriptedTransport(Response(422, Headers(), body.encode())))
    result = await models_retrieve(client, "m")
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert result.error.detail[0].msg == "m"


@pytest.mark.parametrize("depth", [600, 800])
async def test_an_error_that_is_nested_very_deep_is_an_err(depth: int) -> None:
    """A server cannot make a call raise."""
    body = f'{{"detail":[{{"msg":"m","loc":["a"],"input":{nested(depth)}}}]}}'
    client = MistralCore(KEY, transport=ScriptedTransport(Response(422, Headers(), body.encode())))
    assert isinstance(await models_retrieve(client, "m"), Err)


@pytest.mark.parametrize("depth", [10, 300, 600, 800, 100_000])
async def test_a_success_that_is_nested_deep_is_a_result(depth: int) -> None:
    """Unknown fields are kept as they are, or the body is refused; nothing is raised."""
    body = f'{{"id":"m","new":{nested(depth)}}}'
    client = MistralCore(KEY, transport=ScriptedTransport(Response(200, Headers(), body.encode())))
    assert isinstance(await models_retrieve(client, "m"), Ok | Err)


async def test_a_key_is_hidden_where_it_is_the_name_of_a_field() -> None:
    """As in a validation error that quotes its input."""
    body = json.dumps({"detail": [{"msg": "m", "input": {KEY: 1}}]}).encode()
    client = MistralCore(KEY, transport=ScriptedTransport(Response(422, Headers(), body)))
    result = await models_retrieve(client, "m")
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert KEY not in repr(result.error.detail[0].input)


@pytest.mark.parametrize("code", [0, 1])
def test_a_code_may_be_any_number(code: int) -> None:
    """0 and 1 are no booleans."""
    assert read({"message": "m", "code": code}).code == str(code)


@pytest.mark.parametrize("name", ["type", "code", "param", "request_id"])
@pytest.mark.parametrize("text", ["a\nFAKE LOG LINE", "a\x1b[2J", "a\ud800"])
def test_the_facts_of_an_error_do_no_harm_to_a_log(name: str, text: str) -> None:
    """No line break, escape sequence or lone surrogate is in what a person reads."""
    assert str(read({"message": "m", name: text})).isprintable()


@pytest.mark.parametrize("name", ["type", "code", "param", "request_id"])
def test_the_facts_of_an_error_are_cut(name: str) -> None:
    """As the message is: an error is no place for a megabyte."""
    assert len(str(read({"message": "m", name: "x" * 1_000_000}))) < 10_000


@pytest.mark.parametrize("body", [b"\x00", b"\x1b\x07", {"message": "\x00"}])
def test_an_error_always_has_a_message(body: Any) -> None:
    """Also where the body is nothing that can be shown."""
    assert read(body).message


def test_a_page_is_read_in_linear_time() -> None:
    """60 kB of titles that never end must not hold up the event loop for a second."""
    began = time.perf_counter()
    read(b"<title" * 10_000)
    assert time.perf_counter() - began < 1


@given(
    st.lists(st.sampled_from(["message", "detail", "error", "title", "msg"]), max_size=40),
    st.sampled_from(["objects", "text"]),
    st.text(st.characters(codec="ascii", categories=["Lu", "Ll"]), min_size=1),
)
def test_a_message_is_found_however_often_it_is_wrapped(
    wraps: list[str], within: str, said: str
) -> None:
    """In objects, or in a text that is JSON, of any of the known names."""
    body: Any = {"message": said}
    for wrap in wraps[: 6 if within == "text" else None]:
        body = {wrap: json.dumps(body) if within == "text" else body}
    assert read(body).message == said


@attrs.frozen(kw_only=True)
class Counts:
    """Hold a map whose names the server chooses."""

    by_name: dict[str, int]


def found(value: object, kind: Any) -> list[tuple[str, str]]:
    """Return the faults of a value that must have some."""
    with pytest.raises(Exception) as raised:  # noqa: PT011
        converter.structure(value, kind)
    return [(fault.path, fault.what) for fault in faults(raised.value)]


@pytest.mark.parametrize("name", ["a", "a b", "", "é"])
def test_a_fault_has_the_path_to_it(name: str) -> None:
    """The name of a map's item is quoted in it."""
    wrong = "expected a whole number, got a string"
    assert found({"by_name": {name: "x"}}, Counts) == [(f"$.by_name[{name!r}]", wrong)]


def test_a_fault_has_the_path_to_it_whatever_the_name() -> None:
    """Also where the name looks like cattrs' own separator."""
    wrong = "expected a whole number, got a string"
    assert found({"by_name": {"a @ b": "x"}}, Counts) == [("$.by_name['a @ b']", wrong)]


def test_what_is_wrong_is_told_in_few_words() -> None:
    """It does not repeat a megabyte that stands in place of a date."""
    ((_, what),) = found({"id": "m", "deprecation": "x" * 1_000_000}, BaseModelCard)
    assert len(what) < 1_000


async def test_a_number_beyond_a_float_is_refused() -> None:
    """As `Infinity` is: it could not be sent back."""
    body = b'{"id":"m","default_model_temperature":1e400}'
    client = MistralCore(KEY, transport=ScriptedTransport(Response(200, Headers(), body)))
    assert isinstance(await models_retrieve(client, "m"), Err)


@pytest.mark.parametrize("status", [200, 422, 500])
@pytest.mark.parametrize("text", ["a\x1b[2J", "a\udc80", "x" * 100_000])
async def test_a_request_id_of_a_header_does_no_harm_to_a_log(status: int, text: str) -> None:
    """A gateway may send any bytes there, and the id is in what a person reads."""
    answer = Response(status, Headers([("mistral-correlation-id", text)]), b"[]")
    client = MistralCore(KEY, transport=ScriptedTransport(answer))
    options = RequestOptions(retries=RetryConfig(strategy="none"))
    result = await models_retrieve(client, "m", options=options)
    assert isinstance(result, Err)
    assert str(result.error).isprintable()
    assert len(str(result.error)) < 10_000
