"""The progress of a batch on standard error: a bar on a terminal, lines elsewhere."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from mistral_funcs.cli.screen import note, screen
from mistral_funcs.toolkit.batching.progress import BatchProgress


@contextmanager
def batch_progress(*, as_json: bool) -> Generator[Callable[[BatchProgress], None] | None]:
    """Show the progress of a batch, and yield the function that updates it.

    Args:
        as_json: Whether a program reads the output. Then progress is shown only on a terminal.
    """
    console = screen(stderr=True)
    if not console.is_terminal:
        yield None if as_json else _note_changes()
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def update(progress: BatchProgress) -> None:
            done = progress.succeeded + progress.failed
            bar.update(task, completed=done, total=progress.requests, description=_jobs(progress))

        yield update


def _note_changes() -> Callable[[BatchProgress], None]:
    last = ""

    def update(progress: BatchProgress) -> None:
        nonlocal last
        done = progress.succeeded + progress.failed
        line = f"{done:,}/{progress.requests:,} requests, {_jobs(progress)}"
        if line != last:
            note(line)
            last = line

    return update


def _jobs(progress: BatchProgress) -> str:
    failed = f", {progress.failed:,} failed" if progress.failed else ""
    return f"{progress.ended_jobs:,}/{progress.jobs:,} jobs{failed}"
