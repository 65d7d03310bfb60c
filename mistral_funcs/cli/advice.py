"""Advice on how to fix an error."""

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
from mistral_funcs._index import OPERATIONS
from mistral_funcs.cli.tree import COMMANDS, list_of, resource_of, words

REFERENCES = {
    "model": "model_id",
    "training_files": "file_id",
    "validation_files": "file_id",
    "input_files": "file_id",
    "document": "file_id",
}
"""Arguments that refer to objects, with the path parameter that identifies those objects."""

CHECK_THE_SERVER = "Check the network and the server (--server-url or MISTRAL_SERVER_URL)."


@final
@attrs.frozen
class Attempted:
    """The failed call, with the details that advice needs.

    Attributes:
        name: The name of the called function.
        arguments: The names of its arguments.
        program: The program, with the global options that advice repeats.
    """

    name: str
    arguments: Collection[str] = ()
    program: str = "mistral-funcs"


def advise(attempted: Attempted, error: Failure) -> str | None:  # noqa: PLR0911 - a line each
    """Return advice on how to fix an error, or `None` if there is nothing useful to say.

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
            return "This server no longer offers this operation."
        case SDKError(status=429) if not error.retryable:
            return "The key has no quota for this operation. Check the limits of its plan."
        case SDKError(status=429):
            return "Too many requests. Try again later."
        case RequestTimeoutError() if attempted.name.endswith(("_wait", "_watch")):
            return "Allow more time with --deadline SECONDS."
        case RequestTimeoutError(phase="connect") | APIConnectionError():
            return CHECK_THE_SERVER
        case RequestTimeoutError():
            return "Allow more time with --timeout SECONDS."
        case SDKError() | HTTPValidationError() | ResponseValidationError() | InvalidRequestError():
            return None
        case _:
            assert_never(error)


def _look_up(attempted: Attempted, error: SDKError) -> str | None:
    """Return advice to list the objects that the arguments refer to. One of them does not exist."""
    path = OPERATIONS[attempted.name][2] if attempted.name in OPERATIONS else ""
    ids = [
        REFERENCES.get(name, name)
        for name in attempted.arguments
        if name in REFERENCES or name.endswith("_id") or f"{{{name}}}" in path
    ]
    if not ids:
        return CHECK_THE_SERVER
    resource = resource_of(attempted.name)
    lists = dict.fromkeys(filter(None, (list_of(each, resource) for each in ids)))
    message = "model" if error.type == "invalid_model" else error.message.lower()
    named = [each for each in lists if _noun(each) in message]
    commands = [" ".join([attempted.program, *words(COMMANDS[each])]) for each in named or lists]
    return f"See what is available: {', or '.join(commands)}" if commands else None


def _noun(name: str) -> str:
    """Return the noun for the items of a list operation: `file` for `files_list`."""
    return resource_of(name).rpartition(".")[2].removesuffix("s")
