"""`mistral-funcs`, or `python -m mistral_funcs`: the command line, or what of it needs no extra."""

import argparse
import asyncio
import math
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from errno import EADDRNOTAVAIL
from importlib.util import find_spec
from socket import gaierror
from typing import Never

from mistral_core import __version__
from mistral_core.http.text import harmless

OFFLINE = ("demo", "sandbox", "--version")
"""What needs no extra, and is the same with it and without."""

MISSING = "install the `cli` extra: in a checkout of the project, pip install '.[cli]'"


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors show harmlessly what was typed."""

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
    """Send output that cannot be written nowhere, or Python would complain when it exits."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def command(typed: Sequence[str]) -> int:
    """Run what was typed and return its exit code."""
    if find_spec("cyclopts") and not (typed and typed[0] in OFFLINE):
        try:
            from mistral_funcs.cli.program import run  # noqa: PLC0415 - it is an extra

            return run(typed)
        except KeyboardInterrupt:  # While it is loaded; what comes after is its own matter.
            return 130
    parser = Parser(
        prog="mistral-funcs",
        description="Try the SDK without a key, an account or a network.",
        epilog=f"For all other commands, {MISSING}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"mistral-funcs {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", help="tell the life of a model on an embedded sandbox")
    serving = commands.add_parser("sandbox", help="serve a sandbox of the API for other programs")
    serving.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    serving.add_argument("--port", type=int, default=8080, help="the port; 0 is any free one")
    serving.add_argument("--api-key", default="sandbox-key", help="the only key that it accepts")
    serving.add_argument(
        "--advance-every",
        type=_seconds,
        metavar="SECONDS",
        help="advance jobs by a clock; by default, a job advances each time a client looks at it",
    )
    if typed and typed[0] not in (*OFFLINE, "-h", "--help"):
        parser.exit(2, f"{parser.prog}: {MISSING}\n")
    arguments = parser.parse_args(typed)
    try:
        if arguments.command == "demo":
            from mistral_funcs.demo import demo  # noqa: PLC0415 - it loads half of the package

            asyncio.run(demo())
        else:
            serving_options = arguments.api_key, arguments.advance_every
            asyncio.run(serve(arguments.host, arguments.port, *serving_options))
    except KeyboardInterrupt:
        print("\nStopped.")
    return 0


def reason(error: OSError) -> str:
    """Return why the system refused: in its own words, which no version of Python changes.

    An error without a number is that of a server whose addresses cannot be bound.
    """
    if isinstance(error, gaierror):
        return error.strerror or str(error)
    return os.strerror(error.errno or EADDRNOTAVAIL)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < math.inf:
        raise argparse.ArgumentTypeError("must be above zero and finite")
    return seconds


async def serve(host: str, port: int, api_key: str, advance_every: float | None) -> None:
    """Serve a sandbox until the process is interrupted; its jobs follow a clock, or looks."""
    from mistral_funcs.sandbox import Sandbox  # noqa: PLC0415 - so does this

    sandbox = Sandbox(api_key=api_key, progress="manual" if advance_every else "looks")
    async with sandbox.serve(host, port, advance_every=advance_every) as url:
        print("A sandbox of the Mistral API. Point a client at it:\n")
        print(f"    export MISTRAL_SERVER_URL={url} MISTRAL_API_KEY={api_key}\n")
        print("Ctrl-C stops it.", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    raise SystemExit(main())  # pragma: no cover - a test runs it in a process of its own
