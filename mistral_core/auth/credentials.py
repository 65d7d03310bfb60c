"""API keys, and the `Authorization` header built from them."""

import logging
import os
import re
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any, ClassVar, Protocol, TypeAlias, final

from mistral_core.auth.token_file import token_file
from mistral_core.errors import InvalidRequestError, MistralError
from mistral_core.http.messages import Transport
from mistral_core.http.secret import Secret

KeyFunction: TypeAlias = Callable[[], str | Awaitable[str]]
ApiKey: TypeAlias = str | KeyFunction
"""An API key, or a function or coroutine function that returns it, called for each attempt."""

NO_API_KEY = "No API key. Pass `api_key=` or set MISTRAL_API_KEY."

logger = logging.getLogger("mistral_core")

BEARER = re.compile(r"^bearer(\s+|$)", re.IGNORECASE)
SENDABLE = re.compile(r"(?![\"'])[!-~]*(?<![\"'])")
BLANK = " "
"""The trimmed form of a key without any content. It is rejected; an empty key is not sent."""


class Credentials(Protocol):
    """The source of the `Authorization` header.

    Attributes:
        refreshed: Whether `refresh` is called before each attempt.
    """

    refreshed: ClassVar[bool]

    def header(self) -> Secret | None:
        """Return the header for all requests, or `None` if it is not constant.

        Raises:
            InvalidRequestError: The key is missing or cannot be sent.
        """
        ...

    async def refresh(self) -> Secret | None:
        """Return the header for the next attempt.

        Raises:
            InvalidRequestError: The key is missing or cannot be sent.
        """
        ...

    def without_secret(self) -> ApiKey | None:
        """Return the API key to pickle. `None` means that the environment is read again."""
        ...


@final
class StaticKey:
    """A constant API key. An empty key sends no header."""

    refreshed: ClassVar[bool] = False

    def __init__(self, key: str) -> None:
        """Store the key without surrounding whitespace, quotes and `Bearer`."""
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
        """Return an empty key unchanged, and `None` for any other."""
        return None if self._key.reveal() else ""


@final
class RefreshedKey:
    """An API key from a function that is called before each attempt."""

    refreshed: ClassVar[bool] = True

    def __init__(self, function: KeyFunction, *, from_environment: bool = False) -> None:
        """Store the function or coroutine function, and whether it comes from the environment."""
        self._function = function
        self._from_environment = from_environment

    def header(self) -> Secret | None:
        """Return `None`: the function is called for each attempt."""

    async def refresh(self) -> Secret | None:
        """Call the function, and return the header for its key."""
        return bearer(await _call(self._function))

    def reject(self, header: Secret | None) -> bool:
        """Pass a key that the server rejected to the function's method `reject`, if it has one.

        Returns:
            Whether the next attempt may use a different key.
        """
        reject: Any = getattr(self._function, "reject", None)
        if reject is None or header is None:
            return False
        try:
            return bool(reject(header.reveal().removeprefix("Bearer ")))
        except Exception as error:  # noqa: BLE001
            kind = type(error).__name__  # Its message may contain the key.
            logger.warning("`reject` of the API key function raised %s", kind)
            return False

    def without_secret(self) -> ApiKey | None:
        """Return the function, which is pickled by reference."""
        return None if self._from_environment else self._function


@final
class NoKey:
    """A missing API key. The error is raised when a call is made."""

    refreshed: ClassVar[bool] = False

    def header(self) -> Secret | None:
        """Raise the error."""
        raise InvalidRequestError(NO_API_KEY, "api_key")

    async def refresh(self) -> Secret | None:
        """Raise the error."""
        return self.header()

    def without_secret(self) -> ApiKey | None:
        """Return `None`."""


def choose_credentials(api_key: ApiKey | None, transport: Transport) -> Credentials:
    """Return the credentials for a key, or else those of the transport or the environment."""
    if api_key is None:
        default = getattr(transport, "api_key", None)
        if not default and (file := token_file()) is not None:
            return RefreshedKey(file, from_environment=True)
        default = default or os.environ.get("MISTRAL_API_KEY", "")
        api_key = _trimmed(default).strip() or None
    if api_key is None:
        return NoKey()
    return StaticKey(api_key) if isinstance(api_key, str) else RefreshedKey(api_key)


def _trimmed(key: str) -> str:
    """Return a key without surrounding whitespace, quotes and `Bearer`."""
    text, previous = key, None
    while text != previous:
        previous, text = text, BEARER.sub("", text.strip(), count=1)
        if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
            text = text[1:-1]
    return text if text or not key else BLANK


def bearer(key: Secret) -> Secret | None:
    """Return the `Authorization` header for a trimmed key, or `None` if the key is empty.

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
        return "is blank; pass an empty string to send no key"
    if not key.isascii():
        return "contains a character that is not ASCII"
    if any(char.isspace() for char in key):
        return "contains whitespace; pass other schemes as `headers={'Authorization': ...}`"
    if not key.isprintable():
        return "contains a control character"
    return "begins or ends with an unmatched quote"


async def _call(function: KeyFunction) -> Secret:
    """Call a key function, and return the trimmed key.

    Raises:
        InvalidRequestError: The function raised an error or did not return a string.
        MistralError: The function raised it.
    """
    try:
        key: Any = function()
        if isawaitable(key):
            key = await key
    except MistralError:
        raise
    except Exception as error:
        kind = type(error).__name__
        raise InvalidRequestError(f"The API key function raised {kind}", "api_key") from error
    if not isinstance(key, str):
        kind = type(key).__name__
        raise InvalidRequestError(f"The API key function returned {kind}, not str", "api_key")
    return Secret(_trimmed(key))
