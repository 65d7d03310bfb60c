"""The command that runs a file of requests as a batch and writes the results to a file."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Annotated, Any, final

import attrs
from cyclopts import Parameter, validators

from mistral_core import Err, Failure, Ok
from mistral_core.response.output_files import cannot_write, output_file
from mistral_funcs.cli import job_commands
from mistral_funcs.cli.advice import Attempted
from mistral_funcs.cli.failures import print_error, report_error
from mistral_funcs.cli.global_options import GlobalOptions
from mistral_funcs.cli.render.batch_progress import batch_progress
from mistral_funcs.cli.render.json_documents import to_json
from mistral_funcs.cli.screen import note, write
from mistral_funcs.toolkit.batching.batch_run import run_batch
from mistral_funcs.toolkit.batching.request_files import read_requests, result_line
from mistral_funcs.toolkit.batching.results import BatchOutcome

STATE = ".batch"
"""Suffix of the folder that stores the state of a batch, beside the results."""


def run_requests(
    requests: Annotated[
        Path, Parameter(metavar="PATH", validator=validators.Path(exists=True, dir_okay=False))
    ],
    /,
    *,
    output: Annotated[Path, Parameter(alias="-o", metavar="PATH")],
    model: str | None = None,
    agent_id: str | None = None,
    endpoint: str = "/v1/chat/completions",
    timeout_hours: int | None = None,
    interval: Annotated[float, Parameter(validator=validators.Number(gte=0))] = 10.0,
    retry_failed: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
    cancel: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
    keep_files: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
    global_options: Annotated[Any, Parameter(parse=False)],
) -> int:
    """Run the requests of a JSON Lines file as batch jobs, and write their results to another.

    The state is stored in a folder beside the results. If the command is interrupted, run it again:
    it resumes, and submits nothing twice.

    Args:
        requests: A JSON Lines file of requests, each with a `body` and optionally a `custom_id`.
        output: The JSON Lines file for the results, written when the batch is complete.
        model: The model that runs the requests.
        agent_id: The agent that runs the requests, instead of a model.
        endpoint: The endpoint that the requests are sent to.
        timeout_hours: Timeout of each job in hours, from 1 to 168. Defaults to 24.
        interval: Seconds between status requests for a job.
        retry_failed: Resubmit the requests that failed in an earlier run.
        cancel: Cancel the jobs if the command is interrupted. By default they continue.
        keep_files: Keep uploaded requests on the server. By default they are deleted when all
            requests of a job succeeded.
        global_options: The options that all commands have.
    """
    options: GlobalOptions = global_options
    if options.sandbox is not None:
        interval = min(interval, job_commands.SANDBOX_INTERVAL)
    settings: dict[str, Any] = {
        "endpoint": endpoint,
        "model": model,
        "agent_id": agent_id,
        "timeout_hours": timeout_hours,
        "interval": interval,
        "retry_failed": retry_failed,
        "cancel_abandoned": cancel,
        "delete_files": not keep_files,
    }
    files = _Files(requests, output)
    if output.exists() and not files.state.exists():
        print_error(
            f"{output} exists and was not written by this command.", {"advice": OTHER_OUTPUT}
        )
        return 1
    return asyncio.run(_run(files, settings, options))


OTHER_OUTPUT = "Choose another file for the results, or move this one."


class _StoppedError(Exception):
    """The batch ended with an `Err`, and the results are incomplete."""


@final
@attrs.define
class _Files:
    """The files of a batch.

    Attributes:
        requests: The file of requests.
        output: The file of results.
        succeeded: Number of successful results.
        failed: Number of failed results.
        error: The error that ended the batch.
    """

    requests: Path
    output: Path
    succeeded: int = 0
    failed: int = 0
    error: Err[Failure] | None = None

    @property
    def state(self) -> Path:
        """The folder with the state of the batch."""
        return self.output.with_name(f"{self.output.name}{STATE}")

    async def save(self, outcomes: AsyncGenerator[Any, None]) -> None:
        """Write the outcomes to the results file if the batch completes.

        Raises:
            OSError: The file cannot be written.
        """
        try:
            async with output_file(self.output) as write_chunks, aclosing(outcomes):
                async for item in outcomes:
                    if isinstance(item, Err):
                        self.error = item
                        raise _StoppedError  # noqa: TRY301 - the file must see it
                    await write_chunks([self._line(item.value)])
        except _StoppedError:
            pass

    def _line(self, outcome: BatchOutcome[Any]) -> bytes:
        if isinstance(outcome.result, Ok):
            self.succeeded += 1
        else:
            self.failed += 1
        return result_line(outcome)


async def _run(files: _Files, settings: dict[str, Any], options: GlobalOptions) -> int:
    async with options.client() as client:
        with batch_progress(as_json=options.json) as on_progress:
            outcomes: Any = run_batch(
                client,
                read_requests(files.requests),
                folder=files.state,
                schema=Any,
                on_progress=on_progress,
                **settings,
            )
            try:
                await files.save(outcomes)
            except OSError as error:
                files.error = Err(cannot_write(files.output, error))
            except asyncio.CancelledError as error:
                error.add_note("Run the command again to resume the batch.")
                raise
    if files.error is not None:
        code = report_error(Attempted("batch_jobs_create", {}, options.program), files.error)
        note(f"Run the command again to resume the batch. Its state is in {files.state}.")
        return code
    counts = {"succeeded": files.succeeded, "failed": files.failed, "output": str(files.output)}
    if options.json:
        write(to_json(counts, indent=2))
    else:
        note(f"Saved {files.output}.")
    if files.failed:
        total = files.succeeded + files.failed
        advice = {"advice": "Resubmit them with --retry-failed."}
        print_error(f"{files.failed:,} of {total:,} requests failed.", advice)
        return 1
    return 0
