"""The demo, `python -m mistral_funcs`: its screens, errors and options."""

import errno
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mistral_core import (
    APIConnectionError,
    Failure,
    HTTPValidationError,
    InvalidRequestError,
    MistralCore,
    RequestTimeoutError,
    ResponseValidationError,
    SDKError,
    Unknown,
    __version__,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs.__main__ import main
from mistral_funcs.cli import offline
from mistral_funcs.demo import advise, draw_progress, follow_model, progress_of
from mistral_funcs.sandbox import Sandbox

SCREEN = Path(__file__).with_name("demo_screen.txt")


def test_the_demo_prints_its_screens(capsys: pytest.CaptureFixture[str]) -> None:
    """Character by character, except the port."""
    assert main(["demo"]) == 0
    screen = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", capsys.readouterr().out)
    assert screen == SCREEN.read_text()


async def test_the_demo_supports_unknown_models(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A newer server breaks nothing."""
    kinds = {"type": "merged", "model_type": "merged", "job_type": "merged"}
    new_kind = json_response({"id": "m", "status": "SUCCESS", **kinds})
    transport = ScriptedTransport(*[new_kind] * 20)
    await follow_model(MistralCore(transport=transport), Sandbox())
    printed = capsys.readouterr().out
    assert "Ok: unknown kind: unknown job_type 'merged'" in printed
    assert progress_of(Unknown({}, "a new kind")) == "unknown kind: a new kind"
    assert "Ok: unknown kind: unknown type 'merged'" in printed
    assert "Ok: unknown kind: unknown model_type 'merged'" in printed


async def test_the_demo_continues_without_a_server(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each step reports the error."""
    await follow_model(MistralCore(transport=ScriptedTransport()), Sandbox())
    assert capsys.readouterr().out.count("Err: the server cannot be reached.") >= 12


def test_the_progress_bar_grows_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line. In a pipe only the full bar is printed."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    draw_progress(500, 1000)
    draw_progress(1000, 1000)
    draw_progress(7, None)
    assert capsys.readouterr().out == (
        "   [##########..........] 0 kB\r"
        "   [####################] 1 kB\n"
        "   [####################] 0 kB\n"
    )


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (SDKError("gone", 404), "it does not exist. 404 Not Found: gone."),
        (SDKError("no", 500), "the server rejected it. 500 Internal Server Error: no."),
        (HTTPValidationError("no"), "the server rejected it. 422 Unprocessable Entity: no."),
        (InvalidRequestError("no"), "it was not sent. no"),
        (RequestTimeoutError("late"), "the server cannot be reached. late"),
        (APIConnectionError("cut"), "the server cannot be reached. cut"),
        (ResponseValidationError("odd"), "the response is invalid. odd. (status 200)"),
    ],
)
def test_the_demo_has_advice_for_each_error(error: Failure, advice: str) -> None:
    """No error class is missing."""
    assert advise(error) == advice


@pytest.mark.usefixtures("default_sigint")
def test_the_sandbox_is_served_until_it_is_interrupted() -> None:
    """It prints the server URL and the key for other programs."""
    command = [sys.executable, "-W", "error", "-m", "mistral_funcs", "sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        for line in process.stdout:
            if "Ctrl-C" in line:
                process.send_signal(signal.SIGINT)
                break
            if "export" in line:
                assert re.search(r"MISTRAL_SERVER_URL=http://127.0.0.1:\d+ MISTRAL_API_KEY=", line)
        assert process.stdout.read() == "\nStopped.\n"
        assert process.wait() == 0


@pytest.mark.usefixtures("default_sigint")
def test_the_sandbox_stops_at_ctrl_c(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no traceback."""

    def print_and_interrupt(text: str, **_: object) -> None:
        sys.stdout.write(f"{text}\n")
        if "Ctrl-C" in text:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(offline, "print", print_and_interrupt, raising=False)
    assert main(["sandbox", "--port", "0", "--api-key", "mine"]) == 0
    screen = capsys.readouterr().out
    assert "MISTRAL_API_KEY=mine" in screen
    assert screen.endswith("\nStopped.\n")


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("203.0.113.1", os.strerror(errno.EADDRNOTAVAIL)),
        ("host.invalid", ""),  # The message of the resolver, which differs between systems.
    ],
)
def test_an_invalid_address_is_reported(
    host: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line without a traceback, with the same text in each version of Python."""
    assert main(["sandbox", "--host", host]) == 1
    seen = capsys.readouterr().err
    assert seen.startswith(f"mistral-funcs: {words}")
    assert seen.count("\n") == 1


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """With `--version`."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"mistral-funcs {__version__}\n"
