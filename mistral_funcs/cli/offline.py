"""The commands that need neither an API key nor the `cli` extra: the demo and the sandbox."""

import asyncio
import math
from collections.abc import Coroutine
from typing import Any


def run_demo() -> int:
    """Follow a model from training to deletion, on an embedded sandbox."""
    from mistral_funcs.demo import demo  # noqa: PLC0415 - it loads half of the package

    return _run(demo())


def serve_sandbox(
    *,
    host: str = "127.0.0.1",
    port: int = 8080,
    api_key: str = "sandbox-key",
    advance_every: float | None = None,
) -> int:
    """Serve a sandbox of the API for other programs.

    Args:
        host: The address to listen on.
        port: The port. 0 picks a free one.
        api_key: The only API key that the sandbox accepts.
        advance_every: Interval in seconds at which all jobs advance. By default, a job advances
            each time a client requests it.
    """
    return _run(serve(host, port, api_key, advance_every))


def check_interval(*, advance_every: float | None = None, **_: object) -> None:
    """Check the options of the sandbox.

    Raises:
        ValueError: The interval is not a positive, finite number.
    """
    if advance_every is not None and not 0 < advance_every < math.inf:
        raise ValueError("--advance-every must be positive and finite.")


async def serve(host: str, port: int, api_key: str, advance_every: float | None) -> None:
    """Serve a sandbox until the process is interrupted."""
    from mistral_funcs.sandbox import Sandbox  # noqa: PLC0415 - so does this

    sandbox = Sandbox(api_key=api_key, progress="manual" if advance_every else "looks")
    async with sandbox.serve(host, port, advance_every=advance_every) as url:
        print("A sandbox of the Mistral API. Point a client at it:\n")
        print(f"    export MISTRAL_SERVER_URL={url} MISTRAL_API_KEY={api_key}\n")
        print("Ctrl-C stops it.", flush=True)
        await asyncio.Event().wait()


def _run(task: Coroutine[Any, Any, None]) -> int:
    try:
        asyncio.run(task)
    except KeyboardInterrupt:
        print("\nStopped.")
    return 0
