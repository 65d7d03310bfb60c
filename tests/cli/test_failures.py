"""Messages for failed calls: what happened, and what to do next."""

import os

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    HTTPValidationError,
    InvalidRequestError,
    RequestTimeoutError,
    ResponseValidationError,
    SDKError,
)
from mistral_core.auth.credentials import NO_API_KEY
from mistral_core.http.headers import Headers
from mistral_core.http.metadata import Call
from mistral_funcs import models_retrieve
from mistral_funcs.cli.advice import Attempted
from mistral_funcs.cli.failures import report_error
from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Run

BATCH = "00000003-0000-4000-8000-000000000003"
CREATE = ("fine_tuning_jobs_create", ["model", "training_files", "hyperparameters"])
JOB = "00000002-0000-4000-8000-000000000002"
NO_QUOTA = Headers([("x-ratelimit-limit-req-minute", "0")])


@pytest.mark.parametrize(
    ("error", "parts"),
    [
        (SDKError("Who are you?", 401), ["401 Unauthorized", "the key in MISTRAL_API_KEY"]),
        (SDKError("No.", 404), ["404 Not Found", "mistral-funcs batch jobs list"]),
        (SDKError("It is retired.", 410), ["410 Gone", "no longer offers this operation"]),
        (SDKError("Slow down.", 429), ["429 Too Many Requests", "Try again later"]),
        (SDKError("None.", 429, headers=NO_QUOTA), ["Check the limits of its plan"]),
        (SDKError("No.", 400, type="t", code="7", param="n"), ["type", "code", "7", "param", "n"]),
        (SDKError("Odd.", 799), ["status 799"]),
        (HTTPValidationError("Wrong."), ["422 Unprocessable Entity"]),
        (ResponseValidationError("Odd."), ["200 OK"]),
        (RequestTimeoutError("Late."), ["--timeout SECONDS"]),
        (RequestTimeoutError("Late.", "connect"), ["--server-url or MISTRAL_SERVER_URL"]),
        (APIConnectionError("Cut."), ["--server-url or MISTRAL_SERVER_URL"]),
        (InvalidRequestError("No.", "job_id"), ["param", "job_id"]),
        (SDKError("No.", 400, param="key"), ["param", "key"]),
        (InvalidRequestError("It has spaces.", "api_key"), ["param", "api_key"]),
        (InvalidRequestError(NO_API_KEY, "api_key"), ["export MISTRAL_API_KEY", "--sandbox"]),
    ],
    ids=lambda each: f"{type(each).__name__}" if isinstance(each, Exception) else "",
)
def test_each_error_is_shown_with_facts_and_advice(
    error: Failure, parts: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error. The exit code is 1, or 4 if the key is the problem."""
    call = Call(headers=Headers([("x-request-id", "r-1")]), attempts=2)
    about_key = getattr(error, "status", None) == 401 or getattr(error, "param", "") == "api_key"
    code = report_error(Attempted("batch_jobs_get", ["job_id"]), Err(error, call=call))
    assert code == (4 if about_key else 1)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("Error: ")
    words = " ".join(printed.err.split())
    assert [text for text in parts if text not in words] == []
    if error.message != NO_API_KEY:
        assert "request id r-1 attempts 2" in words


@pytest.mark.parametrize(
    ("name", "given", "error", "advice"),
    [
        ("models_retrieve", ["model_id"], SDKError("No.", 404), "models list"),
        ("files_delete", ["file_id"], SDKError("No.", 404), "files list"),
        ("batch_jobs_watch", ["job_id"], SDKError("No.", 404), "batch jobs list"),
        ("fine_tuning_jobs_wait", ["job_id"], SDKError("No.", 404), "fine-tuning jobs list"),
        ("agents_complete", ["agent_id"], SDKError("No.", 404), "beta agents list"),
        ("audio_speech_stream", ["input", "voice_id"], SDKError("No.", 404), "audio voices list"),
        ("ocr_process", ["model", "document"], SDKError("File missing.", 404), "files list"),
        (*CREATE, SDKError("No file matches the given query.", 404), "files list"),
        (*CREATE, SDKError("No model 'x'.", 404), "models list"),
        (*CREATE, SDKError("Not Found", 404), "models list, or mistral-funcs files list"),
        (*CREATE, SDKError("'x'", 400, type="invalid_model"), "models list"),
    ],
)
def test_a_missing_resource_refers_to_the_list_of_its_kind(
    name: str, given: list[str], error: SDKError, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An argument may refer to another resource than the one of the command."""
    report_error(Attempted(name, given), Err(error))
    assert f"See what is available: mistral-funcs {advice}\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "given", "advice"),
    [
        ("chat_complete", ["session_id", "messages"], None),
        ("models_list", [], "Check the network and the server"),
        ("batch_jobs_list", ["page"], "Check the network and the server"),
    ],
)
def test_404_of_an_unlisted_resource_does_not_refer_to_a_list(
    name: str, given: list[str], advice: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """If the call refers to no resource, the server does not support the operation."""
    report_error(Attempted(name, given), Err(SDKError("no Route matched with those values", 404)))
    printed = capsys.readouterr().err
    assert "list" not in printed
    assert ("advice" in printed) is bool(advice)
    assert (advice or "") in printed


@pytest.mark.parametrize(
    "words",
    [
        ("fine-tuning", "jobs", "watch", JOB, "--deadline", "0"),
        ("fine-tuning", "jobs", "wait", JOB, "--deadline", "0", "--timeout", "5"),
        ("batch", "jobs", "wait", BATCH, "--deadline", "0"),
    ],
    ids=" ".join,
)
def test_a_wait_that_timed_out_advises_a_later_deadline(run: Run, words: tuple[str, ...]) -> None:
    """`--timeout` limits each request and would not help."""
    outcome = run("--sandbox", *words)
    assert "Allow more time with --deadline SECONDS." in outcome.err
    assert "--timeout" not in outcome.err


def test_advice_names_the_server_of_the_call(run: Run, served: Sandbox) -> None:
    """A command to copy must call the same server."""
    assert served.api_key
    url = os.environ.pop("MISTRAL_SERVER_URL")
    outcome = run("--server-url", url, "models", "retrieve", "nope")
    assert f"mistral-funcs --server-url {url} models list" in outcome.err


def test_an_invalid_key_is_not_reported_as_missing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is about the value of `api_key`."""
    monkeypatch.setenv("MISTRAL_API_KEY", "two\nlines")
    outcome = run("models", "list")
    assert outcome.code == 4
    assert "No API key" not in outcome.err
    assert "param  api_key" in outcome.err


def test_an_error_message_does_not_control_the_terminal(run: Run, sandbox: Sandbox) -> None:
    """All of it is on standard error, escaped."""
    sandbox.fail(418, on=models_retrieve)
    outcome = run("--sandbox", "models", "retrieve", "m", "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert "418 I'm a Teapot" in outcome.err
    assert "request id  sandbox-" in outcome.err
    outcome = run("--sandbox", "models", "retrieve", "m\x1b[2J")
    assert "\x1b" not in outcome.err
