"""What is said of a call that failed: what happened, what to do, and the id to quote."""

from typing import Any

from rich.table import Table
from rich.text import Text

from mistral_core import Err, Failure, InvalidRequestError
from mistral_core.auth.credentials import NO_API_KEY
from mistral_core.http.statuses import PHRASES
from mistral_core.http.text import harmless
from mistral_funcs.cli.advice import Attempted, advise
from mistral_funcs.cli.screen import put

NO_KEY = {
    "with a key": "export MISTRAL_API_KEY=...  (from https://console.mistral.ai)",
    "without one": "mistral-funcs --sandbox models list  (tries everything offline)",
}


def tell(attempted: Attempted, failed: Err[Failure]) -> int:
    """Print what failed on standard error, and return the exit code.

    Args:
        attempted: The call that failed.
        failed: What it returned.
    """
    error = failed.error
    if isinstance(error, InvalidRequestError) and error.message == NO_API_KEY:
        complain("There is no API key: set MISTRAL_API_KEY.", NO_KEY)
        return 1
    facts: dict[str, object] = {
        "status": in_words(error),
        "type": getattr(error, "type", None),
        "code": getattr(error, "code", None),
        "param": getattr(error, "param", None),
        "request id": getattr(error, "request_id", None) or failed.call.request_id,
        "attempts": failed.call.attempts if failed.call.attempts > 1 else None,
        "advice": advise(attempted, error),
    }
    complain(error.message, {fact: each for fact, each in facts.items() if each})
    return 1


def complain(message: str, facts: dict[str, Any]) -> None:
    """Print an error, and what is known of it."""
    put(Text.assemble(("Error: ", "bold red"), harmless(message)), stderr=True)
    grid = Table.grid(padding=(0, 2))
    for fact, each in facts.items():
        grid.add_row(Text(f"  {fact}", style="dim"), harmless(str(each)))
    if facts:
        put(grid, stderr=True)


def in_words(error: Failure) -> str | None:
    """Return the status that a server answered with."""
    status = getattr(error, "status", None)
    return f"{status} {PHRASES[status]}" if status in PHRASES else status
