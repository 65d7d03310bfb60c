"""The commands that follow a job: a live view on a terminal, a line per change elsewhere."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from rich.live import Live

import mistral_funcs
from mistral_core import Err, Failure, InvalidRequestError, Ok, Result
from mistral_funcs.cli.failures import print_error, report_error
from mistral_funcs.cli.invocation import Invocation
from mistral_funcs.cli.render.fields import print_fields
from mistral_funcs.cli.render.job_views import draw, in_a_line, status_of
from mistral_funcs.cli.render.json_documents import to_json
from mistral_funcs.cli.render.untyped import as_array, as_object, unstructured
from mistral_funcs.cli.screen import on_terminal, screen, write
from mistral_funcs.cli.tree import flat, resource_of

NO_RESPONSE = Err(InvalidRequestError("No state of the job was received"))
SUCCESSES = {"SUCCESS", "done", "COMPLETED"}
"""The final statuses that mean success, for jobs, documents and executions."""

SANDBOX_INTERVAL = 0.4
"""Seconds between status requests for a sandbox job, which advances with each request."""


async def wait(invocation: Invocation) -> int:
    """Wait for a job, print its final state, and return the exit code."""
    console = screen(stderr=True)
    with console.status("Waiting ...", spinner="line" if console.options.ascii_only else "dots"):
        last = await _follow(invocation, lambda _: None)
    if isinstance(last, Ok):
        if invocation.options.json:
            write(to_json(last.value, indent=2))
        else:
            print_fields(last.value)
    return _exit_code(invocation, last)


async def watch(invocation: Invocation) -> int:
    """Print the progress of a job, and return the exit code."""
    with _view(invocation) as view:
        last = await _follow(invocation, view)
    return _exit_code(invocation, last)


async def _follow(invocation: Invocation, view: Callable[[Any], None]) -> Result[Any, Failure]:
    """Show each state of a job, and return the last result."""
    arguments, sandbox = dict(invocation.arguments), invocation.options.sandbox
    if sandbox is not None:
        interval = arguments.get("interval", SANDBOX_INTERVAL)
        arguments["interval"] = min(interval, SANDBOX_INTERVAL)
    states = getattr(mistral_funcs, f"{flat(resource_of(invocation.name))}_watch")
    last: Result[Any, Failure] = NO_RESPONSE
    async with invocation.options.client() as client:
        async for state in states(client, **arguments):
            last = state
            if isinstance(last, Ok):
                view(last.value)
    return last


def _exit_code(invocation: Invocation, last: Result[Any, Failure]) -> int:
    """Return the exit code for a job that has ended, and print why it did not succeed."""
    if isinstance(last, Err):
        return report_error(invocation.attempted, last)
    job = unstructured(last.value)
    status = status_of(job)
    if status in SUCCESSES or status in invocation.arguments.get("until", ()):
        return 0
    reasons = (
        as_object(as_object(each).get("data", each)).get(name)
        for field, name in (("events", "error"), ("errors", "message"))
        for each in as_array(job.get(field))
    )
    reason = next(filter(None, reasons), None)
    noun = "execution" if "execution_id" in job else "job" if "status" in job else "processing"
    print_error(f"The {noun} ended with {status}.", {"reason": reason} if reason else {})
    return 1


@contextmanager
def _view(invocation: Invocation) -> Generator[Callable[[Any], None]]:
    """Yield a function that shows the state of a job as a live view, text or JSON Lines."""
    console = screen()
    if invocation.options.json or not on_terminal() or console.is_dumb_terminal:
        in_text: Callable[[Any], str] = to_json if invocation.options.json else in_a_line
        before = ""

        def view(job: Any) -> None:
            nonlocal before
            if (line := in_text(job)) != before:
                write(line)
                before = line

        yield view
    else:
        with Live(console=console, auto_refresh=False) as live:
            yield lambda job: live.update(draw(job), refresh=True)
