"""Terminals of all kinds: streamed text, 40 columns, the C locale, dumb terminals."""

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
    """For each operation with a streaming twin. With `--json` the response is printed at once."""
    assert run("--sandbox", *line.split()).code == 0
    assert sent(sandbox)["stream"] is True
    assert run("--sandbox", *line.split(), "--json").document
    assert sent(sandbox).get("stream") in {None, False}


@TERMINAL
def test_a_transcript_is_streamed_but_speech_is_not(run: Run, sandbox: Sandbox) -> None:
    """Text is useful while it arrives, a file only when it is complete."""
    sandbox.fail(418, on=audio_transcriptions_stream)
    line = ["audio", "transcriptions", "complete", "voice.wav", "--model", "voxtral-mini-latest"]
    assert run("--sandbox", *line).code == 1
    run("--sandbox", "audio", "speech", "complete", "Hi", "--voice-id", VOICE, "-o", "hi.mp3")
    assert "stream" not in sent(sandbox)


@TERMINAL
@pytest.mark.parametrize("more", [["--n", "2"], ["--json"]], ids=" ".join)
def test_several_choices_are_not_streamed(run: Run, sandbox: Sandbox, more: list[str]) -> None:
    """Their chunks would be mixed."""
    run("--sandbox", "chat", "complete", "Hello", *MODEL, *more)
    assert "stream" not in sent(sandbox)


@TERMINAL
@pytest.mark.parametrize("cut", range(1, 9))
def test_an_escape_sequence_split_between_chunks_is_harmless(
    run: Run, sandbox: Sandbox, cut: int
) -> None:
    """As one that arrives in a single chunk."""
    evil = "\x1b]0;a\x07\x9b2J\r\n"
    chunks = [event(delta={"content": each}) for each in (evil[:cut], evil[cut:], "end\r", "\rx")]
    sandbox.fail(stream_response(*chunks, b"data: [DONE]\n\n"), on=chat_stream)
    outcome = run("--sandbox", "chat", "complete", "Hello", *MODEL)
    assert outcome.out.startswith("\\x1b]0;a\\x07\\x9b2J\n")
    assert_harmless(outcome.out)


# --------------------------------------------------------------------------------------- 40 columns


@TERMINAL
@pytest.mark.parametrize("columns", [40, 59])
@pytest.mark.parametrize("line", COMMANDS)
def test_output_fits_a_narrow_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, line: str, columns: int
) -> None:
    """No line is longer, and no ID or option name is split."""
    monkeypatch.setenv("COLUMNS", str(columns))
    outcome = run(*line.split())
    text = re.sub(r"\x1b\[[0-9;]*m", "", outcome.out + outcome.err)
    assert max(map(len, text.splitlines())) <= columns
    for name in ("--show-completion", "--presence-penalty", "00000001-0000-4000-8000-000000000001"):
        assert name in text or name not in run(*line.split(), "--json").out


@TERMINAL
@pytest.mark.parametrize("columns", [40, 80])
def test_a_narrow_table_is_shown_as_records(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """One field per line."""
    monkeypatch.setenv("COLUMNS", str(columns))
    file = SCREENS / f"terminal_tables_{columns}.txt"
    before = file.read_text("utf-8")
    lines = ("files list", "models list", "embeddings create one --model mistral-embed")
    shown = [last_frame(run("--sandbox", *line.split()).out) for line in lines]
    assert compare(file, "\n".join(shown)) == before


@TERMINAL
def test_an_empty_list_has_no_column_titles(run: Run, sandbox: Sandbox) -> None:
    """A note says that the list is empty."""
    sandbox.state.models.clear()
    outcome = run("--sandbox", "models", "list")
    assert (outcome.code, outcome.out) == (0, "")
    assert "No results." in outcome.err


@TERMINAL
def test_a_narrow_record_leaves_out_missing_values(
    run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name without a value says nothing."""
    monkeypatch.setenv("COLUMNS", "40")
    sandbox.fail(json_response({"data": [{"id": "m" * 50, "type": "base"}]}), on=models_list)
    lines = last_frame(run("--sandbox", "models", "list").out).splitlines()
    assert lines[:2] == ["m" * 40, "m" * 10]
    assert not any("description" in line for line in lines)


# --------------------------------------------------------------------- the C locale, dumb terminals


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
def test_help_and_tables_are_ascii_in_the_c_locale(
    run: Run, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], *, plain: bool
) -> None:
    """If the C locale is set explicitly. Responses of a model are not changed."""
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
    """They have its width and no escape sequences; a job is shown as lines."""
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "40")
    for line in (*COMMANDS, "files upload train.jsonl --sandbox"):
        outcome = run(*line.split())
        assert "\x1b" not in outcome.out + outcome.err
        assert max(map(len, (outcome.out + outcome.err).splitlines())) <= 40
    assert (screen().width, screen().height) == (40, 40)
    outcome = run("--sandbox", "fine-tuning", "jobs", "watch", JOB)
    assert outcome.out.startswith("QUEUED\nVALIDATING\n")


# ----------------------------------------------------------------------------------------- requests


@pytest.mark.parametrize("option", ["-v", "--verbose"])
def test_requests_are_logged(run: Run, sandbox: Sandbox, option: str) -> None:
    """On standard error with their IDs and retries, but without those that prepare the sandbox."""
    sandbox.fail(503, on=models_list)
    outcome = run("--sandbox", option, "models", "list")
    requests = outcome.err.splitlines()
    ids = [each.headers for each in sandbox.requests]
    assert len(requests) == 2 < len(ids)
    assert re.fullmatch(
        r"GET /v1/models: 503, attempt 1, [\d.]+ s, request id sandbox-\d+", requests[0]
    )
    assert re.search("GET /v1/models: 200, attempt 2, .* request id sandbox-", requests[1])
    assert sandbox.api_key not in outcome.err
    assert run("--sandbox", "models", "list").err == ""


def test_a_missing_or_refused_key_has_its_own_exit_code(
    run: Run, served: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a script can ask for another key."""
    assert run("models", "list").code == 0
    monkeypatch.setenv("MISTRAL_API_KEY", "another-key")
    outcome = run("models", "list", "-v")
    assert (outcome.code, outcome.out) == (4, "")
    assert "401" in outcome.err
    assert "another-key" not in outcome.err
    assert served.api_key not in outcome.err
    served.fail(403, on=models_list)
    monkeypatch.setenv("MISTRAL_API_KEY", served.api_key)
    assert run("models", "list").code == 1
    monkeypatch.delenv("MISTRAL_API_KEY")
    piped: Any = run("models", "list")
    assert piped.code == 4
