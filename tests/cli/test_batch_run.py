"""`batch run`: requests from a file, results into a file, and resuming after an interruption."""

import asyncio
import json
import signal
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from mistral_funcs import batch_jobs_create
from mistral_funcs.cli import batch_command
from mistral_funcs.cli.render.batch_progress import batch_progress
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.toolkit.batching.progress import BatchProgress
from mistral_funcs.toolkit.batching.request_files import read_requests
from tests.cli.program_runs import Run

RUN = ("--sandbox", "batch", "run", "requests.jsonl", "-o", "out/results.jsonl")
MODEL = ("--model", "open-mistral-7b")
STATE = Path("out/results.jsonl.batch")


def request(number: int, content: Any = None) -> str:
    """Return a line of the requests file."""
    messages = [{"role": "user", "content": f"text {number}"}] if content is None else content
    return json.dumps({"custom_id": f"id-{number}", "body": {"messages": messages}})


@pytest.fixture(autouse=True)
def requests(folder: Path) -> Path:
    """Write three requests."""
    path = folder / "requests.jsonl"
    path.write_text("".join(f"{request(number)}\n" for number in range(3)))
    (folder / "out").mkdir()
    return path


def results() -> dict[str, Any]:
    """Return the results by request ID."""
    lines = map(json.loads, Path("out/results.jsonl").read_text("utf-8").splitlines())
    return {line["custom_id"]: line for line in lines}


def contents() -> dict[str, str]:
    """Return the text of the response to each request."""
    return {
        name: line["response"]["body"]["choices"][0]["message"]["content"]
        for name, line in results().items()
    }


GOOD = {f"id-{number}": f"You said: text {number}" for number in range(3)}


def test_each_request_has_a_result(run: Run) -> None:
    """Results have the form of the API. Progress is shown on standard error."""
    outcome = run(*RUN, *MODEL)
    assert (outcome.code, outcome.out) == (0, "")
    assert contents() == GOOD
    assert results()["id-0"].keys() == {"custom_id", "response", "error"}
    assert outcome.err.splitlines()[-2:] == ["3/3 requests, 1/1 jobs", "Saved out/results.jsonl."]


def test_the_polling_interval_is_an_option(run: Run, served: Sandbox) -> None:
    """Without a pause, the batch still has a single job."""
    assert run(*RUN[1:], *MODEL, "--interval", "0").code == 0
    assert contents() == GOOD
    assert len(served.state.batch_jobs) == 1


def test_an_interrupted_run_is_resumed(run: Run, sandbox: Sandbox) -> None:
    """Nothing is submitted twice, and completed work is kept."""
    sandbox.fail(
        401, on=batch_jobs_create, times=2
    )  # The first failure is for the examples of the sandbox.
    outcome = run(*RUN, *MODEL)
    assert outcome.code == 4
    assert "Run the command again to resume the batch" in outcome.err
    assert not Path("out/results.jsonl").exists()
    for _ in range(2):
        assert run(*RUN, *MODEL).code == 0
        assert contents() == GOOD
    jobs = [work.details for work in sandbox.state.batch_jobs.values()]
    assert [job.total_requests for job in jobs].count(3) == 1
    other = run(*RUN, "--model", "mistral-large-latest")
    assert (other.code, "other settings" in other.err) == (1, True)


def test_failed_requests_are_reported_and_can_be_retried(
    run: Run, sandbox: Sandbox, requests: Path
) -> None:
    """`--retry-failed` submits only the failed requests again."""
    lines = [request(0), request(1, "no list"), "", '{"body": {}}']
    requests.write_text("\n".join(lines))
    outcome = run(*RUN, *MODEL, "--json")
    assert (outcome.code, outcome.document) == (
        1,
        {"succeeded": 1, "failed": 2, "output": "out/results.jsonl"},
    )
    assert outcome.err.startswith("Error: 2 of 3 requests failed.")
    failed = results()["id-1"]
    assert failed["response"] == {"status_code": 422, "body": None}
    assert "must be an array" in failed["error"]["message"]
    run(*RUN, *MODEL, "--retry-failed")
    totals = [work.details.total_requests for work in sandbox.state.batch_jobs.values()]
    assert totals.count(2) == 1


def test_an_error_without_a_status_has_no_response(run: Run, requests: Path) -> None:
    """Such as an error of a request that cannot be sent. A lone surrogate is escaped."""
    requests.write_text('{"custom_id": "x\\ud800", "body": {"messages": "\\ud800"}}\n')
    assert run(*RUN, *MODEL).code == 1
    (line,) = results().values()
    assert line["response"] is None
    assert line["error"]["message"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{oops\n", "line 1 of `requests.jsonl`: "),
        ('{"body": {}}\n[]\n', "line 2 of `requests.jsonl`: it is not a request"),
        ('{"body": 1}\n', "line 1 of `requests.jsonl`: it is not a request"),
    ],
)
def test_an_invalid_line_is_an_error(run: Run, requests: Path, content: str, reason: str) -> None:
    """The error has the line number."""
    requests.write_text(content)
    outcome = run(*RUN, *MODEL)
    assert outcome.code == 1
    assert reason in outcome.err


async def test_a_file_that_cannot_be_read_is_an_error(folder: Path) -> None:
    """The error has the path."""
    lines = read_requests(folder / "missing")
    with pytest.raises(Exception, match=r"^`.*missing`: .*No such file"):
        await anext(lines)


def test_an_unrelated_output_file_is_not_replaced(run: Run) -> None:
    """Only the results of an earlier run are."""
    Path("out/results.jsonl").write_text("precious")
    outcome = run(*RUN, *MODEL)
    assert outcome.code == 1
    assert "exists and was not written by this command" in outcome.err
    assert Path("out/results.jsonl").read_text() == "precious"


def test_results_that_cannot_be_written_are_an_error(run: Run) -> None:
    """The results are not lost, because the state contains them."""
    outcome = run(*RUN[:-1], "out/none/results.jsonl", *MODEL)
    assert outcome.code == 1
    assert "cannot be" in outcome.err


@pytest.mark.usefixtures("default_sigint")
def test_ctrl_c_says_how_to_resume(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code is 130, as for any command."""

    async def interrupted(*_: object, **__: object) -> AsyncGenerator[Any, None]:
        signal.raise_signal(signal.SIGINT)
        await asyncio.sleep(10)
        yield

    monkeypatch.setattr(batch_command, "run_batch", interrupted)
    outcome = run(*RUN, *MODEL)
    assert outcome.code == 130
    assert outcome.err == "Stopped. Run the command again to resume the batch.\n"


@pytest.mark.usefixtures("terminal")
def test_a_terminal_shows_a_progress_bar(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The bar is removed at the end."""
    progress = BatchProgress(
        requests=4, is_complete=True, succeeded=2, failed=1, jobs=2, ended_jobs=1
    )
    with batch_progress(as_json=True) as update:
        assert update is not None
        update(progress)
    shown = capfdbinary.readouterr().err
    assert b"3/4" in shown
    assert b"1/2 jobs, 1 failed" in shown


def test_a_job_takes_requests_from_a_json_lines_file(run: Run) -> None:
    """`batch jobs create --requests` reads the file as it is."""
    line = ("--sandbox", "batch", "jobs", "create", "--endpoint", "/v1/chat/completions")
    outcome = run(*line, *MODEL, "--requests", "@requests.jsonl", "--json")
    assert (outcome.code, outcome.document["total_requests"]) == (0, 3)
