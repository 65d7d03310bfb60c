"""The recording file: when it is written, its format, and which damage prevents a replay."""

import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Cassette,
    Err,
    MistralCore,
    Request,
    Response,
)
from mistral_core.cassettes.cassette import Record
from mistral_core.http.headers import Headers
from mistral_core.testing import ScriptedTransport, json_response, stream_response
from mistral_funcs import models_list
from tests.cassettes.loopback import files_in, rewrite, text_of

EMPTY: dict[str, Any] = {"data": []}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of the recording."""
    return tmp_path / "test.jsonl"


def get(name: str) -> Request:
    """Return a GET request for this name."""
    return Request(method="GET", url=f"https://api.mistral.ai/v1/{name}", path_template="/")


async def record(path: Path, *names: str, mode: Record = "all", **settings: Any) -> list[bytes]:
    """Send requests through a cassette, and return the bodies: `new` unless they were recorded."""
    inner = ScriptedTransport(*[json_response("new")] * len(names))
    with Cassette(path, record=mode, transport=inner, **settings) as cassette:
        return [(await cassette.send(get(name))).body for name in names]


MODES: dict[tuple[Record, bool], tuple[list[str], list[str]]] = {
    ("none", False): ([], []),
    ("none", True): (["a"], ["a", "b"]),
    ("once", False): (["new", "new"], ["a", "c"]),
    ("once", True): (["a"], ["a", "b"]),
    ("new", False): (["new", "new"], ["a", "c"]),
    ("new", True): (["a", "new"], ["a", "b", "c"]),
    ("all", False): (["new", "new"], ["a", "c"]),
    ("all", True): (["new", "new"], ["a", "c"]),
}
"""By mode and whether `a` and `b` are recorded: the responses to `a` and `c`, and the file."""


@pytest.mark.parametrize(("mode", "exists"), MODES)
async def test_mode_decides_what_is_replayed_sent_and_recorded(
    mode: Record,
    exists: bool,  # noqa: FBT001
    path: Path,
) -> None:
    """`once` and `none` differ in a missing recording; `new` adds to it; `all` replaces it."""
    responses, names = MODES[mode, exists]
    if exists:
        inner = ScriptedTransport(json_response("a"), json_response("b"))
        with Cassette(path, record="all", transport=inner) as cassette:
            await cassette.send(get("a"))
            await cassette.send(get("b"))
    received: list[str] = []
    inner = ScriptedTransport(*[json_response("new")] * 2)
    with Cassette(path, record=mode, transport=inner) as cassette:
        for name in ("a", "c"):
            try:
                received.append(json.loads((await cassette.send(get(name))).body))
            except APIConnectionError:
                break
    assert received == responses
    urls = [json.loads(line).get("url", "") for line in text_of(path).splitlines()]
    assert [url.rpartition("/")[2] for url in urls if url] == names


def test_unknown_mode_is_an_error(path: Path) -> None:
    """The error lists the valid modes."""
    with pytest.raises(ValueError, match="must be one of none, once, new, all: 'ever'"):
        Cassette(path, record="ever")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


async def test_call_without_a_recording_says_how_to_record(path: Path) -> None:
    """Entering the cassette succeeds, since a test without calls needs no file."""
    with Cassette(path) as cassette:
        result = await models_list(MistralCore(transport=cassette))
    assert isinstance(result, Err)
    assert "is missing or empty. " in str(result.error)
    assert 'Record it with `record="once"`' in str(result.error)


async def test_nothing_is_written_if_the_block_raises(path: Path) -> None:
    """The previous recording is unchanged."""
    await record(path, "a")
    before = text_of(path)
    inner = ScriptedTransport(json_response(1))
    with (
        pytest.raises(KeyboardInterrupt),
        Cassette(path, record="all", transport=inner) as cassette,
    ):
        await interrupted(cassette)
    assert text_of(path) == before
    assert files_in(path.parent) == [path]


async def interrupted(cassette: Cassette) -> None:
    """Record a request, then raise as Ctrl-C does."""
    await cassette.send(get("b"))
    raise KeyboardInterrupt


async def test_nothing_is_written_if_the_recording_is_discarded_or_empty(path: Path) -> None:
    """An empty file would be replayed by the next run."""
    with Cassette(path, record="all", transport=ScriptedTransport(json_response(1))) as cassette:
        await cassette.send(get("b"))
        cassette.discard()
    with Cassette(path, record="all"):
        pass
    assert not text_of(path)


@pytest.mark.parametrize("failing", ["write_bytes", "replace"])
async def test_a_full_disk_keeps_the_previous_recording(
    failing: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a partial file nor a temporary file is left."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    await record(path, "a")
    before = text_of(path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, failing, full)
        with pytest.raises(OSError, match="No space left"):
            await record(path, "b")
    assert text_of(path) == before
    assert files_in(path.parent) == [path]


def without_last_line(text: str) -> str:
    """Return a recording that was truncated between two lines."""
    return text.rpartition("\n{")[0] + "\n"


DAMAGES: dict[str, tuple[Callable[[str], str], str]] = {
    "truncated between lines": (without_last_line, 'line 1: .*"lines":1'),
    "truncated in a line": (lambda text: text[:-20], "line 3"),
    "empty": (lambda _: "", "line 1"),
    "another version": (lambda text: text.replace('"cassette": 1', '"cassette": 2'), "line 1"),
    "no number": (
        lambda text: text.replace('"exchange": 1, "event": "request"', "1:1"),
        "line 2",
    ),
    "a list": (lambda text: text.partition("\n")[0] + "\n[]\n[]\n", "line 2"),
    "no request": (
        lambda text: text.replace('"event": "request"', '"event": "response"'),
        "line 2",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_damaged_file_is_not_replayed(damage: str, path: Path) -> None:
    """The error names the file and the line."""
    change, message = DAMAGES[damage]
    await record(path, "a")
    text = text_of(path)
    rewrite(path, change(text))
    with pytest.raises(ValueError, match=f"test.jsonl, {message}"), Cassette(path):
        pass


async def test_changed_or_missing_binary_content_is_not_replayed(path: Path) -> None:
    """A digest in the recording detects the change."""
    audio = Response(200, body=os.urandom(2000))
    with Cassette(path, record="all", transport=ScriptedTransport(audio)) as cassette:
        await cassette.send(get("a"))
    (file,) = files_in(path.with_name("test.files"))
    rewrite(file, "other")
    with pytest.raises(ValueError, match="has changed"), Cassette(path):
        pass
    file.unlink()
    with pytest.raises(FileNotFoundError), Cassette(path):
        pass


async def test_other_files_in_the_folder_are_kept(path: Path) -> None:
    """Only the content of the recording itself is removed when it is recorded again."""
    for body in (os.urandom(2000), b"small"):
        inner = ScriptedTransport(Response(200, body=body))
        with Cassette(path, record="all", transport=inner) as cassette:
            await cassette.send(get("a"))
        note = path.with_name("test.files") / "README"
        rewrite(note, "mine")
    assert files_in(note.parent) == [note]


BODIES = {
    "compact JSON": b'{"a":[1,2.50,"\xc3\xa4"]}',
    "JSON with spaces": b'{"a": [1, 2.5, null]}',
    "JSON in another form": b'{ "a" : 1e3 , "a": "\\u00e4" }',
    "JSON nested deeply": b"[" * 200 + b"]" * 200,
    "JSON nested too deeply to be read": b"[" * 100_000,
    "a lone surrogate": b'{"a": "\\ud800"}',
    "text": "Grüße\u2028\r\n\ttext".encode(),
    "control characters": b"a\x00b\x1b[31m",
    "little binary content": b"\xff\xfe\x00",
    "much binary content": b"\xff\xfe\x00" * 1000,
    "nothing": b"",
}


@pytest.mark.parametrize("case", BODIES)
async def test_a_body_is_replayed_byte_for_byte(case: str, path: Path) -> None:
    """The body is identical whether it is read at once or streamed."""
    body = BODIES[case]
    headers = Headers([("content-type", "application/json")])
    complete = Response(200, headers, body)
    request = Request(
        method="POST",
        url="https://x/v1",
        path_template="/",
        body=body,
        headers=headers,
        streamed=True,
    )
    inner = ScriptedTransport(complete, stream_response(body[:3], body[3:]), stream_response(body))
    with Cassette(path, record="all", transport=inner) as cassette:
        for _ in range(3):
            response = await cassette.send(request)
            if response.stream:
                assert b"".join([chunk async for chunk in response.stream]) == body
                await response.stream.aclose()
    with Cassette(path, strict=True) as cassette:
        assert (await cassette.send(request)).body == body
        for _ in range(2):
            stream = (await cassette.send(request)).stream
            assert stream is not None
            assert b"".join([chunk async for chunk in stream]) == body
            await stream.aclose()


async def test_the_file_is_readable(path: Path) -> None:
    """Each event is a line of JSON, and JSON text stays readable."""
    await record(path, "a")
    assert text_of(path) == (
        '{"cassette": 1, "lines": 2}\n'
        '{"exchange": 1, "event": "request", "method": "GET", "url":'
        ' "https://api.mistral.ai/v1/a", "headers": {}}\n'
        '{"exchange": 1, "event": "response", "at": 0.0, "status": 200, "headers": {"content-type":'
        ' "application/json"}, "text": "\\"new\\""}\n'
    )


@pytest.mark.parametrize("timed", [True, False])
async def test_a_replay_takes_the_recorded_time_with_timed(
    timed: bool,  # noqa: FBT001
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By default it does not wait, but still yields to other tasks, and `Retry-After` is 0."""
    pauses: list[float] = []
    with Cassette(
        path, record="all", transport=ScriptedTransport(stream_response(b"{}"))
    ) as cassette:
        stream = (await cassette.send(get("a"))).stream
        assert stream is not None
        async for _ in stream:
            pass
    head, *lines = [json.loads(line) for line in text_of(path).splitlines()]
    for line, at in zip(lines[1:], (10, 20, 30), strict=True):
        line["at"] = at
    lines[1]["headers"]["retry-after"] = "7"
    rewrite(path, "\n".join(map(json.dumps, (head, *lines))) + "\n")

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    with Cassette(path, timed=timed) as cassette:
        response = await cassette.send(get("a"))
        assert response.stream is not None
        assert [chunk async for chunk in response.stream] == [b"{}"]
    assert [round(pause, -1) for pause in pauses] == ([10, 20, 30] if timed else [0, 0, 0])
    assert response.headers["retry-after"] == ("7" if timed else "0")


async def test_a_cassette_has_the_key_of_its_transport_or_a_placeholder(path: Path) -> None:
    """A replay sends nothing, so it needs no real key."""
    await record(path, "models")
    keys: dict[Record, str] = {"none": "replay", "once": "replay", "new": "key", "all": "key"}
    for mode, key in keys.items():
        assert Cassette(path, record=mode, transport=ScriptedTransport()).api_key == key
    assert Cassette(path, record="all").api_key is None


async def test_a_cassette_can_be_entered_again(path: Path) -> None:
    """Each time all recorded requests can be replayed, also in another thread."""
    await record(path, "a")
    cassette = Cassette(path)
    for _ in range(2):
        with cassette:
            assert not await asyncio.to_thread(asyncio.run, played(cassette))
    await cassette.aclose()


async def played(cassette: Cassette) -> tuple[str, ...]:
    """Replay a request, and return the unplayed ones."""
    await cassette.send(get("a"))
    return cassette.unplayed
