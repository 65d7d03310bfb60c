"""Output to a terminal or a pipe, with unsafe characters escaped."""

import logging
import os
import re
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import cast, final

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from mistral_core.http.text import UNSAFE, harmless, in_one_line

HELP_WIDTH = 80
"""The width of help in a pipe or a file, in columns."""

UNLIMITED = 1_000_000
"""The width of all other output there: programs need complete values."""

LOGGERS = ("mistral_core", "mistral_funcs")
LONGEST_REMARK = 2_000
NOT_ASCII = re.compile(r"[^\t\n -~]")


@final
class Screen(Console):
    """A console that escapes control characters in all text."""

    @property
    def encoding(self) -> str:
        """The encoding of the output; ASCII in the C locale, so that lines are drawn in it."""
        return "ascii" if in_c_locale() else super().encoding

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Render an object, and escape what a terminal would interpret in its text."""
        for segment in super().render(renderable, options):
            if segment.control or not UNSAFE.search(segment.text):
                yield segment
            else:
                yield Segment(harmless(segment.text), segment.style)

    def on_broken_pipe(self) -> None:
        """Raise the error again, so that the program handles it in one place."""
        raise  # noqa: PLE0704 - it is called while the error is handled


@final
class Remarks(logging.Handler):
    """A logging handler that prints each record as a line on standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print a record."""
        sys.stderr.write(f"{in_one_line(record.getMessage(), LONGEST_REMARK)}\n")


@contextmanager
def remarks() -> Generator[None]:
    """Print the log of the SDK on standard error while a command runs."""
    handler = Remarks(logging.WARNING)
    levels = {each: each.level for each in map(logging.getLogger, LOGGERS)}
    for logger in levels:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger, level in levels.items():
            logger.removeHandler(handler)
            logger.setLevel(level)


def log_requests() -> None:
    """Print each request of the SDK, too: without headers, bodies and parameters."""
    logger = logging.getLogger(LOGGERS[0])
    logger.setLevel(logging.DEBUG)
    for handler in (each for each in logger.handlers if isinstance(each, Remarks)):
        handler.setLevel(logging.DEBUG)


def in_c_locale() -> bool:
    """Return whether the user chose the locale C, rather than none at all."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    # Python itself sets LC_CTYPE to C.UTF-8 where LANG is C.
    return next((each for each in names if each not in {"", "C.UTF-8"}), "") in {"C", "POSIX"}


def on_terminal() -> bool:
    """Return whether people read the output: then it is laid out for them."""
    return sys.stdout.isatty()


def screen(*, stderr: bool = False, piped_width: int = UNLIMITED) -> Screen:
    """Return the console of standard output or standard error.

    Args:
        stderr: Whether to print on standard error.
        piped_width: The width if that is not a terminal.
    """
    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    width, height = _size_of_dumb_terminal() if os.environ.get("TERM") == "dumb" else (None, None)
    return Screen(
        stderr=stderr,
        width=width if terminal else piped_width,
        height=height,
        markup=False,
        highlight=False,
        emoji=False,
    )


def _size_of_dumb_terminal() -> tuple[int, int]:
    """Return the columns and lines of a terminal that rich would take for one of 80 columns."""
    from shutil import get_terminal_size  # noqa: PLC0415 - it is slow to load

    return get_terminal_size()


def escape_unencodable() -> None:
    """Escape characters that standard output and standard error cannot encode."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # Not a stream of encoded text.
            cast("TextIOWrapper", stream).reconfigure(errors="backslashreplace")


def put(renderable: RenderableType, *, stderr: bool = False) -> None:
    """Print an object of rich; in a pipe without trailing spaces."""
    console = screen(stderr=stderr)
    if console.is_terminal:
        console.print(renderable)
        return
    with console.capture() as drawn:
        console.print(renderable)
    lines = [f"{line.rstrip()}\n" for line in drawn.get().split("\n")]
    console.file.write("".join(lines[:-1]))


def as_json_text(text: str) -> str:
    """Return JSON with unsafe characters escaped; all but ASCII if the encoding is not a UTF."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    unsafe = UNSAFE if encoding.lower().startswith("utf") else NOT_ASCII
    return unsafe.sub(_json_escape, text)


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def write(text: str) -> None:
    """Write text to standard output and flush it, with unsafe characters escaped."""
    sys.stdout.write(harmless(text))
    sys.stdout.flush()


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def note(text: str) -> None:
    """Print a note on standard error: dim, in one line."""
    put(Text(in_one_line(text, LONGEST_REMARK), style="dim"), stderr=True)
