"""`python -m mistral_funcs`: try the SDK without a key, an account or a network."""

import argparse
import asyncio
from collections.abc import Sequence

from mistral_core import __version__
from mistral_funcs.demo import demo
from mistral_funcs.sandbox import Sandbox


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    parser = argparse.ArgumentParser(prog="mistral-funcs", description=__doc__)
    parser.add_argument("--version", action="version", version=f"mistral-funcs {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", help="tell the life of a model on an embedded sandbox")
    serving = commands.add_parser("sandbox", help="serve a sandbox of the API for other programs")
    serving.add_argument("--host", default="127.0.0.1", help="the address to listen at")
    serving.add_argument("--port", type=int, default=8080, help="the port; 0 is any free one")
    serving.add_argument("--api-key", default="sandbox-key", help="the only key that it lets in")
    arguments = parser.parse_args(argv)
    try:
        if arguments.command == "demo":
            asyncio.run(demo())
        else:
            asyncio.run(serve(arguments.host, arguments.port, arguments.api_key))
    except KeyboardInterrupt:
        print("\nStopped.")
    except OSError as error:
        parser.exit(1, f"{parser.prog}: {error.strerror or error}\n")
    return 0


async def serve(host: str, port: int, api_key: str) -> None:
    """Serve a sandbox until the process is interrupted."""
    async with Sandbox(api_key=api_key).serve(host, port) as url:
        print("A sandbox of the Mistral API. Point a client at it:\n")
        print(f"    export MISTRAL_SERVER_URL={url} MISTRAL_API_KEY={api_key}\n")
        print("Ctrl-C stops it.", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    raise SystemExit(main())  # pragma: no cover - a test runs it in a process of its own
