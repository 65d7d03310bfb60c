"""The commands that need no key and no extra: they are there without this command line too."""

from typing import Annotated

from cyclopts import Parameter


def demo() -> int:
    """Tell the life of a model, on an embedded sandbox."""
    from mistral_funcs.__main__ import main  # noqa: PLC0415

    return main(["demo"])


def sandbox(
    *,
    host: str = "127.0.0.1",
    port: int = 8080,
    api_key: Annotated[str, Parameter(show_default=True)] = "sandbox-key",
    advance_every: float | None = None,
) -> int:
    """Serve a sandbox of the API for other programs.

    Args:
        host: The address to listen at.
        port: The port; 0 is any free one.
        api_key: The only key that it lets in.
        advance_every: Seconds between two steps of all jobs. By default, a job advances each time
            a client looks at it.
    """
    from mistral_funcs.__main__ import main  # noqa: PLC0415

    clock = [] if advance_every is None else ["--advance-every", str(advance_every)]
    return main(["sandbox", "--host", host, "--port", str(port), "--api-key", api_key, *clock])
