"""Text from servers, models, file names and arguments never controls the terminal."""

import io
import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from rich.console import Group
from rich.panel import Panel
from rich.text import Text

import mistral_funcs
from mistral_core import Operation, Response, operation_of
from mistral_core.http.text import UNSAFE
from mistral_core.testing import json_response, stream_response
from mistral_funcs import models_retrieve
from mistral_funcs.cli.render.untyped import as_array, as_object
from mistral_funcs.cli.screen import LogPrinter, screen
from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Run
from tests.cli.test_commands import LINES, REFUSED

EVIL = "\x1b[2J\x9b\x07\r\u202eoob\u2066\u200f\u061c\u2028\U000e0041\ud800[bold]:smile:[/]"
"""Unsafe characters of every kind: escape sequences, bidirectional controls, tags, markup."""

KEPT = re.compile("type$|^object$|status$|^role$|^finish_reason$|^id$|_at$")
"""Fields whose values choose a class, end a job or are dates, and must stay valid."""

FURNISHED = ("files upload", "fine-tuning jobs create", "batch jobs create")
"""Commands that prepare the sandbox of the tests."""

OURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
"""Colors and cursor movements of the program itself, on a terminal."""

SPOKEN = [line for line in LINES if not line.endswith(("download", "get-sample-audio"))]
OTHERS = ("audio speech", "responses ")
"""Commands with binary output or string metadata only, which have their own tests."""

STREAMED = {
    *("chat complete", "agents complete", "fim complete"),
    *("audio transcriptions complete", "beta conversations start"),
}
LISTED = [line for line in SPOKEN if line not in REFUSED and not line.startswith(OTHERS)]


def poisoned(value: Any) -> Any:
    """Return JSON with unsafe text in its values, and with unsafe names of unknown fields."""
    match value:
        case dict():
            fields = as_object(value)
            kept = {n: each if KEPT.search(n) else poisoned(each) for n, each in fields.items()}
            kinds: set[Any] = {type(each) for each in kept.values()}
            if kinds <= {int, float} or kinds in (
                {dict},
                {bool},
            ):  # The keys of this object are data.
                return {**kept, EVIL: next(iter(kept.values()), EVIL)}
            return {**kept, EVIL: EVIL, "metadata": {EVIL: {EVIL: [EVIL, {EVIL: EVIL}]}}}
        case list():
            return [poisoned(each) for each in as_array(value)]
        case str():
            return value + EVIL
        case _:
            return value


def response_of(line: str, documents: list[Any]) -> Response:
    """Return a valid response to a command, with unsafe text added."""
    if not line.endswith("stream"):
        return json_response(poisoned(documents[-1]))
    events = [f"data: {json.dumps(poisoned(each))}\n\n".encode() for each in documents]
    return stream_response(*events, b"data: [DONE]\n\n")


def operation(line: str) -> Operation[Any]:
    """Return the operation of a command."""
    name = re.sub("_(wait|watch)$", "_get", line.replace("-", "_").replace(" ", "_"))
    return operation_of(getattr(mistral_funcs, name))


def without_drawing(text: str, *, drawn: bool) -> str:
    """Return terminal output without the program's own colors and cursor movements."""
    plain = OURS.sub("", text)
    return plain.replace("\r", "") if drawn else plain


def assert_harmless(text: str) -> None:
    """Check that the output has no unsafe characters, except carriage returns of a pty."""
    assert UNSAFE.findall(text.replace("\r\n", "\n")) == []


@pytest.mark.parametrize("line", LISTED)
@pytest.mark.parametrize("on_terminal", [False, True], ids=["pipe", "terminal"])
def test_no_response_controls_the_terminal(
    run: Run, sandbox: Sandbox, request: pytest.FixtureRequest, line: str, *, on_terminal: bool
) -> None:
    """Every field and name is escaped, in text and in JSON."""
    words = [*line.split(), *LINES[line]]
    printed = run(*words, "--sandbox", "--json")
    many = line.endswith(("stream", "watch"))
    documents = printed.documents if many else [printed.document]
    if on_terminal:
        request.getfixturevalue("terminal")
    # Without --json these commands call their streaming twins, which have their own lines.
    for more in (["--json"],) if on_terminal and line in STREAMED else ([], ["--json"]):
        times = 2 if line in FURNISHED else 1
        sandbox.fail(response_of(line, documents), times=times, on=operation(line))
        outcome = run("--sandbox", *words, *more)
        assert outcome.code == 0, outcome.err
        assert r"\u001b[2J" in outcome.out or more != ["--json"]
        drawn = on_terminal and line.endswith("watch")
        assert_harmless(
            outcome.out if not on_terminal else without_drawing(outcome.out, drawn=drawn)
        )
        assert_harmless(without_drawing(outcome.err, drawn=True) if on_terminal else outcome.err)


@pytest.mark.parametrize("status", [400, 404, 418, 422])
@pytest.mark.parametrize("on_terminal", [False, True], ids=["pipe", "terminal"])
def test_no_server_error_controls_the_terminal(
    run: Run, sandbox: Sandbox, request: pytest.FixtureRequest, status: int, *, on_terminal: bool
) -> None:
    """Neither the message nor the fields or listed validation errors."""
    if on_terminal:
        request.getfixturevalue("terminal")
    fault = {"loc": ["body", EVIL], "msg": EVIL, "type": EVIL}
    facts = dict.fromkeys(["type", "code", "param", "request_id"], EVIL)
    for body in ({"message": EVIL, **facts}, {"detail": [fault]}, [EVIL], EVIL):
        sandbox.fail(json_response(body, status), on=models_retrieve)
        outcome = run("--sandbox", "models", "retrieve", "m")
        assert outcome.code == 1
        assert r"\x1b[2J" in outcome.err
        assert_harmless(OURS.sub("", outcome.err) if on_terminal else outcome.err)


@pytest.mark.parametrize(
    "words",
    [
        [EVIL],
        ["chat", EVIL],
        ["chat", "complete", f"--{EVIL}", "x", "--model", "m"],
        ["chat", "complete", "hi", "--model", EVIL],
        ["chat", "complete", "hi", "--model", "m", "--max-tokens", EVIL],
        ["chat", "complete", "hi", "--model", "m", "--metadata", f"@{EVIL}"],
        ["chat", "complete", "hi", "--model", "m", "--metadata", f"{{{EVIL}"],
        ["models", "retrieve", EVIL],
        ["models", "retrieve", "m", EVIL],
        ["fine-tuning", "jobs", "wait", EVIL],
        ["files", "upload", EVIL],
        ["files", "download", "x", "--output", EVIL],
        ["ocr", "process", "--model", "m", "--document", EVIL],
        ["models", "list", "--server-url", EVIL],
        ["demo", EVIL],
        ["sandbox", "--port", EVIL],
    ],
    ids=lambda words: " ".join(words).replace(EVIL, "EVIL"),
)
def test_no_argument_controls_the_terminal(
    run: Run, capfdbinary: pytest.CaptureFixture[bytes], words: list[str]
) -> None:
    """Arguments may be pasted, or generated by a script."""
    try:
        outcome = run(*words, "--sandbox")
        text = outcome.out + outcome.err
    except SystemExit:
        out, err = capfdbinary.readouterr()
        text = out.decode() + err.decode()
    assert text
    assert_harmless(text)


@pytest.mark.usefixtures("terminal")
def test_no_file_name_controls_the_terminal(run: Run, folder: Path) -> None:
    """Neither in the progress bar nor in the table, and it is not read as markup."""
    name = EVIL.replace("/", "").replace("\ud800", "\udcff") + ".jsonl"
    (folder / name).write_bytes(b"{}\n" * 400_000)
    outcome = run("--sandbox", "files", "upload", name)
    assert "[bold]:smile:[]" in outcome.err
    assert_harmless(OURS.sub("", outcome.err).replace("\r", ""))
    assert_harmless(OURS.sub("", outcome.out))


def test_no_log_record_controls_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record is shown in one line."""
    printed = io.StringIO()
    monkeypatch.setattr("sys.stderr", printed)
    record = logging.LogRecord("sdk", logging.WARNING, "", 1, "%s\n%s", ("two", EVIL), None)
    LogPrinter().handle(record)
    assert printed.getvalue().startswith(r"two \x1b[2J")
    assert printed.getvalue().count("\n") == 1
    assert_harmless(printed.getvalue())


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("markup", [Text(EVIL, style="bold"), EVIL], ids=["styled", "plain"])
def test_no_drawing_controls_the_terminal(run: Run, markup: Text | str) -> None:
    """The last step escapes text that was not escaped before."""
    screen().print(Group(markup, Panel(markup)))
    printed = run("--sandbox", "models", "list").out
    assert "oob" in printed
    assert "[bold]" in printed
    assert_harmless(OURS.sub("", printed))


TEXT = st.text(st.characters(exclude_categories=[]), min_size=1)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9**20) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=10,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.dictionaries(TEXT, JSON, min_size=1, max_size=4))
def test_all_values_are_shown_escaped(run: Run, sandbox: Sandbox, fields: dict[str, Any]) -> None:
    """JSON output contains all of them."""
    card = {**fields, "id": "m", "type": "base"}
    sandbox.fail(json_response(card), times=2, on=models_retrieve)
    outcome = run("--sandbox", "models", "retrieve", "m")
    assert outcome.code == 0
    assert_harmless(outcome.out + outcome.err)
    outcome = run("--sandbox", "models", "retrieve", "m", "--json")
    assert_harmless(outcome.out + outcome.err)
    assert fields.items() <= outcome.document.items() or not isinstance(outcome.document, dict)
