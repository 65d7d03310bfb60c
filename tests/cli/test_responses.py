"""Output of responses: for people, for pipes, and into files."""

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
def test_a_response_is_streamed_on_a_terminal(
    run: Run, sandbox: Sandbox, request: pytest.FixtureRequest, *, on_terminal: bool
) -> None:
    """In a pipe and with `--json` it is printed when it is complete."""
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
def test_a_tool_call_is_a_line(run: Run, verb: str) -> None:
    """Like a function call in code, streamed or not, and with several choices."""
    asked = ("--sandbox", "chat", verb, *CHAT[3:], "Use get_weather in Paris", "--tools", WEATHER)
    assert run(*asked).out == 'get_weather({"city": "Paris"})\n'
    assert 'get_weather({"city": "Paris"})\n' in run(*asked, "--n", "2").out


@pytest.mark.parametrize("verb", ["complete", "stream"])
def test_an_incomplete_response_is_reported(run: Run, verb: str) -> None:
    """On standard error, so that standard output is the response alone."""
    outcome = run("--sandbox", "chat", verb, *CHAT[3:], "Hello there", "--max-tokens", "1")
    assert (outcome.code, outcome.out) == (0, "You\n")
    assert outcome.err == "The response is incomplete: it reached the maximum number of tokens.\n"


def test_a_broken_stream_is_an_error(run: Run, sandbox: Sandbox) -> None:
    """The received text is printed, and the reason is on standard error."""
    sandbox.fail(500, on=chat_stream, after=2)
    outcome = run("--sandbox", "chat", "stream", *CHAT[3:], "Hello there")
    assert (outcome.code, outcome.out) == (1, "You\n")
    assert outcome.err.startswith("Error: ")
    sandbox.fail(500, on=audio_speech_stream, after=1)
    assert run(*SPEECH, "stream", "Hi", "-o", "hi.mp3").code == 1
    assert not Path("hi.mp3").exists()


def test_a_response_without_choices_is_no_crash(run: Run, sandbox: Sandbox) -> None:
    """Only a line break is printed."""
    sandbox.fail(json_response({"id": "empty", "choices": []}), on=chat_complete)
    outcome = run(*CHAT, "Hello", "--n", "2")
    assert (outcome.code, outcome.out) == (0, "\n")


def test_no_response_moves_the_cursor(run: Run, sandbox: Sandbox) -> None:
    """Control characters of a model are escaped, in pipes too."""
    assert run(*CHAT, "\x1b[2Jboo\x07").out == "You said: \\x1b[2Jboo\\x07\n"
    card = {"id": "m", "object": "model", "description": "\x1b]0;boo\x07 \u202eoob"}
    sandbox.fail(json_response({"data": [{"type": "base", **card}]}), on=models_list)
    assert "\\x1b]0;boo\\x07 \\u202eoob" in run("--sandbox", "models", "list").out


def test_json_output_loses_nothing(run: Run, sandbox: Sandbox) -> None:
    """Control characters and lone surrogates are JSON escapes."""
    card = {"id": "m", "type": "base", "description": "\x1b \x9b \x7f h\u00e9 \ud800"}
    sandbox.fail(json_response(card), times=2, on=models_retrieve)
    outcome = run("--sandbox", "models", "retrieve", "m", "--json")
    assert outcome.document["description"] == card["description"]
    assert not {"\x1b", "\x9b", "\x7f"} & set(outcome.out)
    assert "\\x1b \\x9b \\x7f h\u00e9 \\ud800" in run("--sandbox", "models", "retrieve", "m").out


def test_unknown_content_is_shown_as_it_came(run: Run, sandbox: Sandbox) -> None:
    """Unknown kinds of objects, unusual values, and items that are no objects."""
    cards: list[Any] = [
        {"id": "merged", "type": "merged", "description": 7, "max_context_length": [1, {}]},
        {"id": "x" * 70, "type": "base", "description": "two\nlines"},
        "no object",
    ]
    sandbox.fail(json_response({"data": cards, "total": 9}), on=models_list)
    outcome = run("--sandbox", "models", "list")
    assert outcome.code == 0
    assert "merged" in outcome.out
    assert "no object" in outcome.out
    assert "".join(outcome.out.split()).count("x") >= 70
    merged = {
        "type": "merged",
        "of": [{"a": 1.5}, 7],
        "flags": {"on": True, "off": False},
        "none": None,
        "created": 10**20,
    }
    sandbox.fail(json_response(merged), on=models_retrieve)
    outcome = run("--sandbox", "models", "retrieve", "m")
    assert outcome.out.splitlines() == [
        "type\tmerged",
        "of\ta 1.5",
        "of\t7",
        "flags\ton",
        f"created\t{10**20}",
    ]
    assert outcome.err == "Unknown to this version of the program: unknown type 'merged'.\n"


def test_a_list_reports_whether_there_is_more(run: Run, sandbox: Sandbox) -> None:
    """An empty list is reported too."""
    outcome = run("--sandbox", "audio", "voices", "list", "--limit", "2")
    assert outcome.err == "Showing 2 of 3. Use --all to show all of them.\n"
    sandbox.state.models.clear()
    outcome = run("--sandbox", "models", "list")
    assert (outcome.out, outcome.err) == ("", "No results.\n")


def test_a_download_goes_through_a_pipe(run: Run) -> None:
    """Byte for byte."""
    outcome = run("--sandbox", "files", "download", FILE)
    assert json.loads(outcome.out.splitlines()[0])["messages"]
    assert len(outcome.out.splitlines()) == 100


def test_a_download_goes_into_a_file(run: Run) -> None:
    """Standard output stays empty."""
    outcome = run("--sandbox", "files", "download", FILE, "--output", "copy.jsonl")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "Saved copy.jsonl.\n")
    assert len(Path("copy.jsonl").read_bytes().splitlines()) == 100


BYTES = [
    ("files", "download", FILE),
    ("audio", "speech", "complete", "Hello"),
    ("audio", "speech", "stream", "Hello"),
]


@pytest.mark.skipif(sys.platform != "linux", reason="terminals of other systems may buffer less")
@pytest.mark.parametrize("words", BYTES, ids=lambda words: "-".join(words[:2]))
def test_special_files_are_preserved(run: Run, words: tuple[str, ...], folder: Path) -> None:
    """Devices and pipes are not replaced, links are followed, permissions are kept."""
    (folder / "private").touch(0o600)
    (folder / "link").symlink_to("private")
    master, slave = os.openpty()
    terminal = os.ttyname(slave)
    for output in (terminal, "link"):
        outcome = run("--sandbox", *words, "--output", output)
        assert (outcome.code, outcome.out, outcome.err) == (0, "", f"Saved {output}.\n")
    assert os.read(master, 3) in (b"ID3", b'{"m')
    assert Path(terminal).is_char_device()
    assert (folder / "link").is_symlink()
    assert (folder / "private").stat().st_size > 0
    assert (folder / "private").stat().st_mode & 0o777 == 0o600
    assert run("--sandbox", *words, "--output", "/dev/stdout").out[:3] in ("ID3", '{"m')
    os.close(slave)
    os.close(master)


@pytest.mark.parametrize("words", BYTES, ids=lambda words: "-".join(words[:2]))
def test_an_unwritable_file_is_an_error(run: Run, words: tuple[str, ...]) -> None:
    """One message without a traceback."""
    outcome = run("--sandbox", *words, "--output", "nowhere/copy")
    assert (outcome.code, outcome.out) == (1, "")
    assert "nowhere/copy" in outcome.err
    assert "No such file or directory" in " ".join(outcome.err.split())


def test_a_download_that_fails_is_an_error(run: Run, sandbox: Sandbox) -> None:
    """In a pipe, the part that was received has been written."""
    sandbox.fail(403, on=files_download)
    assert run("--sandbox", "files", "download", FILE).code == 1
    sandbox.fail(stream_response(b"half", APIConnectionError("Cut.")), on=files_download)
    outcome = run("--sandbox", "files", "download", FILE)
    assert (outcome.code, outcome.out) == (1, "half")
    assert outcome.err.startswith("Error: Cut.\n")


@pytest.mark.parametrize("verb", ["complete", "stream"])
def test_speech_is_written_as_audio(run: Run, verb: str, folder: Path) -> None:
    """Into a file or a pipe. `--json` without a file prints base64."""
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
def test_bytes_are_not_printed_on_a_terminal(run: Run, words: tuple[str, ...]) -> None:
    """They could control it. The advice is `--output`."""
    outcome = run("--sandbox", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert "Write it to a file with --output" in outcome.err


@pytest.mark.usefixtures("terminal")
def test_an_upload_shows_its_progress_on_a_terminal(run: Run, folder: Path) -> None:
    """The bar is on standard error, and removed when the upload is complete."""
    (folder / "large.jsonl").write_bytes(b"{}\n" * 400_000)
    outcome = run("--sandbox", "files", "upload", "large.jsonl")
    assert "large.jsonl" in outcome.err
    assert "1.2/1.2 MB" in outcome.err
    assert "\x1b" not in last_frame(outcome.err)
    assert "large.jsonl" in outcome.out


def test_an_upload_is_silent_in_a_pipe(run: Run) -> None:
    """Only the response is printed."""
    outcome = run("--sandbox", "files", "upload", "train.jsonl", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.document["filename"] == "train.jsonl"


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("no_color", [False, True], ids=["color", "NO_COLOR"])
def test_colors_are_for_terminals(
    run: Run, monkeypatch: pytest.MonkeyPatch, *, no_color: bool
) -> None:
    """FORCE_COLOR and NO_COLOR override the detection."""
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    outcome = run("--sandbox", "models", "retrieve", "nope")
    assert ("\x1b[1;31mError" in outcome.err) is not no_color
