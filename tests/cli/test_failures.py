"""What is said of a call that failed: for each error what happened, and what to do about it."""

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
    ("error", "told"),
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
def test_each_error_has_its_facts_and_its_advice(
    error: Failure, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error, and with code 1; with code 4 if it is about the key."""
    call = Call(headers=Headers([("x-request-id", "r-1")]), attempts=2)
    about_key = getattr(error, "status", None) == 401 or getattr(error, "param", "") == "api_key"
    code = report_error(Attempted("batch_jobs_get", ["job_id"]), Err(error, call=call))
    assert code == (4 if about_key else 1)
    seen = capsys.readouterr()
    assert seen.out == ""
    assert seen.err.startswith("Error: ")
    words = " ".join(seen.err.split())
    assert [text for text in told if text not in words] == []
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
def test_what_does_not_exist_is_looked_up_where_it_is_listed(
    name: str, given: list[str], error: SDKError, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An argument refers to a resource, which need not be the one of the command."""
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
def test_what_is_listed_nowhere_has_no_way_to_a_list(
    name: str, given: list[str], advice: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the call refers to nothing, it is the server that does not have the operation."""
    report_error(Attempted(name, given), Err(SDKError("no Route matched with those values", 404)))
    seen = capsys.readouterr().err
    assert "list" not in seen
    assert ("advice" in seen) is bool(advice)
    assert (advice or "") in seen


@pytest.mark.parametrize(
    "words",
    [
        ("fine-tuning", "jobs", "watch", JOB, "--deadline", "0"),
        ("fine-tuning", "jobs", "wait", JOB, "--deadline", "0", "--timeout", "5"),
        ("batch", "jobs", "wait", BATCH, "--deadline", "0"),
    ],
    ids=" ".join,
)
def test_more_time_for_a_wait_is_a_later_deadline(run: Run, words: tuple[str, ...]) -> None:
    """`--timeout` is the limit of each look at the job, and would not help."""
    seen = run("--sandbox", *words)
    assert "Allow more time with --deadline SECONDS." in seen.err
    assert "--timeout" not in seen.err


def test_advice_names_the_server_that_was_called(run: Run, served: Sandbox) -> None:
    """A command to copy asks the same server."""
    assert served.api_key
    url = os.environ.pop("MISTRAL_SERVER_URL")
    seen = run("--server-url", url, "models", "retrieve", "nope")
    assert f"mistral-funcs --server-url {url} models list" in seen.err


def test_a_key_that_is_refused_is_not_called_missing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is there, and something is wrong with it."""
    monkeypatch.setenv("MISTRAL_API_KEY", "two\nlines")
    seen = run("models", "list")
    assert seen.code == 4
    assert "No API key" not in seen.err
    assert "param  api_key" in seen.err


def test_what_a_server_says_moves_no_cursor(run: Run, sandbox: Sandbox) -> None:
    """And what it says is all on standard error."""
    sandbox.fail(418, on=models_retrieve)
    seen = run("--sandbox", "models", "retrieve", "m", "--json")
    assert (seen.code, seen.out) == (1, "")
    assert "418 I'm a Teapot" in seen.err
    assert "request id  sandbox-" in seen.err
    seen = run("--sandbox", "models", "retrieve", "m\x1b[2J")
    assert "\x1b" not in seen.err
