"""The command line, `mistral-funcs` or `python -m mistral_funcs`, with or without its extra."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from errno import EADDRNOTAVAIL
from importlib.util import find_spec
from inspect import signature
from socket import gaierror
from typing import Never

from mistral_core import __version__
from mistral_core.http.text import harmless
from mistral_core.operations.inspection import documentation_of
from mistral_funcs.cli import offline

OFFLINE = ("demo", "sandbox", "--version")
"""Commands that need no extra and behave the same with and without it."""

MISSING = "install the `cli` extra: in a checkout of the project, pip install '.[cli]'"


class Parser(argparse.ArgumentParser):
    """An argument parser that escapes control characters in its error messages."""

    def error(self, message: str) -> Never:
        """Print an error and exit."""
        super().error(harmless(message))


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    try:
        try:
            return command(sys.argv[1:] if argv is None else argv)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        code = 141
    except OSError as error:
        code = 1
        with suppress(OSError):
            print(f"mistral-funcs: {harmless(reason(error))}", file=sys.stderr)
    discard_unwritten()
    return code


def discard_unwritten() -> None:
    """Discard output that cannot be written, for which Python would print an error on exit."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def command(typed: Sequence[str]) -> int:
    """Run a command line and return its exit code."""
    if find_spec("cyclopts") and not (typed and typed[0] in OFFLINE):
        try:
            from mistral_funcs.cli.program import run  # noqa: PLC0415 - it needs the extra

            return run(typed)
        except KeyboardInterrupt:  # During the import. `run` handles later ones.
            return 130
    parser = offline_parser()
    if typed and typed[0] not in {*OFFLINE, "-h", "--help"}:
        parser.exit(2, f"{parser.prog}: {MISSING}\n")
    arguments = vars(parser.parse_args(typed))
    if arguments.pop("command") == "demo":
        return offline.run_demo()
    try:
        offline.check_interval(**arguments)
    except ValueError as error:
        parser.error(str(error))
    return offline.serve_sandbox(**arguments)


def offline_parser() -> Parser:
    """Return the parser of the commands that need no extra."""
    parser = Parser(
        prog="mistral-funcs",
        description="Try the SDK without an API key, an account or a network.",
        epilog=f"For all other commands, {MISSING}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"mistral-funcs {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", help=offline.run_demo.__doc__)
    documentation = offline.serve_sandbox.__doc__ or ""
    serving = commands.add_parser("sandbox", help=documentation.partition("\n")[0])
    texts = documentation_of(documentation)
    for each in signature(offline.serve_sandbox).parameters.values():
        default: object = each.default
        kind: type[object] = float if default is None else type(default)
        serving.add_argument(
            f"--{each.name.replace('_', '-')}",
            type=kind,
            default=default,
            metavar="SECONDS" if kind is float else None,
            help=texts[each.name],
        )
    return parser


def reason(error: OSError) -> str:
    """Return the operating system's message for an error, which does not vary with Python.

    An error without a number means that a server could not bind its addresses.
    """
    if isinstance(error, gaierror):
        return error.strerror or str(error)
    return os.strerror(error.errno or EADDRNOTAVAIL)


if __name__ == "__main__":
    raise SystemExit(main())  # pragma: no cover - a test runs it in a subprocess
