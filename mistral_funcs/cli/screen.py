"""What is written to: the terminal, or the pipe that stands in its place."""

import re
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import cast

from rich.console import Console, RenderableType
from rich.text import Text

WIDTH = 80
"""The columns of a screen that is none: of a pipe or a file."""

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters that would move the cursor or change the terminal, were they printed."""


def screen(*, stderr: bool = False) -> Console:
    """Return where to print; where that is no terminal, it has 80 columns and no colours."""
    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(
        stderr=stderr, width=None if terminal else WIDTH, markup=False, highlight=False, emoji=False
    )


def forgive() -> None:
    """Let characters that standard output and error cannot encode be written as escapes."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # A stream that encodes nothing needs none.
            cast("TextIOWrapper", stream).reconfigure(errors="backslashreplace")


def put(renderable: RenderableType, *, stderr: bool = False) -> None:
    """Print what rich draws; where that is no terminal, without the blanks at the ends of lines."""
    console = screen(stderr=stderr)
    if console.is_terminal:
        console.print(renderable)
        return
    with console.capture() as drawn:
        console.print(renderable)
    lines = [f"{line.rstrip()}\n" for line in drawn.get().splitlines()]
    console.file.write("".join(lines))


def harmless(text: str) -> str:
    """Return a text that others wrote, without what a terminal would obey."""
    return CONTROL.sub("", text)


def escaped(text: str) -> str:
    """Return JSON in which those characters are written as escapes."""
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def write(text: str) -> None:
    """Write a text that others wrote to standard output, at once and as it is."""
    sys.stdout.write(harmless(text))
    sys.stdout.flush()


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def note(text: str) -> None:
    """Print a remark that is no part of the answer: dim, on standard error."""
    put(Text(harmless(text), style="dim"), stderr=True)
