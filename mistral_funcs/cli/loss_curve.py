"""The loss of a training as curves, drawn in braille: each character has 2 times 4 dots."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

from rich.text import Text

Point: TypeAlias = tuple[float, float]
"""A step, and the loss after it."""

WIDTH, HEIGHT = 60, 8
DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""What each dot of a braille character adds to its number, by column and row."""

STYLES = ("cyan", "magenta")
"""Those of the curves, in their order: training, validation."""


def loss_curve(curves: list[list[Point]]) -> Text:
    """Return curves, drawn into one frame.

    Args:
        curves: The curves, of two points or more each; their steps rise.
    """
    steps = [step for curve in curves for step, _ in curve]
    losses = [loss for curve in curves for _, loss in curve]
    cells = [[0] * WIDTH for _ in range(HEIGHT)]
    styles = [[""] * WIDTH for _ in range(HEIGHT)]
    for curve, style in zip(curves, STYLES, strict=False):
        for x, y in _dots(curve, (min(steps), max(steps)), (min(losses), max(losses))):
            cells[y // 4][x // 2] |= DOTS[x % 2][y % 4]
            styles[y // 4][x // 2] = style
    scale = {0: f"{max(losses):>10.4g} ┤", HEIGHT - 1: f"{min(losses):>10.4g} ┤"}
    text = Text()
    for row in range(HEIGHT):
        text.append(scale.get(row, f"{'│':>12}"))
        for number, style in zip(cells[row], styles[row], strict=True):
            text.append(chr(0x2800 + number) if number else " ", style)
        text.append("\n")
    first, last = f"{min(steps):g}", f"step {max(steps):g}"
    text.append(f"{'└':>12}{'─' * WIDTH}\n{'':12}{first}{last:>{WIDTH - len(first)}}")
    return text


def _dots(
    curve: list[Point], steps: tuple[float, float], losses: tuple[float, float]
) -> Iterator[tuple[int, int]]:
    """Return the dots of the lines from point to point, counted from the upper left."""
    across = (2 * WIDTH - 1) / ((steps[1] - steps[0]) or 1)
    down = (4 * HEIGHT - 1) / ((losses[1] - losses[0]) or 1)
    places = [
        (round((step - steps[0]) * across), round((losses[1] - loss) * down))
        for step, loss in curve
    ]
    for (x, y), (to_x, to_y) in pairwise(places):
        most = max(to_x - x, abs(to_y - y)) or 1
        for part in range(most + 1):
            yield x + round((to_x - x) * part / most), y + round((to_y - y) * part / most)
