"""`mistral-funcs`, or `python -m mistral_funcs`: the command line, or what of it needs no extra."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from errno import EADDRNOTAVAIL
from importlib.util import find_spec
from socket import gaierror

from mistral_core import __version__

OFFLINE = ("demo", "sandbox", "--version")
"""What needs no extra, and is the same with it and without."""

MISSING = "the command line is an extra: pip install 'mistral-funcs[cli]'"


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    typed = sys.argv[1:] if argv is None else argv
    if find_spec("cyclopts") and not (typed and typed[0] in OFFLINE):
        try:
            from mistral_funcs.cli.program import run  # noqa: PLC0415 - it is an extra

            return run(typed)
        except KeyboardInterrupt:  # While it is loaded; what comes after is its own matter.
            return 130
    parser = argparse.ArgumentParser(
        prog="mistral-funcs",
        description="Try the SDK without a key, an account or a network.",
        epilog=f"For all other commands, {MISSING}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"mistral-funcs {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", help="tell the life of a model on an embedded sandbox")
    serving = commands.add_parser("sandbox", help="serve a sandbox of the API for other programs")
    serving.add_argument("--host", default="127.0.0.1", help="the address to listen at")
    serving.add_argument("--port", type=int, default=8080, help="the port; 0 is any free one")
    serving.add_argument("--api-key", default="sandbox-key", help="the only key that it lets in")
    if typed and typed[0] not in (*OFFLINE, "-h", "--help"):
        parser.exit(2, f"{parser.prog}: {MISSING}\n")
    arguments = parser.parse_args(typed)
    try:
        if arguments.command == "demo":
            from mistral_funcs.demo import demo  # noqa: PLC0415 - it loads half of the package

            asyncio.run(demo())
        else:
            asyncio.run(serve(arguments.host, arguments.port, arguments.api_key))
    except KeyboardInterrupt:
        print("\nStopped.")
    except OSError as error:
        parser.exit(1, f"{parser.prog}: cannot serve: {_reason(error)}\n")
    return 0


def _reason(error: OSError) -> str:
    """Return why an address cannot be served: as the system has it, not this version of Python."""
    if isinstance(error, gaierror):
        return error.strerror or str(error)
    return os.strerror(error.errno or EADDRNOTAVAIL)


async def serve(host: str, port: int, api_key: str) -> None:
    """Serve a sandbox until the process is interrupted."""
    from mistral_funcs.sandbox import Sandbox  # noqa: PLC0415 - so does this

    async with Sandbox(api_key=api_key).serve(host, port) as url:
        print("A sandbox of the Mistral API. Point a client at it:\n")
        print(f"    export MISTRAL_SERVER_URL={url} MISTRAL_API_KEY={api_key}\n")
        print("Ctrl-C stops it.", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    raise SystemExit(main())  # pragma: no cover - a test runs it in a process of its own
