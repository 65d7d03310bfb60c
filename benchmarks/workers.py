"""Clients in their own processes, measured in turn: this version, an older one, the peers."""

import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import final

import attrs

from benchmarks.clients import installed
from benchmarks.report import Row, rows_of

HERE = Path(__file__).parent.parent
EXTRA = "msgspec"
"""The package of the extra `speed`."""


@final
@attrs.frozen
class Variant:
    """A client in a certain version.

    Attributes:
        client: The name of the client.
        folder: The folder with the packages that it imports.
        without: Installed packages to hide from it.
    """

    client: str
    folder: Path = HERE
    without: tuple[str, ...] = ()

    def command(self, module: str, *arguments: str) -> list[str]:
        """Return the command that runs a module for this client, in its folder."""
        return [sys.executable, "-m", module, *arguments, self.client, *self.without]

    def start(self, url: str) -> "subprocess.Popen[str]":
        """Start a worker."""
        return subprocess.Popen(  # noqa: S603
            self.command("benchmarks.worker", url),
            cwd=self.folder,
            env=environment(self.folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a process that imports the packages of a folder."""
    return {"PATH": "", "PYTHONPATH": str(folder)}


def variants(older: Path | None = None, revision: str = "") -> dict[str, Variant]:
    """Return the variants by name: this version with and without the extra, and the others."""
    clients = {name: Variant(name) for name in installed()}
    ours = {"ours": Variant("ours", without=(EXTRA,))}
    has_extra = find_spec(EXTRA) is not None
    if has_extra:
        ours[f"ours, {EXTRA}"] = Variant("ours")
    if older is not None:
        ours[f"ours, {revision}"] = Variant("ours", older, without=(EXTRA,))
        if has_extra:
            ours[f"ours, {revision}, {EXTRA}"] = Variant("ours", older)
    return ours | {name: each for name, each in clients.items() if name != "ours"}


@contextmanager
def checked_out(revision: str) -> Generator[Path | None, None, None]:
    """Yield a folder with the packages of a revision, and with these benchmarks."""
    if not revision:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.check_output(  # noqa: S603
            ["git", "archive", revision, "mistral_core", "mistral_funcs"],  # noqa: S607
            cwd=HERE,
        )
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        Path(folder, "benchmarks").symlink_to(HERE / "benchmarks")
        yield Path(folder)


def measure(
    url: str,
    measured: dict[str, Variant],
    works: dict[str, tuple[str, int, int]],
    rounds: int,
    *,
    fresh: bool = False,
) -> list[Row]:
    """Measure each work, one client after another in each round.

    Args:
        url: The URL of the server.
        measured: The variants.
        works: The unit of each work, and its repetitions by fast clients and by all others.
        rounds: Number of rounds.
        fresh: Whether each figure comes from a new process.
    """
    rows: list[Row] = []
    with ExitStack() as stack:
        running = {
            name: stack.enter_context(each.start(url))
            for name, each in measured.items()
            if not fresh
        }
        for work, (unit, fast_times, other_times) in works.items():
            figures: dict[str, list[float]] = {name: [] for name in measured}
            for number in range(rounds + (not fresh)):
                for name, each in measured.items():
                    times = fast_times if each.client in FAST else other_times
                    if fresh:
                        with each.start(url) as worker:
                            figure = _run(worker, work, times)
                            assert worker.stdin is not None
                            worker.stdin.close()
                    else:
                        figure = _run(running[name], work, times)
                    if number or fresh:  # The first round warms up.
                        figures[name].append(figure)
            rows += rows_of(work, unit, figures)
        for worker in running.values():
            assert worker.stdin is not None
            worker.stdin.close()
    return rows


FAST = ("ours", "raw aiohttp", "raw aiohttp, orjson")


def _run(worker: "subprocess.Popen[str]", work: str, times: int) -> float:
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(json.dumps([work, times]) + "\n")
    worker.stdin.flush()
    return float(worker.stdout.readline())
