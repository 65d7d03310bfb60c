"""Results as a text table and as JSON."""

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
    """A measured figure.

    Attributes:
        work: The name of the work.
        client: The name of the client.
        value: The median of the rounds.
        unit: The unit of the figure.
        low: The lowest of the rounds.
        high: The highest of the rounds.
        ratio: The median of the rounds' ratios to the floor, each within one round.
        ratios: The lowest and the highest of these ratios.
        floor: The client that the ratio is relative to. Empty without a ratio.
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
    rows: list[Row] = []
    for client, figures in rounds.items():
        pairs = zip(figures, rounds.get(floor, []), strict=False)
        ratios = [figure / base for figure, base in pairs if base]
        rows.append(
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
    return rows


def peak_memory() -> float:
    """Return the peak memory of this process in MiB, or 0 if it is unknown."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((float(line.split()[1]) / 1024 for line in lines if "VmHWM" in line), 0.0)


def machine() -> dict[str, str]:
    """Return the details of the machine, of Python and of the packages."""
    details = {"python": platform.python_version(), "system": platform.platform()}
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    details["processor"] = f"{len(names)} x {names[0]}" if names else platform.processor()
    for package in PACKAGES:
        try:
            details[package] = version(package)
        except PackageNotFoundError:
            details[package] = "not installed"
    return details


def as_table(rows: Sequence[Row]) -> str:
    """Return rows as a text table."""
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
    """Return rows and the details of the machine as JSON."""
    report: dict[str, Any] = {"machine": machine(), "rows": [attrs.asdict(row) for row in rows]}
    return json.dumps(report, indent=2)
