"""What is printed of an answer: for people, for pipes, and into files."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from mistral_core import APIConnectionError
from mistral_core.testing import json_response, stream_response
from mistral_funcs import (
    audio_speech_stream,
    chat_complete,
    chat_stream,
    files_download,
    models_list,
    models_retrieve,
)
from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Run
from tests.cli.screens import last_frame

FILE = "00000001-0000-4000-8000-000000000001"
VOICE = "00000000-0000-4000-8000-00000000a001"
CHAT = ("--sandbox", "chat", "complete", "--model", "mistral-large-latest")
SPEECH = ("--sandbox", "audio", "speech")
WEATHER = json.dumps(
    {
        "type": "function",
        "function": {
            "name": "get_weather",
            "parameters": {
                "type": "object",
                "properties": {"city": {"type": "string"}},
                "required": ["city"],
            },
        },
    }
)


@pytest.mark.parametrize("on_terminal", [False, True], ids=["pipe", "terminal"])
def test_an_answer_is_streamed_on_a_terminal(
    run: Run, sandbox: Sandbox, request: pytest.FixtureRequest, *, on_terminal: bool
) -> None:
    """A person reads it while it comes; in a pipe and with `--json` it is whole."""
    if on_terminal:
        request.getfixturevalue("terminal")
    assert run(*CHAT, "Hello").out == "You said: Hello\n"
    assert (b'"stream":true' in _sent(sandbox)) is on_terminal
    assert run(*CHAT, "Hello", "--json").document["choices"][0]["finish_reason"] == "stop"
    assert b"stream" not in _sent(sandbox)


def _sent(sandbox: Sandbox) -> bytes:
    body = sandbox.requests[-1].body
    assert isinstance(body, bytes)
    return body


@pytest.mark.parametrize("verb", ["complete", "stream"])
def test_a_call_of_a_tool_is_a_line(run: Run, verb: str) -> None:
    """As code has it; streamed, and where there are several answers."""
    asked = ("--sandbox", "chat", verb, *CHAT[3:], "Use get_weather in Paris", "--tools", WEATHER)
    assert run(*asked).out == 'get_weather({"city": "Paris"})\n'
    assert 'get_weather({"city": "Paris"})\n' in run(*asked, "--n", "2").out


@pytest.mark.parametrize("verb", ["complete", "stream"])
def test_an_answer_that_was_cut_short_says_so(run: Run, verb: str) -> None:
    """On standard error, so that the answer stays what was answered."""
    seen = run("--sandbox", "chat", verb, *CHAT[3:], "Hello there", "--max-tokens", "1")
    assert (seen.code, seen.out) == (0, "You\n")
    assert seen.err == "The response is incomplete: it reached the maximum number of tokens.\n"


def test_a_stream_that_breaks_off_is_an_error(run: Run, sandbox: Sandbox) -> None:
    """What came is there; why there is no more is on standard error."""
    sandbox.fail(500, on=chat_stream, after=2)
    seen = run("--sandbox", "chat", "stream", *CHAT[3:], "Hello there")
    assert (seen.code, seen.out) == (1, "You\n")
    assert seen.err.startswith("Error: ")
    sandbox.fail(500, on=audio_speech_stream, after=1)
    assert run(*SPEECH, "stream", "Hi", "-o", "hi.mp3").code == 1
    assert not Path("hi.mp3").exists()


def test_no_text_is_no_line(run: Run, sandbox: Sandbox) -> None:
    """An answer without a choice is no crash."""
    sandbox.fail(json_response({"id": "empty", "choices": []}), on=chat_complete)
    seen = run(*CHAT, "Hello", "--n", "2")
    assert (seen.code, seen.out) == (0, "\n")


def test_nothing_that_was_answered_moves_the_cursor(run: Run, sandbox: Sandbox) -> None:
    """A model's words are text, and no orders to the terminal: they are escaped in a pipe, too."""
    assert run(*CHAT, "\x1b[2Jboo\x07").out == "You said: \\x1b[2Jboo\\x07\n"
    card = {"id": "m", "object": "model", "description": "\x1b]0;boo\x07 \u202eoob"}
    sandbox.fail(json_response({"data": [{"type": "base", **card}]}), on=models_list)
    assert "\\x1b]0;boo\\x07 \\u202eoob" in run("--sandbox", "models", "list").out


def test_nothing_that_was_answered_is_lost_in_json(run: Run, sandbox: Sandbox) -> None:
    """What a terminal would obey, and what no encoding has, are escapes there."""
    card = {"id": "m", "type": "base", "description": "\x1b \x9b \x7f h\u00e9 \ud800"}
    sandbox.fail(json_response(card), times=2, on=models_retrieve)
    seen = run("--sandbox", "models", "retrieve", "m", "--json")
    assert seen.document["description"] == card["description"]
    assert not {"\x1b", "\x9b", "\x7f"} & set(seen.out)
    assert "\\x1b \\x9b \\x7f h\u00e9 \\ud800" in run("--sandbox", "models", "retrieve", "m").out


def test_what_is_newer_than_the_program_is_shown_as_it_came(run: Run, sandbox: Sandbox) -> None:
    """Kinds of objects that it does not know, odd values, and no objects at all."""
    cards: list[Any] = [
        {"id": "merged", "type": "merged", "description": 7, "max_context_length": [1, {}]},
        {"id": "x" * 70, "type": "base", "description": "two\nlines"},
        "no object",
    ]
    sandbox.fail(json_response({"data": cards, "total": 9}), on=models_list)
    seen = run("--sandbox", "models", "list")
    assert seen.code == 0
    assert "merged" in seen.out
    assert "no object" in seen.out
    assert "".join(seen.out.split()).count("x") >= 70
    merged = {
        "type": "merged",
        "of": [{"a": 1.5}, 7],
        "flags": {"on": True, "off": False},
        "none": None,
        "created": 10**20,
    }
    sandbox.fail(json_response(merged), on=models_retrieve)
    seen = run("--sandbox", "models", "retrieve", "m")
    assert seen.out.splitlines() == [
        "type\tmerged",
        "of\ta 1.5",
        "of\t7",
        "flags\ton",
        f"created\t{10**20}",
    ]
    assert seen.err == "Unknown to this version of the program: unknown type 'merged'.\n"


def test_a_list_tells_whether_there_is_more(run: Run, sandbox: Sandbox) -> None:
    """And whether there is anything."""
    seen = run("--sandbox", "audio", "voices", "list", "--limit", "2")
    assert seen.err == "Showing 2 of 3. Use --all to show all of them.\n"
    sandbox.state.models.clear()
    seen = run("--sandbox", "models", "list")
    assert (seen.out, seen.err) == ("", "No results.\n")


def test_a_download_goes_through_a_pipe(run: Run) -> None:
    """Byte by byte as it is."""
    seen = run("--sandbox", "files", "download", FILE)
    assert json.loads(seen.out.splitlines()[0])["messages"]
    assert len(seen.out.splitlines()) == 100


def test_a_download_goes_into_a_file(run: Run) -> None:
    """Nothing is in the pipe then."""
    seen = run("--sandbox", "files", "download", FILE, "--output", "copy.jsonl")
    assert (seen.code, seen.out, seen.err) == (0, "", "Saved copy.jsonl.\n")
    assert len(Path("copy.jsonl").read_bytes().splitlines()) == 100


BYTES = [
    ("files", "download", FILE),
    ("audio", "speech", "complete", "Hello"),
    ("audio", "speech", "stream", "Hello"),
]


@pytest.mark.skipif(sys.platform != "linux", reason="a terminal of others may hold less")
@pytest.mark.parametrize("words", BYTES, ids=lambda words: "-".join(words[:2]))
def test_what_is_written_stays_what_it_is(run: Run, words: tuple[str, ...], folder: Path) -> None:
    """A device and a pipe are not replaced, a link is followed, a file keeps its permissions."""
    (folder / "private").touch(0o600)
    (folder / "link").symlink_to("private")
    master, slave = os.openpty()
    terminal = os.ttyname(slave)
    for output in (terminal, "link"):
        seen = run("--sandbox", *words, "--output", output)
        assert (seen.code, seen.out, seen.err) == (0, "", f"Saved {output}.\n")
    assert os.read(master, 3) in (b"ID3", b'{"m')
    assert Path(terminal).is_char_device()
    assert (folder / "link").is_symlink()
    assert (folder / "private").stat().st_size > 0
    assert (folder / "private").stat().st_mode & 0o777 == 0o600
    assert run("--sandbox", *words, "--output", "/dev/stdout").out[:3] in ("ID3", '{"m')
    os.close(slave)
    os.close(master)


@pytest.mark.parametrize("words", BYTES, ids=lambda words: "-".join(words[:2]))
def test_a_file_that_cannot_be_written_is_told(run: Run, words: tuple[str, ...]) -> None:
    """In words, and without a traceback."""
    seen = run("--sandbox", *words, "--output", "nowhere/copy")
    assert (seen.code, seen.out) == (1, "")
    assert "nowhere/copy" in seen.err
    assert "No such file or directory" in " ".join(seen.err.split())


def test_a_download_that_fails_is_an_error(run: Run, sandbox: Sandbox) -> None:
    """In a pipe, too; where it breaks off, what came is there."""
    sandbox.fail(403, on=files_download)
    assert run("--sandbox", "files", "download", FILE).code == 1
    sandbox.fail(stream_response(b"half", APIConnectionError("Cut.")), on=files_download)
    seen = run("--sandbox", "files", "download", FILE)
    assert (seen.code, seen.out) == (1, "half")
    assert seen.err.startswith("Error: Cut.\n")


@pytest.mark.parametrize("verb", ["complete", "stream"])
def test_speech_is_sound(run: Run, verb: str, folder: Path) -> None:
    """In a file or in a pipe; with `--json` in base64, if there is no file for it."""
    assert run(*SPEECH, verb, "Hello", "-o", "hello.mp3", "--json").out == ""
    assert (folder / "hello.mp3").read_bytes().startswith(b"ID3")
    assert run(*SPEECH, verb, "Hello").out.startswith("ID3")
    assert "audio_data" in json.loads(run(*SPEECH, verb, "Hello", "--json").out.split("\n{")[0])


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(
    "words",
    [
        ("files", "download", FILE),
        ("files", "download", FILE, "--json"),
        ("audio", "voices", "get-sample-audio", VOICE, "--json"),
        ("audio", "speech", "complete", "Hello"),
    ],
    ids=str,
)
def test_bytes_are_kept_from_a_terminal(run: Run, words: tuple[str, ...]) -> None:
    """They would drive it, and `--json` does not change them: say where to write them."""
    seen = run("--sandbox", *words)
    assert (seen.code, seen.out) == (2, "")
    assert "Write it to a file with --output" in seen.err


@pytest.mark.usefixtures("terminal")
def test_an_upload_is_seen_on_a_terminal(run: Run, folder: Path) -> None:
    """As a bar on standard error, which is gone when it is done."""
    (folder / "large.jsonl").write_bytes(b"{}\n" * 400_000)
    seen = run("--sandbox", "files", "upload", "large.jsonl")
    assert "large.jsonl" in seen.err
    assert "1.2/1.2 MB" in seen.err
    assert "\x1b" not in last_frame(seen.err)
    assert "large.jsonl" in seen.out


def test_an_upload_is_silent_in_a_pipe(run: Run) -> None:
    """Nothing but the answer is there."""
    seen = run("--sandbox", "files", "upload", "train.jsonl", "--json")
    assert (seen.code, seen.err) == (0, "")
    assert seen.document["filename"] == "train.jsonl"


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("no_color", [False, True], ids=["color", "NO_COLOR"])
def test_colors_are_for_terminals(
    run: Run, monkeypatch: pytest.MonkeyPatch, *, no_color: bool
) -> None:
    """And for who wants them."""
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    seen = run("--sandbox", "models", "retrieve", "nope")
    assert ("\x1b[1;31mError" in seen.err) is not no_color
