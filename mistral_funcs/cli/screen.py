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
"""The width of help pages in a pipe or a file, in columns."""

UNLIMITED = 1_000_000
"""The width of all other output in a pipe or a file. Programs need complete values."""

LOGGERS = ("mistral_core", "mistral_funcs")
LONGEST_LINE = 2_000
NOT_ASCII = re.compile(r"[^\t\n -~]")


@final
class Screen(Console):
    """A console that escapes control characters in all text."""

    @property
    def encoding(self) -> str:
        """The encoding of the output. ASCII in the C locale, so that rich draws lines in ASCII."""
        return "ascii" if in_c_locale() else super().encoding

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Render an object, and escape the control characters in its text."""
        for segment in super().render(renderable, options):
            if segment.control or not UNSAFE.search(segment.text):
                yield segment
            else:
                yield Segment(harmless(segment.text), segment.style)

    def on_broken_pipe(self) -> None:
        """Reraise the error, so that the program handles it in one place."""
        raise  # noqa: PLE0704 - it is called while the error is handled


@final
class LogPrinter(logging.Handler):
    """A logging handler that prints each record as a line on standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print a record."""
        sys.stderr.write(f"{in_one_line(record.getMessage(), LONGEST_LINE)}\n")


@contextmanager
def log_to_stderr() -> Generator[None]:
    """Print log records of the SDK on standard error while a command runs."""
    handler = LogPrinter(logging.WARNING)
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
    """Also print each request of the SDK, without headers, bodies and parameters."""
    logger = logging.getLogger(LOGGERS[0])
    logger.setLevel(logging.DEBUG)
    for handler in (each for each in logger.handlers if isinstance(each, LogPrinter)):
        handler.setLevel(logging.DEBUG)


def in_c_locale() -> bool:
    """Return whether the user explicitly chose the C locale."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    # Python itself sets LC_CTYPE to C.UTF-8 where LANG is C.
    return next((each for each in names if each not in {"", "C.UTF-8"}), "") in {"C", "POSIX"}


def on_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout.isatty()


def screen(*, stderr: bool = False, piped_width: int = UNLIMITED) -> Screen:
    """Return the console of standard output or standard error.

    Args:
        stderr: Whether to print on standard error.
        piped_width: The width if the stream is not a terminal.
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
    """Return the size of a dumb terminal, in columns and lines. rich assumes 80 columns."""
    from shutil import get_terminal_size  # noqa: PLC0415 - it is slow to load

    return get_terminal_size()


def escape_unencodable() -> None:
    """Escape characters that standard output and standard error cannot encode."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # The stream is not a `TextIOWrapper`.
            cast("TextIOWrapper", stream).reconfigure(errors="backslashreplace")


def put(renderable: RenderableType, *, stderr: bool = False) -> None:
    """Print a rich renderable. In a pipe, remove trailing spaces."""
    console = screen(stderr=stderr)
    if console.is_terminal:
        console.print(renderable)
        return
    with console.capture() as drawn:
        console.print(renderable)
    lines = [f"{line.rstrip()}\n" for line in drawn.get().split("\n")]
    console.file.write("".join(lines[:-1]))


def as_json_text(text: str) -> str:
    """Return JSON with unsafe characters escaped, and non-ASCII too if the output is not UTF."""
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
    """Print a dim one-line note on standard error."""
    put(Text(in_one_line(text, LONGEST_LINE), style="dim"), stderr=True)
