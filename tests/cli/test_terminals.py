"""Terminals of all kinds: streamed text, 40 columns, the C locale, dumb ones."""

import re
from typing import Any

import pytest

from mistral_core.testing import json_response, stream_response
from mistral_funcs import audio_transcriptions_stream, chat_stream, models_list
from mistral_funcs.cli.screen import in_c_locale, screen
from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Run
from tests.cli.screens import SCREENS, compare, last_frame
from tests.cli.test_arguments import sent
from tests.cli.test_harmless import assert_harmless
from tests.cli.test_terminal_chat import event

JOB = "00000002-0000-4000-8000-000000000002"
VOICE = "00000000-0000-4000-8000-00000000a001"
MODEL = ("--model", "mistral-large-latest")
TERMINAL = pytest.mark.usefixtures("terminal")
COMMANDS = ("--help", "chat complete --help", "files list --sandbox", "models retrieve x --sandbox")


@TERMINAL
@pytest.mark.parametrize(
    "line",
    [
        "chat complete Hello --model mistral-large-latest",
        "agents complete Hello --agent-id ag:sandbox",
        "fim complete Hello --model codestral-latest",
        "beta conversations start Hello --model mistral-large-latest",
        "responses create Hello --model mistral-large-latest",
    ],
)
def test_text_is_streamed(run: Run, sandbox: Sandbox, line: str) -> None:
    """Wherever the operation has a streaming twin; with `--json` the response is whole."""
    assert run("--sandbox", *line.split()).code == 0
    assert sent(sandbox)["stream"] is True
    assert run("--sandbox", *line.split(), "--json").document
    assert sent(sandbox).get("stream") in {None, False}


@TERMINAL
def test_a_transcript_is_streamed_and_speech_is_not(run: Run, sandbox: Sandbox) -> None:
    """Text is read while it comes; a file is of use when it is complete."""
    sandbox.fail(418, on=audio_transcriptions_stream)
    line = ["audio", "transcriptions", "complete", "voice.wav", "--model", "voxtral-mini-latest"]
    assert run("--sandbox", *line).code == 1
    run("--sandbox", "audio", "speech", "complete", "Hi", "--voice-id", VOICE, "-o", "hi.mp3")
    assert "stream" not in sent(sandbox)


@TERMINAL
@pytest.mark.parametrize("more", [["--n", "2"], ["--json"]], ids=" ".join)
def test_several_answers_are_whole(run: Run, sandbox: Sandbox, more: list[str]) -> None:
    """Their chunks would be mixed."""
    run("--sandbox", "chat", "complete", "Hello", *MODEL, *more)
    assert "stream" not in sent(sandbox)


@TERMINAL
@pytest.mark.parametrize("cut", range(1, 9))
def test_chunks_do_not_drive_the_terminal_together(run: Run, sandbox: Sandbox, cut: int) -> None:
    """An escape sequence that is split between two chunks is as harmless as a whole one."""
    evil = "\x1b]0;a\x07\x9b2J\r\n"
    chunks = [event(delta={"content": each}) for each in (evil[:cut], evil[cut:], "end\r", "\rx")]
    sandbox.fail(stream_response(*chunks, b"data: [DONE]\n\n"), on=chat_stream)
    seen = run("--sandbox", "chat", "complete", "Hello", *MODEL)
    assert seen.out.startswith("\\x1b]0;a\\x07\\x9b2J\n")
    assert_harmless(seen.out)


# -------------------------------------------------------------------------------------- 40 columns


@TERMINAL
@pytest.mark.parametrize("columns", [40, 59])
@pytest.mark.parametrize("line", COMMANDS)
def test_a_narrow_terminal_is_wide_enough(
    run: Run, monkeypatch: pytest.MonkeyPatch, line: str, columns: int
) -> None:
    """No line is longer, and no id or name of an option is broken."""
    monkeypatch.setenv("COLUMNS", str(columns))
    seen = run(*line.split())
    text = re.sub(r"\x1b\[[0-9;]*m", "", seen.out + seen.err)
    assert max(map(len, text.splitlines())) <= columns
    for name in ("--show-completion", "--presence-penalty", "00000001-0000-4000-8000-000000000001"):
        assert name in text or name not in run(*line.split(), "--json").out


@TERMINAL
@pytest.mark.parametrize("columns", [40, 80])
def test_tables_are_as_they_were(run: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """On a narrow terminal, rows are records."""
    monkeypatch.setenv("COLUMNS", str(columns))
    file = SCREENS / f"terminal_tables_{columns}.txt"
    before = file.read_text("utf-8")
    lines = ("files list", "models list", "embeddings create one --model mistral-embed")
    shown = [last_frame(run("--sandbox", *line.split()).out) for line in lines]
    assert compare(file, "\n".join(shown)) == before


@TERMINAL
def test_an_empty_list_has_no_titles(run: Run, sandbox: Sandbox) -> None:
    """A note says that there is nothing."""
    sandbox.state.models.clear()
    seen = run("--sandbox", "models", "list")
    assert (seen.code, seen.out) == (0, "")
    assert "No results." in seen.err


@TERMINAL
def test_a_narrow_record_leaves_out_what_is_not_there(
    run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name without a value is no news."""
    monkeypatch.setenv("COLUMNS", "40")
    sandbox.fail(json_response({"data": [{"id": "m" * 50, "type": "base"}]}), on=models_list)
    lines = last_frame(run("--sandbox", "models", "list").out).splitlines()
    assert lines[:2] == ["m" * 40, "m" * 10]
    assert not any("description" in line for line in lines)


# -------------------------------------------------------------------- the C locale, dumb terminals


@TERMINAL
@pytest.mark.parametrize(
    ("environment", "plain"),
    [
        ({"LC_ALL": "C"}, True),
        ({"LANG": "POSIX"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "C", "LC_ALL": "de_DE.UTF-8"}, False),
        ({"LC_CTYPE": "C.UTF-8"}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({}, False),
    ],
    ids=str,
)
def test_lines_are_ascii_in_the_c_locale(
    run: Run, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], *, plain: bool
) -> None:
    """Where somebody chose it. What a model says stays what it is."""
    monkeypatch.delenv("LC_CTYPE", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert in_c_locale() is plain
    for line in ("--help", "--sandbox fine-tuning jobs watch " + JOB, "--sandbox models list"):
        assert run(*line.split()).out.isascii() is plain
    said = run("--sandbox", "chat", "complete", "h\u00e9", *MODEL).out
    assert said == "You said: h\u00e9\n"


@TERMINAL
def test_a_dumb_terminal_gets_lines(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As wide as it is, and without escape sequences; a job is shown line by line."""
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "40")
    for line in (*COMMANDS, "files upload train.jsonl --sandbox"):
        seen = run(*line.split())
        assert "\x1b" not in seen.out + seen.err
        assert max(map(len, (seen.out + seen.err).splitlines())) <= 40
    assert (screen().width, screen().height) == (40, 40)
    seen = run("--sandbox", "fine-tuning", "jobs", "watch", JOB)
    assert seen.out.startswith("QUEUED\nVALIDATING\n")


# ---------------------------------------------------------------------------------------- requests


@pytest.mark.parametrize("option", ["-v", "--verbose"])
def test_requests_are_logged(run: Run, sandbox: Sandbox, option: str) -> None:
    """On standard error with their ids, retries too, but without the examples of the sandbox."""
    sandbox.fail(503, on=models_list)
    seen = run("--sandbox", option, "models", "list")
    requests = seen.err.splitlines()
    ids = [each.headers for each in sandbox.requests]
    assert len(requests) == 2 < len(ids)
    assert re.fullmatch(
        r"GET /v1/models: 503, attempt 1, [\d.]+ s, request id sandbox-\d+", requests[0]
    )
    assert re.search("GET /v1/models: 200, attempt 2, .* request id sandbox-", requests[1])
    assert sandbox.api_key not in seen.err
    assert run("--sandbox", "models", "list").err == ""


def test_a_missing_key_and_a_refused_one_have_a_code(
    run: Run, served: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script may ask for another one then."""
    assert run("models", "list").code == 0
    monkeypatch.setenv("MISTRAL_API_KEY", "another-key")
    seen = run("models", "list", "-v")
    assert (seen.code, seen.out) == (4, "")
    assert "401" in seen.err
    assert "another-key" not in seen.err
    assert served.api_key not in seen.err
    served.fail(403, on=models_list)
    monkeypatch.setenv("MISTRAL_API_KEY", served.api_key)
    assert run("models", "list").code == 1
    monkeypatch.delenv("MISTRAL_API_KEY")
    piped: Any = run("models", "list")
    assert piped.code == 4
