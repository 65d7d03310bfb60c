"""Training losses as curves, drawn in braille (2 by 4 dots per character) or ASCII."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias, final

import attrs
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

Point: TypeAlias = tuple[float, float]
"""A training step and the loss after it."""

MARGIN, HEIGHT = 12, 8
NARROWEST, WIDEST = 12, 60
"""The minimum and maximum width of the curves without the margin. Narrower terminals get none."""

DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bit of each dot in a braille character code, by column and row."""

UPPER_DOTS = 0x01 | 0x02 | 0x08 | 0x10
"""The dots in the upper half of a character."""

STYLES = ("cyan", "magenta")
"""The styles of the curves, in order: training, validation."""


@final
@attrs.frozen
class LossCurve:
    """Curves in one frame, as wide as the terminal allows.

    Attributes:
        curves: The curves, each with at least two points in ascending order of steps.
    """

    curves: list[list[Point]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the curves."""
        width = min(WIDEST, options.max_width - MARGIN)
        if width >= NARROWEST:
            yield loss_curve(self.curves, width, ascii_only=options.ascii_only)


def loss_curve(curves: list[list[Point]], width: int, *, ascii_only: bool = False) -> Text:
    """Return curves in one frame.

    Args:
        curves: The curves, each with at least two points in ascending order of steps.
        width: The width of the curves without the margin.
        ascii_only: Whether to draw in ASCII, with two dots per character, one above the other.
    """
    steps = [step for curve in curves for step, _ in curve]
    losses = [loss for curve in curves for _, loss in curve]
    cells = [[0] * width for _ in range(HEIGHT)]
    styles = [[""] * width for _ in range(HEIGHT)]
    for curve, style in zip(curves, STYLES, strict=False):
        for x, y in _dots(curve, (min(steps), max(steps)), (min(losses), max(losses)), width):
            cells[y // 4][x // 2] |= DOTS[x % 2][y % 4]
            styles[y // 4][x // 2] = style
    tick, side, corner, bottom = "||+-" if ascii_only else "┤│└─"
    scale = {0: f"{max(losses):>10.4g} {tick}", HEIGHT - 1: f"{min(losses):>10.4g} {tick}"}
    character = _in_ascii if ascii_only else _in_braille
    text = Text()
    for row in range(HEIGHT):
        text.append(scale.get(row, f"{side:>{MARGIN}}"))
        for number, style in zip(cells[row], styles[row], strict=True):
            text.append(character(number), style)
        text.append("\n")
    first, last = f"{min(steps):g}", f"step {max(steps):g}"
    text.append(f"{corner:>{MARGIN}}{bottom * width}\n")
    text.append(f"{'':{MARGIN}}{first}{last:>{width - len(first)}}")
    return text


def _in_braille(dots: int) -> str:
    return chr(0x2800 + dots) if dots else " "


def _in_ascii(dots: int) -> str:
    return " '.:"[bool(dots & UPPER_DOTS) + 2 * bool(dots & ~UPPER_DOTS)]


def _dots(
    curve: list[Point], steps: tuple[float, float], losses: tuple[float, float], width: int
) -> Iterator[tuple[int, int]]:
    """Return the dots of the lines between points, counted from the upper left."""
    across = (2 * width - 1) / ((steps[1] - steps[0]) or 1)
    down = (4 * HEIGHT - 1) / ((losses[1] - losses[0]) or 1)
    places = [
        (round((step - steps[0]) * across), round((losses[1] - loss) * down))
        for step, loss in curve
    ]
    for (x, y), (to_x, to_y) in pairwise(places):
        most = max(to_x - x, abs(to_y - y)) or 1
        for part in range(most + 1):
            yield x + round((to_x - x) * part / most), y + round((to_y - y) * part / most)
