"""Secrets are removed from all parts of a recording before it is written."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given, strategies as st

from mistral_core import Cassette, MistralCore, RequestOptions
from mistral_core.cassettes.scrubbing import Scrubber
from mistral_core.testing import ScriptedTransport, stream_response
from mistral_funcs import (
    beta_connectors_create,
    chat_stream,
    files_get_signed_url,
)
from tests.cassettes.loopback import KEY, bytes_in, lines_of, loopback, recording, replaying

JWT = "eyJhbGciOi.eyJzdWIiOiIx.c2lnbmF0dXJl"

TEXTS = {
    "https://u:pw@host/v1": "https://host/v1",
    "/f?X-Amz-Signature=abc&X-Amz-Credential=d/e&n=1": (
        "/f?X-Amz-Signature=***&X-Amz-Credential=***&n=1"
    ),
    "https://x.blob.net/f?se=2025&sig=a%2Bb#top": "https://x.blob.net/f?se=2025&sig=***#top",
    "/v1?key=AIza1&api_key=2&page_token=3&alt=sse": "/v1?key=***&api_key=***&page_token=3&alt=sse",
    "grant_type=client&client_secret=hush": "grant_type=client&client_secret=***",
    "Invalid key: Bearer abcd1234efgh.": "Invalid key: Bearer ***",
    "a bearer of bad news, in basic training": "a bearer of bad news, in basic training",
    f"token is {JWT}, sorry": "token is ***, sorry",
    "signed with whsec_a1b2c3d4e5": "signed with ***",
    "KeyError({'password': 'hunter2'})": "KeyError({'password': '***'})",
    '{"client_secret": "hush", "cut': '{"client_secret": "***", "cut',
    '{"password":"hush","n":1}': '{"password":"***","n":1}',
    "failed: code=422, api_key=abc": "failed: code=422, api_key=***",
    "The tokens: 17; next_page_token: abc": "The tokens: 17; next_page_token: abc",
}


@pytest.mark.parametrize("text", TEXTS)
def test_secret_is_removed_from_a_string(text: str) -> None:
    """Secrets are recognized by parameter and field names, and by the form of keys.

    A second pass changes nothing.
    """
    assert Scrubber().clean_text(text) == TEXTS[text]
    assert Scrubber().clean_text(TEXTS[text]) == TEXTS[text]


VALUES: dict[str, tuple[Any, Any]] = {
    "fields by name": (
        {"secret": "a", "encryptionKey": "b", "bearer_token": "c", "client-private-key": "d"},
        {
            "secret": "***",
            "encryptionKey": "***",
            "bearer_token": "***",
            "client-private-key": "***",
        },
    ),
    "usage and pages": (
        {"max_tokens": 5, "prompt_tokens": 3, "nextPageToken": "n", "prompt_cache_key": "k"},
        {"max_tokens": 5, "prompt_tokens": 3, "nextPageToken": "n", "prompt_cache_key": "k"},
    ),
    "log probabilities": (
        [{"token": "Hi", "logprob": -0.1}, {"token": "abc"}],
        [{"token": "Hi", "logprob": -0.1}, {"token": "***"}],
    ),
    "nested values": (
        {"secrets": {"A": "a", "B": ["b", {"C": "c"}]}, "password": 1234, "token": None},
        {"secrets": {"A": "***", "B": ["***", {"C": "***"}]}, "password": 0, "token": None},
    ),
    "headers in bodies": (
        {"headers": {"X-Mine": "a", "Content-Type": "text/plain", "n": 1}, "extra_headers": ["b"]},
        {
            "headers": {"X-Mine": "***", "Content-Type": "text/plain", "n": 1},
            "extra_headers": ["b"],
        },
    ),
    "values marked as secret": (
        [{"name": "h", "value": "a", "is_secret": True}, {"value": "b", "isSecret": False}],
        [{"name": "h", "value": "***", "is_secret": True}, {"value": "b", "isSecret": False}],
    ),
    "JSON schemas": (
        {"properties": {"password": {"type": "string"}}, "required": ["password"]},
        {"properties": {"password": {"type": "string"}}, "required": ["password"]},
    ),
    "JSON in strings": (
        {"arguments": '{"password": "hush", "n": 1}', "text": '{"n": 1}'},
        {"arguments": '{"password":"***","n":1}', "text": '{"n": 1}'},
    ),
}


@pytest.mark.parametrize("case", VALUES)
def test_secret_is_removed_from_json(case: str) -> None:
    """Secrets are recognized by field names. Similar names such as `max_tokens` are kept."""
    value, cleaned = VALUES[case]
    assert Scrubber().clean(value) == cleaned


def test_known_secret_is_removed_everywhere() -> None:
    """Also in bytes and in keys. A second pass removes it from earlier content."""
    before = {"message": "no such secret: s3cr3t-value", "s3cr3t-value": b"\xff s3cr3t-value"}
    scrubber = Scrubber()
    scrubber.clean([before, {"secret": "s3cr3t-value"}])
    cleaned = scrubber.clean(before)
    assert cleaned == {"message": "no such secret: ***", "***": b"\xff ***"}


def test_secret_on_another_line_than_its_name_is_removed() -> None:
    """Indented JSON is parsed as a whole, JSON lines one by one."""
    text = json.dumps({"secrets": {"A": "hush"}}, indent=2)
    assert Scrubber().clean_content({"text": f"\n{text}"}) == {"text": '{"secrets":{"A":"***"}}'}
    lines = '{"secret": "a"}\n{"n": 1}\n'
    assert Scrubber().clean_content({"text": lines}) == {"text": '{"secret":"***"}\n{"n": 1}\n'}


def test_ordinary_word_is_hidden_only_where_it_is_a_secret() -> None:
    """`required` as the value of `authorization` is not removed from other text."""
    scrubber = Scrubber()
    assert scrubber.clean({"authorization": "required"}) == {"authorization": "***"}
    assert scrubber.clean("required") == "required"


LINES = (
    b'data: {"client_secret": "s3cr3t-value"}\n\ndata: {"text": "Hi s3cr3t-value"}\n\nplain\xff\n'
)


@given(st.lists(st.integers(0, len(LINES)), max_size=12))
def test_secret_split_between_chunks_is_removed(cuts: list[int]) -> None:
    """A stream may be split anywhere. Content without a secret stays in its chunk."""
    bounds = [0, *sorted(cuts), len(LINES)]
    chunks = [LINES[start:end] for start, end in pairwise(bounds)]
    cleaned = Scrubber().clean_chunks(chunks)
    assert len(cleaned) == len(chunks)
    assert b"".join(cleaned) == LINES.replace(b"s3cr3t-value", b"***").replace(b'": "', b'":"')


@given(st.lists(st.integers(0, len(LINES)), max_size=12))
def test_chunks_without_secrets_stay_as_they_are(cuts: list[int]) -> None:
    """Not a byte is changed."""
    lines = LINES.replace(b"client_secret", b"name")
    bounds = [0, *sorted(cuts), len(lines)]
    chunks = [lines[start:end] for start, end in pairwise(bounds)]
    assert Scrubber().clean_chunks(chunks) == chunks


async def test_no_secret_is_on_disk(tmp_path: Path) -> None:
    """Headers, queries, bodies and errors of real traffic are cleaned; the replay still matches."""
    secrets = [
        "s3cr3t-body-1",
        "s3cr3t-header-2",
        "s3cr3t-url-3",
        "s3cr3t-cookie-4",
        "s3cr3t-error-5",
    ]
    signed = f"https://files.example.com/f?X-Amz-Signature={secrets[2]}"

    async def handle(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/url"):
            return web.json_response({"url": signed}, headers={"Set-Cookie": f"id={secrets[3]}"})
        echo = f"Key {request.headers['Authorization']} rejects {secrets[0]}, token={secrets[4]}"
        return web.json_response({"message": f"{echo}?token={secrets[4]}"}, status=400)

    async def call(client: MistralCore, body: str, header: str) -> list[str]:
        options = RequestOptions(headers={"x-gateway-key": "k", "x-session-token": header})
        server = "https://u:pw12345678@example.com"
        connector = {"name": "n", "description": "d", "server": server, "bearer_token": body}
        signed = await files_get_signed_url(client, "file-1", options=options)
        created = await beta_connectors_create(client, connector=connector)
        return [signed.unwrap().url, repr(created)]

    path = tmp_path / "test.jsonl"
    async with loopback(handle) as (url, arrived), recording(path, url) as client:
        seen = await call(client, secrets[0], secrets[1])
    assert seen[0] == signed
    assert secrets[0].encode() in arrived[1].body
    written = bytes_in(tmp_path)
    for secret in (*secrets, KEY, "pw12345678"):
        assert secret.encode() not in written, secret
    with replaying(path) as client:
        replayed = await call(client, "another-secret-1", "another-secret-2")
    assert "X-Amz-Signature=***" in replayed[0]
    assert "rejects ***" in replayed[1]


async def test_names_and_a_function_can_be_added(tmp_path: Path) -> None:
    """The function sees all strings. Requests are compared after it was applied."""

    def redact(text: str) -> str:
        return text.replace("Ada", "X")

    def hidden(**more: Any) -> Cassette:
        return Cassette(path, secrets=["X-Tenant", "ssn"], redact=redact, **more)

    async def ask(cassette: Cassette, name: str, ssn: str) -> str:
        client = MistralCore("key", transport=cassette, headers={"x-tenant": "tenant"})
        messages: Any = [{"role": "user", "content": f"I am {name}", "ssn": ssn}]
        opened = await chat_stream(client, model="m", messages=messages)
        async with opened.unwrap() as chunks:
            return "".join([each.unwrap().text async for each in chunks])

    path = tmp_path / "test.jsonl"
    event = {"id": "c", "model": "m", "choices": [{"index": 0, "delta": {"content": "Hi Ada"}}]}
    text = f"data: {json.dumps(event)}\n\ndata: [DONE]\n\n".encode()
    cut = text.index(b'da"')
    inner = ScriptedTransport(stream_response(text[:cut], text[cut:]))
    with hidden(record="all", transport=inner) as cassette:
        assert await ask(cassette, "Ada", "123") == "Hi Ada"
    written = bytes_in(tmp_path)
    assert b"Ada" not in written
    assert b"tenant" not in written.replace(b"x-tenant", b"")
    assert lines_of(path)[0]["body"]["json"]["messages"][0]["ssn"] == "***"
    with hidden() as cassette:
        assert await ask(cassette, "X", "456") == "Hi X"
