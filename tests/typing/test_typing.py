"""Code that mypy and pyright in strict mode must accept or reject.

The accepted files must have no error, and the rejected files exactly one on each line with an `#
error:` mark. The project's own runs of the checkers skip these files; here they are passed by name.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeAlias

import pytest

ROOT = Path(__file__).parents[2]
ACCEPTED = (
    "accepted",
    "accepted_conversations",
    "accepted_operations",
    "accepted_runs",
    "accepted_tasks",
    "accepted_tools",
    "accepted_workflows",
)
REJECTED = (
    "rejected",
    "rejected_operations",
    "rejected_runs",
    "rejected_tasks",
    "rejected_tools",
)
FILES = [Path(__file__).with_name(f"{name}.py") for name in ACCEPTED + REJECTED]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

Lines: TypeAlias = dict[int, str]
"""Line numbers, each with its message."""

Errors: TypeAlias = dict[str, Lines]
"""File names, each with the lines that have errors."""

MARK = re.compile(r"# error: (.+)$")
MYPY_LINE = re.compile(r"^(.+?):(\d+): error: (.+)$", re.MULTILINE)


def run(*command: str) -> str:
    """Run a checker and return its output."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    return done.stdout


def collect(errors: Iterable[tuple[str, int, str]]) -> Errors:
    """Return errors by file and line."""
    actual: Errors = {}
    for file, line, message in errors:
        actual.setdefault(Path(file).name, {}).setdefault(line, message)
    return actual


def run_mypy(cache: Path) -> Errors:
    """Return the errors of mypy with the project's configuration."""
    options = ("--strict", "--no-pretty", "--no-error-summary", "--cache-dir", str(cache))
    output = run("mypy", *options, *map(str, FILES))
    return collect((file, int(line), message) for file, line, message in MYPY_LINE.findall(output))


def run_pyright(folder: Path) -> Errors:
    """Return the errors of pyright with the project's configuration."""
    settings = {
        name: each for name, each in PYPROJECT["tool"]["pyright"].items() if name != "exclude"
    }
    settings |= {
        "include": [os.path.relpath(file, folder) for file in FILES],
        "extraPaths": [str(ROOT)],
    }
    config = folder / "pyrightconfig.json"
    config.write_text(json.dumps(settings), "utf-8")
    output = json.loads(
        run("pyright", "--pythonpath", sys.executable, "--outputjson", "-p", str(config))
    )
    assert output["summary"]["filesAnalyzed"] == len(FILES), output
    return collect(
        (each["file"], each["range"]["start"]["line"] + 1, each["message"])
        for each in output["generalDiagnostics"]
        if each["severity"] == "error"
    )


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Future[Errors]]:
    """Run both checkers concurrently, once for all tests."""
    with ThreadPoolExecutor() as pool:
        return {
            "mypy": pool.submit(run_mypy, tmp_path_factory.mktemp("mypy")),
            "pyright": pool.submit(run_pyright, tmp_path_factory.mktemp("pyright")),
        }


def marked(file: Path) -> Lines:
    """Return the marked lines of a file."""
    lines = enumerate(file.read_text("utf-8").splitlines(), start=1)
    return {number: mark.group(1) for number, line in lines if (mark := MARK.search(line))}


def difference(file: Path, expected: Lines, actual: Lines) -> str:
    """Return the missing and the unexpected errors, one per line."""
    missing = [
        f"{file.name}:{number}: accepted, though marked: {expected[number]}"
        for number in sorted(expected.keys() - actual.keys())
    ]
    surplus = [
        f"{file.name}:{number}: rejected, though not marked: {actual[number]}"
        for number in sorted(actual.keys() - expected.keys())
    ]
    return "\n".join(missing + surplus)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_checker_rejects_the_marked_lines_alone(
    checker: str, file: Path, runs: dict[str, Future[Errors]]
) -> None:
    """They report an error on every marked line, and on no other."""
    differing = difference(file, marked(file), runs[checker].result().get(file.name, {}))
    assert not differing, f"{checker}:\n{differing}"


def test_marks_are_only_in_the_rejected_files() -> None:
    """Accepted files have no marks, and rejected files have many."""
    marks = {file.stem: len(marked(file)) for file in FILES}
    assert [name for name in ACCEPTED if marks[name]] == []
    assert min(marks[name] for name in REJECTED) > 20


def test_difference_names_what_is_missing_and_what_is_surplus() -> None:
    """The message has the line, the kind of the difference, and the text."""
    assert difference(Path("a.py"), {1: "typo", 2: "both"}, {2: "both", 3: "No overload"}) == (
        "a.py:1: accepted, though marked: typo\na.py:3: rejected, though not marked: No overload"
    )
