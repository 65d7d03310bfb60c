"""`python -m benchmarks`: what calls cost, ours beside the floor and the peers, in one run."""

import argparse
import asyncio
import inspect
import sys
from collections.abc import Callable
from typing import Any

from benchmarks.calls import in_flight, one_after_another, stream
from benchmarks.clients import CLIENTS, installed
from benchmarks.cold import cold_start
from benchmarks.files import uploads_and_downloads
from benchmarks.limits import limits
from benchmarks.report import Row, as_json, as_table, machine
from benchmarks.server import serving
from benchmarks.structuring import structuring

MEASURES: dict[str, Callable[[str, int], Any]] = {
    "cold": cold_start,
    "calls": one_after_another,
    "flight": in_flight,
    "structuring": structuring,
    "stream": stream,
    "files": uploads_and_downloads,
    "limits": limits,
}


def main() -> None:
    """Run the measures that were asked for, and print what they found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("measures", nargs="*", help=f"some of: {', '.join(MEASURES)}")
    parser.add_argument("--rounds", type=int, default=7, help="interleaved rounds of each")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    unknown = set(arguments.measures) - set(MEASURES)
    if unknown:
        parser.error(f"no such measure: {', '.join(sorted(unknown))}")
    rows: list[Row] = []
    with serving() as url:
        for name in arguments.measures or MEASURES:
            print(f"measuring {name} ...", file=sys.stderr)
            found: Any = MEASURES[name](url, arguments.rounds)
            rows += asyncio.run(found) if inspect.iscoroutine(found) else found
    if arguments.json:
        print(as_json(rows))
        return
    print(as_table(rows))
    missing = sorted(set(CLIENTS) - set(installed()))
    print("\nNot installed, and not measured:", ", ".join(missing) or "none")
    print("\n" + "\n".join(f"{name}: {told}" for name, told in machine().items()))


if __name__ == "__main__":
    main()
