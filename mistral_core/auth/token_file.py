"""The token of a service account, in a file that is replaced when the token is rotated."""

import os
from typing import final

from mistral_core.errors import InvalidRequestError
from mistral_core.runtime.blocking import call_blocking

VARIABLE = "MISTRAL_SA_TOKEN_PATH"
"""The environment variable with the path of the file."""

MAX_BYTES = 2**16


@final
class TokenFile:
    """A key function that reads a file each time, in a thread."""

    def __init__(self, path: str) -> None:
        """Store the path."""
        self._path = path

    async def __call__(self) -> str:
        """Return the content of the file.

        Raises:
            InvalidRequestError: The file is missing, empty or not text.
        """
        try:
            token = (await call_blocking(_read, self._path)).decode().strip()
        except OSError as error:
            raise self._error(f"cannot be read: {error.strerror or error}") from None
        except ValueError:
            raise self._error("is not text in UTF-8") from None
        if not token:
            raise self._error("is empty")
        return token

    def _error(self, fault: str) -> InvalidRequestError:
        message = f"The token file {self._path!r}, named by {VARIABLE}, {fault}"
        return InvalidRequestError(message, "api_key")


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - `Path` rejects no null character
        return file.read(MAX_BYTES)


def token_file() -> TokenFile | None:
    """Return a key function for the file at MISTRAL_SA_TOKEN_PATH, or `None` if it is not set."""
    path = os.environ.get(VARIABLE)
    return TokenFile(path) if path else None
