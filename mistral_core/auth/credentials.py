"""Credentials: where the `Authorization` header of a request comes from."""

import os
import re
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any, ClassVar, Protocol, TypeAlias, final

from mistral_core.errors import InvalidRequestError
from mistral_core.http.messages import Transport
from mistral_core.http.secret import Secret

KeyFunction: TypeAlias = Callable[[], str | Awaitable[str]]
ApiKey: TypeAlias = str | KeyFunction
"""An API key, or a function or coroutine function that returns it, called for each attempt."""

NO_API_KEY = "No API key. Pass `api_key=` or set MISTRAL_API_KEY."

BEARER = re.compile(r"^bearer(\s+|$)", re.IGNORECASE)
SENDABLE = re.compile(r"(?![\"'])[!-~]*(?<![\"'])")
BLANK = " "
"""What a key becomes if trimming leaves nothing: unlike an empty one it is refused."""


class Credentials(Protocol):
    """Where the `Authorization` header of a request comes from.

    Attributes:
        refreshed: Whether the header is asked for before each attempt, and not once for a call.
    """

    refreshed: ClassVar[bool]

    def header(self) -> Secret | None:
        """Return the header that all requests have, or `None` if there is none.

        Raises:
            InvalidRequestError: There is no key, or it cannot be sent.
        """
        ...

    async def refresh(self) -> Secret | None:
        """Return the header for the next attempt.

        Raises:
            InvalidRequestError: There is no key now, or it cannot be sent.
        """
        ...

    def without_secret(self) -> ApiKey | None:
        """Return the API key to pickle: not a secret, which `choose_credentials` finds again."""
        ...


@final
class StaticKey:
    """An API key that stays the same; an empty one sends no header."""

    refreshed: ClassVar[bool] = False

    def __init__(self, key: str) -> None:
        """Take the key, with or without what files and shells put around it."""
        self._key = Secret(_trimmed(key))
        self._header: Secret | None = None

    def header(self) -> Secret | None:
        """Return the header."""
        if self._header is None:
            self._header = bearer(self._key)
        return self._header

    async def refresh(self) -> Secret | None:
        """Return the header."""
        return self.header()

    def without_secret(self) -> ApiKey | None:
        """Return an empty key as it is, and `None` for any other."""
        return None if self._key.reveal() else ""


@final
class RefreshedKey:
    """An API key that a function returns, called before each attempt."""

    refreshed: ClassVar[bool] = True

    def __init__(self, function: KeyFunction) -> None:
        """Take the function or coroutine function."""
        self._function = function

    def header(self) -> Secret | None:
        """Return nothing: the function is called for each attempt."""

    async def refresh(self) -> Secret | None:
        """Return the header for the key that the function returns now."""
        return bearer(await _call(self._function))

    def without_secret(self) -> ApiKey | None:
        """Return the function, which is pickled by reference."""
        return self._function


@final
class NoKey:
    """The lack of an API key, which is an error when a call is made."""

    refreshed: ClassVar[bool] = False

    def header(self) -> Secret | None:
        """Raise the error."""
        raise InvalidRequestError(NO_API_KEY, "api_key")

    async def refresh(self) -> Secret | None:
        """Raise the error."""
        return self.header()

    def without_secret(self) -> ApiKey | None:
        """Return nothing."""


def choose_credentials(api_key: ApiKey | None, transport: Transport) -> Credentials:
    """Return the credentials of a client: its own, or its transport's, or the environment's."""
    if api_key is None:
        found = getattr(transport, "api_key", None) or os.environ.get("MISTRAL_API_KEY", "")
        api_key = _trimmed(found).strip() or None
    if api_key is None:
        return NoKey()
    return StaticKey(api_key) if isinstance(api_key, str) else RefreshedKey(api_key)


def _trimmed(key: str) -> str:
    """Return a key without what files and shells put around it: blanks, quotes, `Bearer`."""
    text, previous = key, None
    while text != previous:
        previous, text = text, BEARER.sub("", text.strip(), count=1)
        if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
            text = text[1:-1]
    return text if text or not key else BLANK


def bearer(key: Secret) -> Secret | None:
    """Return the `Authorization` header of a trimmed key; an empty key makes none.

    Raises:
        InvalidRequestError: The key cannot be sent in a header.
    """
    text = key.reveal()
    if not text:
        return None
    if not SENDABLE.fullmatch(text):
        raise InvalidRequestError(f"The API key {_fault(text)}. Nothing was sent.", "api_key")
    return Secret(f"Bearer {text}")


def _fault(key: str) -> str:
    """Return why a key cannot be sent, without showing any of it."""
    if key.isspace():
        return "is blank; pass an empty one to send none"
    if not key.isascii():
        return "contains a character that is not ASCII"
    if any(char.isspace() for char in key):
        return "contains whitespace; pass other schemes as `headers={'Authorization': ...}`"
    if not key.isprintable():
        return "contains a control character"
    return "begins or ends with an unmatched quote"


async def _call(function: KeyFunction) -> Secret:
    """Return the trimmed key that a function of the user's yields now.

    Raises:
        InvalidRequestError: The function raised an error, or returned no string.
    """
    try:
        key: Any = function()
        if isawaitable(key):
            key = await key
    except Exception as error:
        kind = type(error).__name__
        raise InvalidRequestError(f"The API key's function raised {kind}", "api_key") from error
    if not isinstance(key, str):
        kind = type(key).__name__
        raise InvalidRequestError(f"The API key's function returned {kind}, not str", "api_key")
    return Secret(_trimmed(key))
