"""Error messages: what happened, how to fix it, and the request ID to quote."""

from typing import Any

from rich.table import Table
from rich.text import Text

from mistral_core import Err, Failure, InvalidRequestError, SDKError
from mistral_core.auth.credentials import NO_API_KEY
from mistral_core.http.statuses import PHRASES
from mistral_core.http.text import harmless
from mistral_funcs.cli.advice import Attempted, advise
from mistral_funcs.cli.screen import put

NO_KEY = {
    "with a key": "export MISTRAL_API_KEY=...  (from https://console.mistral.ai)",
    "without one": "mistral-funcs --sandbox models list  (tries everything offline)",
}


NO_ACCESS = 4
"""The exit code for a missing or rejected API key."""


def report_error(attempted: Attempted, failed: Err[Failure]) -> int:
    """Print an error on standard error, and return the exit code.

    Args:
        attempted: The call that failed.
        failed: Its error.
    """
    error = failed.error
    if isinstance(error, InvalidRequestError) and error.message == NO_API_KEY:
        print_error("No API key. Set MISTRAL_API_KEY.", NO_KEY)
        return NO_ACCESS
    details: dict[str, object] = {
        "status": status_of(error),
        "type": getattr(error, "type", None),
        "code": getattr(error, "code", None),
        "param": getattr(error, "param", None),
        "request id": getattr(error, "request_id", None) or failed.call.request_id,
        "attempts": failed.call.attempts if failed.call.attempts > 1 else None,
        "advice": advise(attempted, error),
    }
    print_error(error.message, {name: each for name, each in details.items() if each})
    return exit_code(error)


def exit_code(error: Failure) -> int:
    """Return the exit code for an error."""
    if isinstance(error, InvalidRequestError):
        return NO_ACCESS if error.param == "api_key" else 1
    return NO_ACCESS if isinstance(error, SDKError) and error.status == 401 else 1


def print_error(message: str, details: dict[str, Any]) -> None:
    """Print an error and its details."""
    put(Text.assemble(("Error: ", "bold red"), harmless(message)), stderr=True)
    grid = Table.grid(padding=(0, 2))
    for name, each in details.items():
        grid.add_row(Text(f"  {name}", style="dim"), harmless(str(each)))
    if details:
        put(grid, stderr=True)


def status_of(error: Failure) -> str | None:
    """Return the status of a response, with its reason phrase."""
    status = getattr(error, "status", None)
    return f"{status} {PHRASES[status]}" if status in PHRASES else status
