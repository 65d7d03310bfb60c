"""What to do about an error, where there is one thing to do."""

from collections.abc import Collection
from typing import assert_never, final

import attrs

from mistral_core import (
    APIConnectionError,
    Failure,
    HTTPValidationError,
    InvalidRequestError,
    RequestTimeoutError,
    ResponseValidationError,
    SDKError,
)
from mistral_funcs.cli.tree import VERBS

REFERENCES = {
    "model_id": "models",
    "model": "models",
    "file_id": "files",
    "training_files": "files",
    "validation_files": "files",
    "input_files": "files",
    "document": "files",
    "voice_id": "audio_voices",
}
"""The resource that an argument refers to. Any other id refers to the resource of the command."""

CHECK_THE_SERVER = "Check the network, and the server: --server-url, or MISTRAL_SERVER_URL."


@final
@attrs.frozen
class Attempted:
    """The call that failed, as far as advice depends on it.

    Attributes:
        name: The name of the function that was called.
        given: The names of its arguments.
        program: The program with the global options that advice repeats.
    """

    name: str
    given: Collection[str] = ()
    program: str = "mistral-funcs"


def advise(attempted: Attempted, error: Failure) -> str | None:  # noqa: PLR0911 - a line each
    """Return what to do about an error.

    Args:
        attempted: The call that failed.
        error: The error.
    """
    match error:
        case SDKError(status=401):
            return "Check the key in MISTRAL_API_KEY."
        case SDKError(status=404) | SDKError(type="invalid_model"):
            return _look_up(attempted, error)
        case SDKError(status=410):
            return "This server no longer offers it."
        case SDKError(status=429) if not error.retryable:
            return "The key has no quota for this. Check the limits of its plan."
        case SDKError(status=429):
            return "Too much was asked for in too short a time: try again later."
        case RequestTimeoutError() if attempted.name.endswith(("_wait", "_watch")):
            return "Give it more time: --deadline SECONDS."
        case RequestTimeoutError(phase="connect") | APIConnectionError():
            return CHECK_THE_SERVER
        case RequestTimeoutError():
            return "Give it more time: --timeout SECONDS."
        case SDKError() | HTTPValidationError() | ResponseValidationError() | InvalidRequestError():
            return None
        case _:
            assert_never(error)


def _look_up(attempted: Attempted, error: SDKError) -> str | None:
    """Return how to list what the arguments refer to, since some of it does not exist."""
    resource = attempted.name.rpartition("_")[0]
    given = [
        name for name in attempted.given if name in REFERENCES or name in ("job_id", "agent_id")
    ]
    if not given:
        return CHECK_THE_SERVER
    kind = "invalid_model" if error.type == "invalid_model" else error.message.lower()
    resources = [*dict.fromkeys(REFERENCES.get(name, resource) for name in given)]
    named = [each for each in resources if each.rpartition("_")[2].removesuffix("s") in kind]
    lists = [
        f"{attempted.program} {each.replace('_', '-')} list"
        for each in named or resources
        if "list" in VERBS[each]
    ]
    return f"See what is available: {', or '.join(lists)}" if lists else None
