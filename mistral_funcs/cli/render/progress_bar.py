"""A progress bar for uploads and downloads, on standard error if that is a terminal."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from mistral_core.http.text import in_one_line
from mistral_funcs.cli.screen import screen


@contextmanager
def progress_bar(name: str) -> Generator[Callable[[int, int | None], None] | None]:
    """Show a progress bar for a file, and yield the function that updates it, if any."""
    console = screen(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn())
    with Progress(*columns, TransferSpeedColumn(), console=console, transient=True) as progress:
        task = progress.add_task(in_one_line(name), total=None)
        yield lambda done, size: progress.update(task, completed=done, total=size)
