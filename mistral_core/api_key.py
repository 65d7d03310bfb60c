"""Where the API key comes from, and the header that it makes."""

import os
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any, TypeAlias

from mistral_core.errors import InvalidRequestError
from mistral_core.secret import Secret
from mistral_core.wire import Transport

KeyFunction: TypeAlias = Callable[[], str | Awaitable[str]]
ApiKey: TypeAlias = str | KeyFunction
"""An API key, or a function or coroutine function that yields it, asked anew for each attempt."""


def choose_api_key(api_key: ApiKey | None, transport: Transport) -> Secret | KeyFunction | None:
    """Return the key that a client was given, or else its transport, or else the environment."""
    if api_key is None:
        api_key = getattr(transport, "api_key", None) or os.environ.get("MISTRAL_API_KEY") or None
    return Secret(api_key) if isinstance(api_key, str) else api_key


def bearer(key: Secret) -> Secret | None:
    """Return the `Authorization` header of a key; an empty key makes none.

    Raises:
        InvalidRequestError: The key cannot stand in a header.
    """
    if not key.reveal():
        return None
    if not (key.reveal().isascii() and key.reveal().isprintable()):
        raise InvalidRequestError(
            "The API key has a character that no key has, such as a line break", "api_key"
        )
    return Secret(f"Bearer {key.reveal()}")


async def ask_for_key(function: KeyFunction) -> Secret:
    """Return the key that a function of the user's yields now.

    Raises:
        InvalidRequestError: The function raised an error, or yielded no text.
    """
    try:
        key: Any = function()
        secret = Secret(await key if isawaitable(key) else key)
    except Exception as error:
        kind = type(error).__name__
        raise InvalidRequestError(f"The API key's function raised {kind}", "api_key") from error
    if not secret.is_text:
        raise InvalidRequestError("The API key's function yielded no text", "api_key")
    return secret
