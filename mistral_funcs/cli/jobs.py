"""Jobs that are waited for and watched: drawn on a terminal, told line by line elsewhere."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from rich.live import Live

import mistral_funcs
from mistral_core import Err, Failure, InvalidRequestError, Ok, Result
from mistral_funcs.cli.answers import Answer, as_json, present
from mistral_funcs.cli.calling import Call
from mistral_funcs.cli.failures import complain, tell
from mistral_funcs.cli.job_views import draw, in_a_line
from mistral_funcs.cli.json_values import as_array, as_object, unstructured
from mistral_funcs.cli.screen import screen, write

NOTHING = Err(InvalidRequestError("There was nothing to look at"))
SANDBOX_INTERVAL = 0.4
"""Seconds between two looks at a job of the sandbox, which takes a step after each."""


async def wait(asked: Call) -> int:
    """Wait for a job, print it as it ended, and return the exit code."""
    console = screen(stderr=True)
    with console.status("Waiting ...", spinner="line" if console.options.ascii_only else "dots"):
        looked = await _follow(asked, lambda _: None)
    if isinstance(looked, Ok):
        await present(Answer(looked.value, asked.settings.json))
    return _end(asked, looked)


async def watch(asked: Call) -> int:
    """Watch a job, print how it goes on, and return the exit code."""
    with _viewing(asked) as view:
        looked = await _follow(asked, view)
    return _end(asked, looked)


async def _follow(asked: Call, view: Callable[[Any], None]) -> Result[Any, Failure]:
    """Look at a job until it has ended; return the last look."""
    given, sandbox = dict(asked.given), asked.settings.sandbox
    if sandbox is not None:
        given["interval"] = min(given.get("interval", SANDBOX_INTERVAL), SANDBOX_INTERVAL)
    looks = getattr(mistral_funcs, asked.name.replace("_wait", "_watch"))
    last: Result[Any, Failure] = NOTHING
    async with asked.settings.client() as client:
        async for look in looks(client, **given):
            last = look
            if isinstance(last, Ok):
                view(last.value)
    return last


def _end(asked: Call, looked: Result[Any, Failure]) -> int:
    """Return the exit code of a job that has ended; say so where it did not succeed."""
    if isinstance(looked, Err):
        return tell(asked.attempted, looked)
    job = unstructured(looked.value)
    status = job.get("status")
    if status == "SUCCESS" or status in asked.given.get("until", ()):
        return 0
    reasons = (
        as_object(as_object(each).get("data", each)).get(name)
        for field, name in (("events", "error"), ("errors", "message"))
        for each in as_array(job.get(field))
    )
    reason = next(filter(None, reasons), None)
    complain(f"The job ended with {status}.", {"reason": reason} if reason else {})
    return 1


@contextmanager
def _viewing(asked: Call) -> Generator[Callable[[Any], None]]:
    """Yield what shows a job: as a drawing that changes, as lines, or as JSON lines."""
    console = screen()
    if asked.settings.json or not console.is_terminal:
        in_words: Callable[[Any], str] = as_json if asked.settings.json else in_a_line
        before = ""

        def view(job: Any) -> None:
            nonlocal before
            if (line := in_words(job)) != before:
                write(line)
                before = line

        yield view
    else:
        with Live(console=console, auto_refresh=False) as live:
            yield lambda job: live.update(draw(job), refresh=True)
