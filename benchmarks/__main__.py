"""Benchmarks of this package, its peers and raw aiohttp, interleaved in one run."""

import argparse
import sys
from collections.abc import Callable

from benchmarks.calls import in_flight, large, one_after_another, stream, structured
from benchmarks.clients import CLIENTS, installed
from benchmarks.cold import cold_start
from benchmarks.files import uploads_and_downloads
from benchmarks.limits import limits
from benchmarks.report import Row, as_json, as_table, machine
from benchmarks.server import serving
from benchmarks.structuring import structuring
from benchmarks.workers import FAST, checked_out, variants

COMPARED: dict[str, Callable[..., list[Row]]] = {
    "calls": one_after_another,
    "flight": in_flight,
    "objects": structured,
    "stream": stream,
    "large": large,
}
"""The measures of each client and, with `--compare`, of an older version."""

MEASURES: dict[str, Callable[[str, int], list[Row]]] = {
    "cold": cold_start,
    "structuring": structuring,
    "files": uploads_and_downloads,
    "limits": limits,
}
"""The measures without an older version."""

NAMES = (*COMPARED, *MEASURES)


def main() -> None:
    """Run the requested measures, and print the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "measures", nargs="*", help=f"the measures to run (default: all): {', '.join(NAMES)}"
    )
    parser.add_argument("--rounds", type=int, default=7, help="number of interleaved rounds")
    parser.add_argument("--compare", default="", help="a commit to compare with")
    parser.add_argument("--quick", action="store_true", help="leave out the peers")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    unknown = set(arguments.measures) - set(NAMES)
    if unknown:
        parser.error(f"unknown measure: {', '.join(sorted(unknown))}")
    rows: list[Row] = []
    with serving() as url, checked_out(arguments.compare) as older:
        measured = variants(older, arguments.compare)
        if arguments.quick:
            measured = {name: each for name, each in measured.items() if each.client in FAST}
        for name in arguments.measures or NAMES:
            print(f"measuring {name} ...", file=sys.stderr)
            if name in COMPARED:
                rows += COMPARED[name](url, arguments.rounds, measured)
            else:
                rows += MEASURES[name](url, arguments.rounds)
    if arguments.json:
        print(as_json(rows))
        return
    print(as_table(rows))
    missing = sorted(set(CLIENTS) - set(installed()))
    print("\nNot installed, and not measured:", ", ".join(missing) or "none")
    print("\n" + "\n".join(f"{name}: {detail}" for name, detail in machine().items()))


if __name__ == "__main__":
    main()
