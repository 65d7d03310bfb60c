"""The sandbox refuses requests that the client would never send, and never responds with 500."""

import asyncio
import gzip
import json
import logging
import time
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.http_parser import HttpRequestParserPy
from hypothesis import given, settings, strategies as st

from mistral_core import Request, Response
from mistral_core.http.headers import Headers
from mistral_core.http.secret import Secret
from mistral_funcs.sandbox import Sandbox, forms, http_server, request_bodies
from mistral_funcs.sandbox.behaviors.files import store_file
from mistral_funcs.sandbox.routing import routes

CHAT = "/v1/chat/completions"
FORM = "multipart/form-data; boundary=b"
REFUSALS = {400, 401, 403, 404, 405, 413, 415, 422}


async def respond(
    sandbox: Sandbox, method: str, target: str, body: Any = None, **headers: str
) -> Response:
    """Send a request to a sandbox, and read the complete response."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    response = await sandbox.send(
        Request(
            method=method,
            url=target,
            path_template=target,
            headers=Headers(named.items()),
            body=body,
            authorization=Secret(f"Bearer {sandbox.api_key}"),
        )
    )
    if response.stream is not None:
        async for _ in response.stream:
            pass
    return response


async def status_of(method: str, target: str, body: Any = None, **headers: str) -> int:
    """Return the status of a new sandbox's response."""
    return (await respond(Sandbox(), method, target, body, **headers)).status


def chat(**more: Any) -> bytes:
    """Return the body of a chat request."""
    messages = [{"role": "user", "content": "use f"}]
    return json.dumps({"model": "open-mistral-7b", "messages": messages, **more}).encode()


def part(head: bytes, content: bytes = b"x") -> bytes:
    """Return a part of a form with its boundary."""
    return b"--b\r\n" + head + b"\r\n\r\n" + content + b"\r\n"


def file_named(parameter: bytes) -> bytes:
    """Return a form with a file and this filename parameter."""
    return part(b'Content-Disposition: form-data; name="file"; ' + parameter) + b"--b--\r\n"


def nested(depth: int) -> bytes:
    """Return JSON objects nested to this depth."""
    return b'{"a":' * depth + b"1" + b"}" * depth


class Chunks:
    """A body in chunks, as over HTTP, with an optional known size."""

    def __init__(self, *chunks: bytes, size: int | None = None) -> None:
        """Take the chunks."""
        self.chunks = chunks
        self.size = size
        self.spent = False
        self.fault = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Iterate over the chunks."""
        for chunk in self.chunks:
            yield chunk


# --------------------------------------------------------------------------------------------- JSON

JSON_BODIES = {
    "nested deeper than the parser follows": b"[" * 100_000,
    "nested deeper than Python follows": nested(5_000),
    "nested deeper than structuring follows": nested(300),
    "nested one level too deep": nested(101),
    "not UTF-8": b'{"model": "\xff"}',
    "UTF-16": '{"model": "m"}'.encode("utf-16"),
    "a lone surrogate": rb'{"model": "\ud800"}',
    "a lone surrogate as a key": rb'{"\udfff": 1}',
    "not a number": b'{"n": NaN}',
    "infinite": b'{"n": -Infinity}',
    "too large for a float": b'{"n": 1e999}',
    "more digits than Python reads": b'{"n": ' + b"9" * 5_000 + b"}",
    "NUL bytes": b"\0\0\0\0",
    "no object": b"[1]",
}


@pytest.mark.parametrize("name", JSON_BODIES)
@pytest.mark.parametrize("target", [CHAT, "/v1/batch/jobs", "/v1/fine_tuning/jobs", "/v1/ocr"])
async def test_invalid_json_is_refused(target: str, name: str) -> None:
    """By each operation with a JSON body."""
    assert await status_of("POST", target, JSON_BODIES[name]) == 422


async def test_json_nested_up_to_the_limit_is_accepted() -> None:
    """A byte order mark is accepted too."""
    body = chat(extra=json.loads(nested(99)))
    assert await status_of("POST", CHAT, body) == 200
    assert await status_of("POST", CHAT, b"\xef\xbb\xbf" + body) == 200


TOO_MUCH: dict[str, tuple[str, dict[str, Any]]] = {
    "no choices": (CHAT, {"n": 0}),
    "choices": (CHAT, {"n": 10**9}),
    "tokens below zero": (CHAT, {"max_tokens": -1}),
    "tokens of a chat": (CHAT, {"max_tokens": 10**400}),
    "tokens of code": ("/v1/fim/completions", {"prompt": "a", "min_tokens": 10**11}),
    "embeddings": ("/v1/embeddings", {"input": ["a"] * 2049}),
    "a long speech": ("/v1/audio/speech", {"input": "a " * 50_001}),
    "steps": ("/v1/fine_tuning/jobs", {"hyperparameters": {"training_steps": 10**400}}),
    "no steps": ("/v1/fine_tuning/jobs", {"hyperparameters": {"training_steps": 0}}),
    "epochs": ("/v1/fine_tuning/jobs", {"hyperparameters": {"epochs": 1e308}}),
    "no epochs": ("/v1/fine_tuning/jobs", {"hyperparameters": {"epochs": 0}}),
}
"""Requests that need too much memory or time, or have values that are too small."""


@pytest.mark.parametrize("name", TOO_MUCH)
async def test_excessive_requests_are_refused(name: str) -> None:
    """With 422, like other values out of range."""
    target, fields = TOO_MUCH[name]
    body: dict[str, Any] = {"model": "m", "messages": [], **fields}
    assert await status_of("POST", target, json.dumps(body).encode()) == 422


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "minItems": 10**9},
        {"type": "string", "minLength": 10**9},
        {"properties": {str(number): {"$ref": "#"} for number in range(50)}},
        {"$ref": "#"},
        {
            "$ref": "#/$defs/0",
            "$defs": {
                str(number): {"allOf": [{"$ref": f"#/$defs/{number + 1}"}] * 2}
                for number in range(60)
            },
        },
    ],
    ids=["array", "string", "object", "itself", "doubling"],
)
async def test_an_excessive_schema_is_refused(schema: dict[str, Any]) -> None:
    """Quickly, in structured output and in tools."""
    wanted = {"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}
    assert await status_of("POST", CHAT, chat(response_format=wanted)) == 400
    tools = [{"type": "function", "function": {"name": "f", "parameters": schema}}]
    assert await status_of("POST", CHAT, chat(tools=tools)) == 400


async def test_long_texts_are_read_in_linear_time() -> None:
    """Regular expressions do not backtrack."""
    sandbox = Sandbox()
    file = store_file(sandbox.state, content=b"[" * 100_000, filename="a.txt", purpose="ocr")
    document = {"type": "file", "file_id": file.id}
    moderated = {"model": "mistral-moderation-latest", "input": "a." * 50_000}
    started = time.monotonic()
    for target, body in {"/v1/ocr": {"document": document}, "/v1/moderations": moderated}.items():
        assert (await respond(sandbox, "POST", target, json.dumps(body).encode())).status == 200
    assert time.monotonic() - started < 5


async def test_a_document_without_a_name_is_read() -> None:
    """Its header has no words with a confidence."""
    document = {"type": "document_url", "document_url": ""}
    body = {"document": document, "confidence_scores_granularity": "block"}
    assert await status_of("POST", "/v1/ocr", json.dumps(body).encode()) == 200


@pytest.mark.parametrize("line", [rb'{"custom_id": "\ud800", "body": {}}', b"[" * 100_000])
async def test_an_invalid_line_fails_its_batch(line: bytes) -> None:
    """With the number of the line."""
    sandbox = Sandbox(progress="manual")
    file = store_file(sandbox.state, content=line, filename="a.jsonl", purpose="batch")
    body = {"endpoint": CHAT, "input_files": [file.id]}
    await respond(sandbox, "POST", "/v1/batch/jobs", json.dumps(body).encode())
    sandbox.advance()
    (job,) = sandbox.state.batch_jobs.values()
    assert job.details.status == "FAILED"
    assert [error.message for error in job.details.errors] == ["Line 1 is not JSON."]


# ---------------------------------------------------------------------------- targets, forms, sizes


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        ("GET", "//[", 404),
        ("GET", "//[::1]:x/v1/models", 404),
        ("GET", "*", 404),
        ("GET", "", 404),
        ("GET", "http://[", 404),
        ("GET", "/v1/models/[", 404),
        ("GET", "/v1/models/%ff%00", 404),
        ("GET", "/v1/models/\udcff", 404),
        ("GET", "/v1/models?model=\udcff%ff&&=&;", 200),
        ("GET", "/v1/models#[", 200),
        ("GET", "https://api.mistral.ai/v1/models?#?", 200),
        ("BREW", "/v1/models", 405),
        ("GET", "/v1/files?page=99999999999", 422),
        ("GET", "/v1/fine_tuning/jobs?created_after=0001-01-01", 200),
        ("GET", "/v1/fine_tuning/jobs?created_before=9999-12-31T23:59:59-23:59", 200),
    ],
)
async def test_any_target_is_routed_or_refused(method: str, target: str, status: int) -> None:
    """Including invalid URLs."""
    assert await status_of(method, target) == status


NAME = b'Content-Disposition: form-data; name="file"; filename="a.txt"'
PURPOSE = b'Content-Disposition: form-data; name="purpose"'

FORMS: dict[str, tuple[str, bytes, int]] = {
    "a file": (FORM, part(NAME) + b"--b--", 200),
    "a file after a preamble": (FORM, b"Hello!\r\n" + part(NAME) + b"--b--", 200),
    "a quoted boundary": ('multipart/form-data; boundary="b"', part(NAME) + b"--b--", 200),
    "a name in another charset": (FORM, file_named(b"filename*=latin-1''%E9.txt"), 200),
    "no boundary": ("multipart/form-data", part(NAME), 422),
    "an empty boundary": ("multipart/form-data; boundary=", part(NAME), 422),
    "a boundary with a charset": ("multipart/form-data; boundary*=a'b'c", part(NAME), 422),
    "a boundary that is not UTF-8": (f"{FORM}\udcff", part(NAME), 400),
    "another boundary": (f"{FORM}c", part(NAME) + b"--b--", 400),
    "a boundary of 10 kB": (FORM + "c" * 10_000, part(NAME) + b"--b--", 400),
    "no form": (FORM, b"{}", 400),
    "no body": (FORM, b"", 400),
    "no end": (FORM, part(NAME), 400),
    "no part": (FORM, b"--b--", 422),
    "no head": (FORM, b"--b\r\nfile\r\n--b--", 400),
    "a head that is not UTF-8": (FORM, part(b"\xff: x") + b"--b--", 400),
    "a field that is not UTF-8": (FORM, part(PURPOSE, b"\xff") + part(NAME) + b"--b--", 400),
    "a name that is not UTF-8": (FORM, file_named(b'filename="\xff"'), 400),
    "a name in no charset": (FORM, file_named(b"filename*=undefined''x"), 400),
    "a name in a charset with NUL": (FORM, file_named(b"filename*=a\0b''x"), 400),
    "a name with a lone surrogate": (FORM, file_named(b"filename*=unicode_escape''%5Cud800"), 400),
    "too many parts": (FORM, part(PURPOSE) * (forms.MOST_PARTS + 1) + b"--b--", 400),
    "an expiry of many digits": (
        FORM,
        part(b'Content-Disposition: form-data; name="expiry"', b"9" * 5_000)
        + part(NAME)
        + b"--b--",
        422,
    ),
}


@pytest.mark.parametrize("name", FORMS)
async def test_a_form_is_read_or_refused(name: str) -> None:
    """400 for an invalid form, 422 for missing or invalid fields."""
    content_type, body, status = FORMS[name]
    assert await status_of("POST", "/v1/files", body, content_type=content_type) == status


BOMB = gzip.compress(bytes(request_bodies.LARGEST_DECODED + 1))
ENCODED: dict[str, tuple[str, bytes, int]] = {
    "gzip": ("gzip", gzip.compress(chat()), 200),
    "deflate": ("Deflate", zlib.compress(chat()), 200),
    "identity": ("identity", chat(), 200),
    "junk": ("gzip", b"junk", 400),
    "another encoding than named": ("deflate", gzip.compress(chat()), 400),
    "cut off": ("gzip", gzip.compress(chat())[:-9], 400),
    "nothing": ("gzip", b"", 422),
    "a bomb": ("gzip", BOMB, 413),
    "an encoding that is not read": ("br", chat(), 415),
    "two encodings": ("gzip, gzip", gzip.compress(gzip.compress(chat())), 415),
}


@pytest.mark.parametrize("name", ENCODED)
@pytest.mark.parametrize("in_chunks", [False, True])
async def test_a_compressed_body_is_read_or_refused(name: str, *, in_chunks: bool) -> None:
    """400 for invalid content, 413 for too much, 415 for other encodings."""
    encoding, body, status = ENCODED[name]
    sent = Chunks(body[:5], body[5:]) if in_chunks else body
    assert await status_of("POST", CHAT, sent, content_encoding=encoding) == status


@pytest.mark.parametrize(
    "body", [b"x" * 11, Chunks(size=11), Chunks(b"x" * 6, b"x" * 5)], ids=["whole", "told", "come"]
)
async def test_an_excessive_body_is_refused(
    body: bytes | Chunks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As soon as its size is known."""
    monkeypatch.setattr(request_bodies, "LARGEST", 10)
    assert await status_of("POST", CHAT, body) == 413


# -------------------------------------------------------------------------------------- raw sockets

KEY = b"Host: x\r\nAuthorization: Bearer sandbox-key\r\n"

RAW: dict[str, tuple[bytes, bytes]] = {
    "a path that is not a URL": (b"GET //[ HTTP/1.1\r\n" + KEY + b"\r\n", b"404"),
    "invalid gzip": (
        b"POST /v1/embeddings HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n"
        + KEY
        + b"\r\njunk",
        b"400",
    ),
    "a header that is not UTF-8": (
        b"POST /v1/files HTTP/1.1\r\nContent-Length: 0\r\n"
        b"Content-Type: multipart/form-data; boundary=\xff\r\n" + KEY + b"\r\n",
        b"400",
    ),
    "a length that is too large": (
        b"POST /v1/files HTTP/1.1\r\nContent-Length: 999999999999\r\n" + KEY + b"\r\n",
        b"413",
    ),
}


@pytest.mark.parametrize("name", RAW)
async def test_a_request_of_raw_bytes_is_refused(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """With a status, and without an error in the server's log."""
    sent, status = RAW[name]
    async with Sandbox().serve() as url:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rsplit(":", 1)[1]))
        writer.write(sent)
        received = await asyncio.wait_for(reader.readline(), 10)
        writer.close()
        await writer.wait_closed()
    assert received.split()[1] == status
    assert [each for each in caplog.records if each.levelno >= logging.ERROR] == []


CHUNKED = b"POST /v1/embeddings HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + KEY + b"\r\n"


@pytest.mark.parametrize(("chunks", "status"), [(b"zz\r\n", 400), (b"4\r\njunk\r\n", 408)])
async def test_an_incomplete_chunked_body_is_refused(
    chunks: bytes, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """400 for an invalid chunk, 408 after a silence. The connection is closed."""
    monkeypatch.setattr(http_server, "LONGEST_SILENCE", 0.2)
    # The parser in C does not report the fault to the reader of the body.
    monkeypatch.setattr("aiohttp.web_protocol.HttpRequestParser", HttpRequestParserPy)
    async with Sandbox().serve() as url:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rsplit(":", 1)[1]))
        writer.write(CHUNKED)
        await asyncio.sleep(0.05)
        writer.write(chunks)
        received = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        await writer.wait_closed()
    assert received.startswith(f"HTTP/1.1 {status} ".encode())


async def test_a_client_that_disconnects_during_an_upload_is_no_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Its request is not recorded."""
    sandbox = Sandbox()
    async with sandbox.serve() as url:
        _, writer = await asyncio.open_connection("127.0.0.1", int(url.rsplit(":", 1)[1]))
        writer.write(CHUNKED + b"4\r\njunk\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.close()
        await writer.wait_closed()
        await asyncio.sleep(0.05)
    assert not sandbox.requests
    assert [each for each in caplog.records if each.levelno >= logging.ERROR] == []


# ---------------------------------------------------------------------------------- random requests

TEXTS = st.sampled_from(
    [
        *("user", "tool", "text", "object", "array", "string", "image_url", "document_url", "#"),
        *("open-mistral-7b", "mistral-embed", "mistral-ocr-latest", "codestral-latest", "f", "any"),
        *("mistral-moderation-latest", "voxtral-mini-latest", "ag:sandbox", CHAT, "wav", "block"),
        *("", "\ud800", "\0", "é", "0-9", "word"),
    ]
)
NAMES = st.sampled_from(
    [
        *("model", "messages", "role", "content", "input", "n", "stream", "tools", "function"),
        *("name", "parameters", "response_format", "json_schema", "schema", "type", "agent_id"),
        *("prompt", "document", "document_url", "image_url", "pages", "endpoint", "requests"),
        *("body", "custom_id", "hyperparameters", "training_steps", "repositories", "labels"),
        *("classifier_targets", "sample_audio", "properties", "items", "$ref", "enum", "metadata"),
    ]
)
NUMBERS = st.sampled_from([0, -1, 1, 2, 10**30, -(10**400), 1.5, 1e308, float("inf"), float("nan")])
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=25,
)
BODIES = st.binary(max_size=50) | st.dictionaries(NAMES, VALUES, max_size=8).map(
    lambda value: json.dumps(value).encode()
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "content_type": st.sampled_from(
            [FORM, "application/json", "multipart/form-data", "\udcff"]
        ),
        "content_encoding": st.sampled_from(["gzip", "deflate", "br", "identity"]),
    },
)
OPERATIONS = st.sampled_from([(each.method, each.template) for each in routes().values()])


@settings(max_examples=300, deadline=None)
@given(OPERATIONS, BODIES, HEADERS)
async def test_nothing_is_raised_for_any_request(
    operation: tuple[str, str], body: bytes, headers: dict[str, str]
) -> None:
    """It succeeds or is refused, and created objects can be read."""
    sandbox = Sandbox()
    response = await respond(sandbox, *operation, body, **headers)
    assert response.status == 200 or response.status in REFUSALS
    sandbox.advance(9)
    for target in ("/v1/batch/jobs", "/v1/fine_tuning/jobs", "/v1/files", "/v1/models"):
        assert (await respond(sandbox, "GET", target)).status == 200
