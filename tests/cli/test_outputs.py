"""Standard output that is a pipe, a narrow terminal, or a stream without Unicode."""

import codecs
import io
import json
import sys
from typing import Any

import pytest

from mistral_core import operation_of
from mistral_core.http.headers import Headers
from mistral_core.http.messages import Response
from mistral_core.testing import json_response
from mistral_funcs import batch_jobs_list, fine_tuning_jobs_get, models_list, models_retrieve
from mistral_funcs.cli.render.loss_curve import loss_curve
from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Run
from tests.cli.screens import last_frame

JOB = "00000002-0000-4000-8000-000000000002"
WORDS = "h\u00e9 \u20ac \U0001f600 \u4f60"
LONG = "x" * 20_000


def reencode(monkeypatch: pytest.MonkeyPatch, encoding: str) -> io.BytesIO:
    """Set the encoding of standard output, and return the buffer."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding, write_through=True))
    return raw


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437", "utf-8", "utf-16-le"])
@pytest.mark.parametrize("verb", ["complete", "stream"])
def test_json_is_valid_in_each_encoding(
    run: Run, monkeypatch: pytest.MonkeyPatch, encoding: str, verb: str
) -> None:
    """Characters outside of the encoding become JSON escapes."""
    raw = reencode(monkeypatch, encoding)
    run("--sandbox", "--json", "chat", verb, WORDS, "--model", "mistral-large-latest")
    printed = raw.getvalue().decode(encoding)
    documents = [json.loads(printed)] if verb == "complete" else _lines(printed)
    deltas = [
        "".join(each["choices"][0].get("delta", {}).get("content") or "") for each in documents
    ]
    text = "".join(deltas) or documents[0]["choices"][0]["message"]["content"]
    assert text == f"You said: {WORDS}"


def _lines(printed: str) -> list[Any]:
    return [json.loads(line) for line in printed.splitlines()]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_text_is_readable_in_each_encoding(
    run: Run, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    """Characters outside of the encoding become escapes."""
    raw = reencode(monkeypatch, encoding)
    run("--sandbox", "chat", "complete", WORDS, "--model", "mistral-large-latest")
    escaped = codecs.encode(WORDS, encoding, "backslashreplace").decode(encoding)
    assert raw.getvalue().decode(encoding) == f"You said: {escaped}\n"


def test_a_table_in_a_pipe_is_complete(run: Run, sandbox: Sandbox) -> None:
    """Each row is one line and no cell is truncated, so that programs can parse it."""
    card = {"id": "m" * 90, "type": "base", "description": LONG}
    sandbox.fail(
        json_response({"data": [card, {**card, "description": "two\nlines"}]}), on=models_list
    )
    lines = run("--sandbox", "models", "list").out.splitlines()
    assert [line.split("\t")[::2] for line in lines] == [
        ["m" * 90, LONG],
        ["m" * 90, "two lines"],
    ]
    sandbox.fail(json_response(card), on=models_retrieve)
    lines = run("--sandbox", "models", "retrieve", "m").out.splitlines()
    assert f"description\t{LONG}" in lines


def test_an_error_in_a_pipe_is_one_line(run: Run, sandbox: Sandbox) -> None:
    """So that logs can be searched by line."""
    sandbox.fail(json_response({"message": "No " * 99 + "way."}, 400), on=models_list)
    assert "No " * 99 + "way.\n" in run("--sandbox", "models", "list").err


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("columns", [60, 80])
def test_a_table_fits_the_terminal(
    run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """Long cells are truncated, except IDs. All columns are shown."""
    monkeypatch.setenv("COLUMNS", str(columns))
    job = {"id": JOB, "status": "QUEUED", "endpoint": LONG, "completed_requests": 1}
    sandbox.fail(json_response({"data": [job] * 2}), on=batch_jobs_list)
    screen = last_frame(run("--sandbox", "batch", "jobs", "list").out)
    assert max(map(len, screen.splitlines())) <= columns
    head, *rows = screen.splitlines()
    assert head.split() == ["ID", "STATUS", "DONE", "OF", "ENDPOINT"]
    assert "\u2026" in rows[0]
    assert "".join(row.split(" ")[0] for row in rows) == JOB * 2


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("columns", [20, 40, 50, 80])
@pytest.mark.parametrize("ascii_only", [False, True], ids=["Unicode", "ASCII"])
@pytest.mark.parametrize("verb", ["watch", "wait"])
def test_a_job_fits_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: int, verb: str, *, ascii_only: bool
) -> None:
    """Curves are scaled or left out. Without Unicode there are no escapes in the drawing."""
    monkeypatch.setenv("COLUMNS", str(columns))
    if ascii_only:
        monkeypatch.setattr("_pytest.capture.EncodedFile.encoding", "ascii", raising=False)
    outcome = run("--sandbox", "fine-tuning", "jobs", verb, JOB)
    screen = last_frame(outcome.out)
    assert max(map(len, screen.splitlines())) <= columns
    assert not ascii_only or f"{outcome.out}{outcome.err}".isascii()
    assert "\\u" not in f"{outcome.out}{outcome.err}"
    assert "\u2026" not in screen
    assert "SUCCESS" in screen
    assert ("step 30" in screen) is (verb == "watch" and columns > 20)


def test_a_curve_can_be_drawn_in_ascii() -> None:
    """Each character stands for two rows of dots."""
    curve = loss_curve([[(0, 1.0), (10, 0.5), (20, 0.25)]], 20, ascii_only=True)
    assert [line.rstrip() for line in curve.plain.splitlines()] == [
        "         1 |'.",
        "           |  '.",
        "           |    '.",
        "           |     ':.",
        "           |       ':.",
        "           |         ':..",
        "           |            '':..",
        "      0.25 |                '':.",
        "           +--------------------",
        "            0            step 20",
    ]


@pytest.mark.parametrize("verb", ["retrieve", "list"])
@pytest.mark.parametrize("more", [[], ["--json"]], ids=["text", "JSON"])
def test_a_deeply_nested_response_is_an_error(
    run: Run, sandbox: Sandbox, verb: str, more: list[str]
) -> None:
    """Whether reading or printing it exceeds the limit."""
    words = ["models", verb, *["m"] * (verb == "retrieve")]
    for depth in (900, 9000):
        card = f'{{"id": "m", "type": "base", "x": {"[" * depth}{"]" * depth}}}'
        body = card if verb == "retrieve" else f'{{"data": [{card}]}}'
        on = operation_of(models_retrieve) if verb == "retrieve" else operation_of(models_list)
        sandbox.fail(Response(200, Headers(), body.encode()), on=on)
        outcome = run("--sandbox", *words, *more)
        assert (outcome.code, outcome.out) == (1, "") if outcome.code else outcome.out
        assert bool(outcome.err) == outcome.code


def test_a_failed_poll_is_a_note(run: Run, sandbox: Sandbox) -> None:
    """A temporary failure during a wait is reported and does not end the wait."""
    sandbox.fail(503, times=5, on=fine_tuning_jobs_get)
    outcome = run("--sandbox", "fine-tuning", "jobs", "wait", JOB, "--json", "--timeout", "0.001")
    assert outcome.code == 0
    assert f"Fine-tuning job {JOB} could not be read" in outcome.err
