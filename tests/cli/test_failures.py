"""What is said of a call that failed: for each error what happened, and what to do about it."""

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
from mistral_core.call import Call
from mistral_core.wire import Headers
from mistral_funcs.cli.failures import tell
from mistral_funcs.models.retrieve import OPERATION as MODELS_RETRIEVE
from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Run


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (SDKError("Who are you?", 401), ["401 Unauthorized", "the key in MISTRAL_API_KEY"]),
        (SDKError("No.", 404), ["404 Not Found", "mistral-funcs batch-jobs list"]),
        (SDKError("It is retired.", 410), ["410 Gone", "no longer offers it"]),
        (SDKError("Slow down.", 429), ["429 Too Many Requests", "try again later"]),
        (SDKError("No.", 400, type="t", code="7", param="n"), ["type", "code", "7", "param", "n"]),
        (SDKError("Odd.", 799), ["status 799"]),
        (HTTPValidationError("Wrong."), ["422 Unprocessable Entity"]),
        (ResponseValidationError("Odd."), ["200 OK"]),
        (RequestTimeoutError("Late."), ["--timeout SECONDS"]),
        (APIConnectionError("Cut."), ["--server-url, or MISTRAL_SERVER_URL"]),
        (InvalidRequestError("No.", "job_id"), ["param", "job_id"]),
        (InvalidRequestError("No.", "api_key"), ["export MISTRAL_API_KEY", "--sandbox"]),
    ],
    ids=lambda each: f"{type(each).__name__}" if isinstance(each, Exception) else "",
)
def test_each_error_has_its_facts_and_its_advice(
    error: Failure, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error, and with code 1."""
    call = Call(headers=Headers([("x-request-id", "r-1")]), attempts=2)
    assert tell("batch_jobs_get", Err(error, call=call)) == 1
    seen = capsys.readouterr()
    assert seen.out == ""
    assert seen.err.startswith("Error: ")
    words = " ".join(seen.err.split())
    assert [text for text in told if text not in words] == []
    if not (isinstance(error, InvalidRequestError) and error.param == "api_key"):
        assert "request id r-1 attempts 2" in words


def test_what_has_no_list_has_no_way_to_one(capsys: pytest.CaptureFixture[str]) -> None:
    """No command is told of that is not there."""
    tell("chat_stream", Err(SDKError("No such model.", 404)))
    assert "list" not in capsys.readouterr().err


def test_what_a_server_says_moves_no_cursor(run: Run, sandbox: Sandbox) -> None:
    """And what it says is all on standard error."""
    sandbox.fail(418, on=MODELS_RETRIEVE)
    seen = run("--sandbox", "models", "retrieve", "m", "--json")
    assert (seen.code, seen.out) == (1, "")
    assert "418 I'm a Teapot" in seen.err
    assert "request id  sandbox-" in seen.err
    seen = run("--sandbox", "models", "retrieve", "m\x1b[2J")
    assert "\x1b" not in seen.err
