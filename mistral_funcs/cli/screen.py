"""The terminal, or the pipe in its place, and how text is written to it."""

import logging
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from io import TextIOWrapper
from typing import cast, final

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from mistral_core.http.text import UNSAFE, harmless, in_one_line

HELP_WIDTH = 80
"""The columns of help in a pipe or a file."""

UNLIMITED = 1_000_000
"""The columns of everything else there: a program that reads it wants whole values."""

LONGEST_REMARK = 2_000
NOT_ASCII = re.compile(r"[^\t\n -~]")


@final
class Screen(Console):
    """A console that renders any text harmlessly, whoever wrote it."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Render an object, without anything in its text that a terminal obeys."""
        for segment in super().render(renderable, options):
            if segment.control or not UNSAFE.search(segment.text):
                yield segment
            else:
                yield Segment(harmless(segment.text), segment.style)

    def on_broken_pipe(self) -> None:
        """Raise the error again: the program handles it, wherever it was raised."""
        raise  # noqa: PLE0704 - it is called while the error is handled


@final
class Remarks(logging.Handler):
    """A logging handler that prints records as remarks on standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print a record."""
        sys.stderr.write(f"{in_one_line(record.getMessage(), LONGEST_REMARK)}\n")


def screen(*, stderr: bool = False, piped_width: int = UNLIMITED) -> Screen:
    """Return the console of standard output or standard error.

    Args:
        stderr: Whether to print on standard error.
        piped_width: The columns where that is not a terminal.
    """
    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Screen(
        stderr=stderr,
        width=None if terminal else piped_width,
        markup=False,
        highlight=False,
        emoji=False,
    )


def forgive() -> None:
    """Let characters that standard output and error cannot encode be written as escapes."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # A stream that encodes nothing needs none.
            cast("TextIOWrapper", stream).reconfigure(errors="backslashreplace")


def put(renderable: RenderableType, *, stderr: bool = False) -> None:
    """Print what rich draws; in a pipe without the blanks at the ends of lines."""
    console = screen(stderr=stderr)
    if console.is_terminal:
        console.print(renderable)
        return
    with console.capture() as drawn:
        console.print(renderable)
    lines = [f"{line.rstrip()}\n" for line in drawn.get().split("\n")]
    console.file.write("".join(lines[:-1]))


def as_json_text(text: str) -> str:
    """Return JSON with its unsafe characters as escapes; all but ASCII, where that is no UTF."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    unsafe = UNSAFE if encoding.lower().startswith("utf") else NOT_ASCII
    return unsafe.sub(_json_escape, text)


def _json_escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def write(text: str) -> None:
    """Write text to standard output at once, with its unsafe characters as escapes."""
    sys.stdout.write(harmless(text))
    sys.stdout.flush()


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def note(text: str) -> None:
    """Print a remark beside the response: dim, in one line, on standard error."""
    put(Text(in_one_line(text, LONGEST_REMARK), style="dim"), stderr=True)
