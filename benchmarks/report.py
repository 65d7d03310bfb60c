"""What was measured, as a table for people and as JSON."""

import json
import platform
import statistics
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import attrs

PACKAGES = (
    "aiohttp",
    "attrs",
    "cattrs",
    "backoff",
    "msgspec",
    "orjson",
    "mistralai",
    "openai",
    "pydantic",
)


@attrs.frozen
class Row:
    """Hold one figure.

    Attributes:
        work: What was done.
        client: Who did it.
        value: The median of the rounds.
        unit: What the figure counts.
        low: The lowest of the rounds.
        high: The highest of the rounds.
        ratio: The median of the rounds' ratios to the floor, each within one round.
        ratios: The lowest and the highest of these ratios.
        floor: What the ratio is to; empty where there is none.
        extra: Other figures of the same work.
    """

    work: str
    client: str
    value: float
    unit: str
    low: float
    high: float
    ratio: float | None = None
    ratios: tuple[float, float] = (0.0, 0.0)
    floor: str = ""
    extra: dict[str, float] = attrs.field(factory=dict[str, float])


def rows_of(
    work: str, unit: str, rounds: dict[str, list[float]], floor: str = "raw aiohttp"
) -> list[Row]:
    """Return a row for each client, from its figure in each interleaved round."""
    found: list[Row] = []
    for client, figures in rounds.items():
        pairs = zip(figures, rounds.get(floor, []), strict=False)
        ratios = [figure / base for figure, base in pairs if base]
        found.append(
            Row(
                work,
                client,
                statistics.median(figures),
                unit,
                min(figures),
                max(figures),
                statistics.median(ratios) if ratios else None,
                (min(ratios), max(ratios)) if ratios else (0.0, 0.0),
                floor if ratios else "",
            )
        )
    return found


def peak_memory() -> float:
    """Return the most memory that this process has had, in MB; 0 where that is not known."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((float(line.split()[1]) / 1024 for line in lines if "VmHWM" in line), 0.0)


def machine() -> dict[str, str]:
    """Return where the figures were read."""
    found = {"python": platform.python_version(), "system": platform.platform()}
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    found["processor"] = f"{len(names)} x {names[0]}" if names else platform.processor()
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def as_table(rows: Sequence[Row]) -> str:
    """Return rows as a table for people."""
    lines = [
        f"{'work':30} {'client':22} {'median':>10} {'spread':>19} {'ratio':>7} {'spread':>13}  unit"
    ]
    for row in rows:
        spread = f"{row.low:,.4g} .. {row.high:,.4g}"
        ratio, low_high = "", ""
        if row.ratio is not None:
            ratio, low_high = f"{row.ratio:.2f}", f"{row.ratios[0]:.2f} .. {row.ratios[1]:.2f}"
        more = "".join(f"  {name} {figure:,.4g}" for name, figure in row.extra.items())
        lines.append(
            f"{row.work:30} {row.client:22} {row.value:>10,.4g} {spread:>19} {ratio:>7} "
            f"{low_high:>13}  {row.unit}{more}"
        )
    return "\n".join(lines)


def as_json(rows: Iterable[Row]) -> str:
    """Return rows, and where they were read, as JSON."""
    told: dict[str, Any] = {"machine": machine(), "rows": [attrs.asdict(row) for row in rows]}
    return json.dumps(told, indent=2)
