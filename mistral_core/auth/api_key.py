"""Where the API key comes from, and the header that it makes."""

import os
import re
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any, TypeAlias

from mistral_core.errors import InvalidRequestError
from mistral_core.http.messages import Transport
from mistral_core.http.secret import Secret

KeyFunction: TypeAlias = Callable[[], str | Awaitable[str]]
ApiKey: TypeAlias = str | KeyFunction
"""An API key, or a function or coroutine function that yields it, asked anew for each attempt."""


NO_API_KEY = "No API key. Pass `api_key=` or set MISTRAL_API_KEY."

BEARER = re.compile(r"^bearer(\s+|$)", re.IGNORECASE)
SENDABLE = re.compile(r"(?![\"'])[!-~]*(?<![\"'])")
BLANK = " "
"""What a key becomes of which trimming leaves nothing: unlike an empty one it is refused."""


def choose_api_key(api_key: ApiKey | None, transport: Transport) -> Secret | KeyFunction | None:
    """Return the key of a client: its own, or else its transport's, or else the environment's."""
    if api_key is None:
        found = getattr(transport, "api_key", None) or os.environ.get("MISTRAL_API_KEY", "")
        api_key = _trimmed(found).strip() or None
    return Secret(_trimmed(api_key)) if isinstance(api_key, str) else api_key


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


async def ask_for_key(function: KeyFunction) -> Secret:
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
