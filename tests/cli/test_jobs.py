"""`wait` and `watch` for jobs and documents: all kinds, and all ways to end."""

from itertools import pairwise
from typing import Any

import attrs
import pytest
from rich.console import Console

from mistral_core import Unknown
from mistral_core.testing import json_response
from mistral_funcs import (
    batch_jobs_create,
    batch_jobs_get,
    beta_libraries_documents_get,
    fine_tuning_jobs_get,
    workflows_executions_get_workflow_execution,
)
from mistral_funcs.cli.render.job_views import draw, in_a_line
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import CheckpointOut, CompletionDetailedJobOut, MetricOut
from tests.cli.program_runs import Run
from tests.cli.screens import SCREENS, compare

JOB = "00000002-0000-4000-8000-000000000002"
BATCH = "00000003-0000-4000-8000-000000000003"
WAIT = ("--sandbox", "fine-tuning", "jobs", "wait")
WATCH = ("--sandbox", "fine-tuning", "jobs", "watch")


def test_a_successful_job_is_exit_code_0(run: Run) -> None:
    """The final job is printed, so that a script can use it."""
    outcome = run(*WAIT, JOB, "--json")
    assert (outcome.code, outcome.document["status"]) == (0, "SUCCESS")
    outcome = run("--sandbox", "batch", "jobs", "wait", BATCH, "--json")
    assert (outcome.code, outcome.document["completed_requests"]) == (0, 4)


def test_a_watch_prints_a_line_for_each_change(run: Run) -> None:
    """With `--json` each line is the complete job."""
    jobs = run(*WATCH, JOB, "--json").documents
    assert [job["status"] for job in jobs] == [
        *("QUEUED", "VALIDATING", "VALIDATED"),
        *(["RUNNING"] * 4),
        "SUCCESS",
    ]
    assert [len(job.get("checkpoints", [])) for job in jobs] == [0, 0, 0, 0, 1, 2, 3, 3]


def test_an_unchanged_job_is_printed_once(run: Run, sandbox: Sandbox) -> None:
    """However often it is polled."""
    running = json_response({"id": "j", "job_type": "completion", "status": "RUNNING"})
    sandbox.fail(running, times=3, on=fine_tuning_jobs_get)
    lines = run(*WATCH, JOB).out.splitlines()
    assert all(line != after for line, after in pairwise(lines))


@pytest.mark.parametrize("verb", ["wait", "watch"])
def test_a_failed_job_is_exit_code_1(run: Run, sandbox: Sandbox, verb: str) -> None:
    """The reason is on standard error."""
    data = {"status": "FAILED", "error": "It burned down."}
    fields = {"id": "j", "job_type": "completion", "status": "FAILED", "events": [{"data": data}]}
    sandbox.fail(json_response(fields), on=fine_tuning_jobs_get)
    outcome = run("--sandbox", "fine-tuning", "jobs", verb, "j")
    assert outcome.code == 1
    assert "FAILED" in outcome.out
    assert outcome.err == "Error: The job ended with FAILED.\n  reason  It burned down.\n"


def test_a_failed_batch_is_exit_code_1(run: Run, sandbox: Sandbox) -> None:
    """With the reason, if the server reports one."""
    failed = {"id": "b", "status": "FAILED"}
    sandbox.fail(json_response({**failed, "errors": [{"message": "Full."}]}), on=batch_jobs_get)
    sandbox.fail(json_response({**failed, "status": "CANCELLED"}), on=batch_jobs_get)
    watch = ("--sandbox", "batch", "jobs", "watch", "b")
    assert run(*watch).err == "Error: The job ended with FAILED.\n  reason  Full.\n"
    assert run(*watch).err == "Error: The job ended with CANCELLED.\n"


@pytest.mark.parametrize("verb", ["wait", "watch"])
def test_an_execution_can_be_waited_for(run: Run, sandbox: Sandbox, verb: str) -> None:
    """Completed is exit code 0, failed is exit code 1."""
    command = ("--sandbox", "workflows", "executions", verb, "e")
    for status, code in (("COMPLETED", 0), ("FAILED", 1)):
        ended = json_response({"execution_id": "e", "status": status})
        sandbox.fail(ended, on=workflows_executions_get_workflow_execution)
        outcome = run(*command)
        assert (outcome.code, status in outcome.out) == (code, True)
    assert outcome.err == "Error: The execution ended with FAILED.\n"


@pytest.mark.parametrize(
    ("status", "code", "err"),
    [("done", 0, ""), ("error", 1, "Error: The processing ended with error.\n")],
)
def test_a_document_is_waited_for_like_a_job(
    run: Run, sandbox: Sandbox, status: str, code: int, err: str
) -> None:
    """Its statuses are different."""
    document = json_response({"id": "d", "process_status": status})
    sandbox.fail(document, on=beta_libraries_documents_get)
    outcome = run("--sandbox", "beta", "libraries", "documents", "watch", "l", "d")
    assert (outcome.code, outcome.out, outcome.err) == (code, f"{status}\n", err)


def test_the_help_of_wait_names_what_it_waits_for(run: Run) -> None:
    """A job or a document."""
    assert "until the document is processed" in run("beta", "libraries", "documents", "--help").out
    assert "until the job has ended" in run("batch", "jobs", "--help").out


def test_a_wait_can_end_at_a_given_status(run: Run) -> None:
    """A requested status is no failure."""
    outcome = run(*WAIT, JOB, "--until", "VALIDATED", "RUNNING", "--json")
    assert (outcome.code, outcome.document["status"]) == (0, "VALIDATED")


def test_an_unknown_job_is_an_error(run: Run) -> None:
    """The advice is the command that lists jobs."""
    for verb in ("wait", "watch"):
        outcome = run("--sandbox", "fine-tuning", "jobs", verb, "nope")
        assert (outcome.code, outcome.out) == (1, "")
        assert "mistral-funcs --sandbox fine-tuning jobs list" in outcome.err


def test_a_wait_that_times_out_is_an_error(run: Run) -> None:
    """The message says that the job continues."""
    outcome = run(*WATCH, JOB, "--deadline", "0")
    assert outcome.code == 1
    assert "It continues" in " ".join(outcome.err.split())


def test_a_job_that_the_sandbox_cannot_create_is_no_crash(run: Run, sandbox: Sandbox) -> None:
    """The list of jobs is empty."""
    sandbox.fail(500, on=batch_jobs_create)
    assert run("--sandbox", "batch", "jobs", "list").err == "No results.\n"


def test_a_job_of_a_real_server_is_polled(run: Run, served: Sandbox) -> None:
    """At the interval of the option."""
    run("files", "upload", "train.jsonl", "--purpose", "fine-tune")
    file_id = next(iter(served.state.files))
    model = ("--model", "open-mistral-7b", "--auto-start")
    steps = ("--hyperparameters", '{"training_steps": 3}')
    create = ("fine-tuning", "jobs", "create", *model, *steps, "--training-files", file_id)
    job_id = run(*create, "--json").document["id"]
    served.advance(9)
    outcome = run("fine-tuning", "jobs", "watch", job_id, "--interval", "0.01")
    assert outcome.code == 0
    assert outcome.out.startswith("SUCCESS  step 3/3  train loss 0.5  model ft:open-mistral-7b:")


# -------------------------------------------------------------------------------------- the drawing


def drawn(job: Any) -> str:
    """Return a drawing as text with 80 columns."""
    console = Console(width=80)
    with console.capture() as captured:
        console.print(draw(job))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def job_with(losses: dict[int, tuple[float | None, float | None]]) -> CompletionDetailedJobOut:
    """Return a job with a checkpoint per step, given its training and validation losses."""
    return CompletionDetailedJobOut(
        id="j",
        status="RUNNING",
        checkpoints=[
            CheckpointOut(step_number=step, metrics=MetricOut(train_loss=train, valid_loss=valid))
            for step, (train, valid) in reversed(losses.items())
        ],
    )


def test_a_curve_follows_the_loss() -> None:
    """Falling or rising, training and validation in one frame."""
    losses = {
        step: (2 * 0.9 ** (step / 10), 2.2 * 0.92 ** (step / 10) + (0.4 if step == 60 else 0))
        for step in range(0, 120, 20)
    }
    file = SCREENS / "curves.txt"
    before = file.read_text("utf-8")
    assert compare(file, drawn(job_with(losses))) == before


def test_a_flat_curve_is_a_line() -> None:
    """A range of zero must not be divided by."""
    frame = drawn(job_with({1: (0.5, None), 2: (0.5, None)}))
    assert frame.count("⠉") == 60
    frame = drawn(job_with({5: (0.7, None), 4: (0.5, None)}))
    assert "step 5" in frame


def test_fewer_than_two_points_are_no_curve() -> None:
    """The loss is shown as a number."""
    one = drawn(job_with({1: (0.5, 0.6)}))
    assert "train loss       0.5\n" in one
    assert "step" not in one
    assert "loss" not in drawn(job_with({}))


def test_two_curves_have_two_colors() -> None:
    """If the terminal supports colors."""
    console = Console(width=80, force_terminal=True, color_system="standard")
    with console.capture() as captured:
        console.print(draw(job_with({1: (0.9, 0.95), 2: (0.5, 0.6)})))
    assert {"\x1b[36m", "\x1b[35m"} <= {f"\x1b[{code}m" for code in ("36", "35")}
    assert "\x1b[36m" in captured.get()
    assert "\x1b[35m" in captured.get()


@pytest.mark.parametrize(
    "raw",
    [
        "no object",
        {},
        {"status": 7, "checkpoints": "none", "hyperparameters": []},
        {"status": None, "checkpoints": [None, {"step_number": "1", "metrics": [1]}]},
        {"checkpoints": [{"metrics": {"train_loss": "low"}}, {"metrics": {"train_loss": 1e999}}]},
        {"total_requests": "many", "completed_requests": None},
    ],
    ids=str,
)
def test_a_job_of_an_unknown_kind_is_drawn(raw: Any) -> None:
    """Fields with unexpected types are left out."""
    unknown = Unknown(raw, "new")
    assert "status" in drawn(unknown)
    assert in_a_line(unknown).endswith("\n")


def test_a_job_without_a_total_shows_the_completed_steps() -> None:
    """Such as a job that counts epochs."""
    job = job_with({7: (0.5, None)})
    assert in_a_line(job) == "RUNNING  step 7  train loss 0.5\n"
    assert "progress" not in drawn(job)
    assert in_a_line(attrs.evolve(job, checkpoints=[])) == "RUNNING\n"
