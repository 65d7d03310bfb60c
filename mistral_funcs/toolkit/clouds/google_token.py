"""Tokens of Google credentials, fetched in a thread."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from importlib import import_module
from threading import Lock, Thread
from typing import Any, final

from mistral_core import APIConnectionError, InvalidRequestError
from mistral_core.http.text import in_one_line

SCOPES = ("https://www.googleapis.com/auth/cloud-platform",)


@final
class GoogleToken:
    """A key function that returns the current token of Google credentials.

    The token is fetched once for all calls that wait for it, in any event loop: when there is none,
    some minutes before it expires, and after a server has rejected it.
    """

    def __init__(self, credentials: Any = None) -> None:
        """Store the credentials. `None` is for Google's default credentials."""
        self._given = credentials
        self._credentials: Any = None
        self._project: str | None = None
        self._rejected: str | None = None
        self._running: dict[Callable[[], None], tuple[int, Future[None]]] = {}
        self._lock = Lock()

    def __reduce__(self) -> tuple[type["GoogleToken"], tuple[()]]:
        """Pickle as the default credentials: credentials are secret."""
        return GoogleToken, ()

    async def __call__(self) -> str:
        """Return the token.

        Raises:
            InvalidRequestError: No credentials were found, or Google rejects them.
            APIConnectionError: Google cannot be reached.
        """
        credentials = await self._search()
        if not self._is_fresh():
            await self._once(self._fetch)
        token: str = credentials.token
        return token

    async def project(self) -> str:
        """Return the project of the credentials.

        Raises:
            InvalidRequestError: No credentials were found, or they name no project.
        """
        credentials = await self._search()
        project = self._project or getattr(credentials, "project_id", None)
        if not project:
            message = "The Google credentials name no project. Pass `VertexAI(project)`."
            raise InvalidRequestError(message, "project")
        return str(project)

    def reject(self, token: str) -> bool:
        """Have another token fetched before the next attempt. Return `True`."""
        self._rejected = token
        return True

    async def _search(self) -> Any:
        """Return the credentials, which are searched on first use."""
        if self._credentials is None:
            await self._once(self._find)
        return self._credentials

    def _is_fresh(self) -> bool:
        credentials = self._credentials
        return credentials is not None and credentials.valid and credentials.token != self._rejected

    async def _once(self, function: Callable[[], None]) -> None:
        """Call a function in a thread, or wait for a call that is already running."""
        with self._lock:
            process, future = self._running.get(function, (0, Future[None]()))
            if process != os.getpid():  # Threads do not survive a fork.
                future = Future[None]()
                future.set_running_or_notify_cancel()  # So that no caller can cancel it.
                self._running[function] = os.getpid(), future
                Thread(target=self._run, args=(function, future), daemon=True).start()
        await asyncio.wrap_future(future)

    def _run(self, function: Callable[[], None], future: "Future[None]") -> None:
        failure: Exception | None = None
        try:
            function()
        except Exception as error:  # noqa: BLE001
            failure = _failure(error)
        with self._lock:
            del self._running[function]
        if failure is None:
            future.set_result(None)
        else:
            future.set_exception(failure)

    def _find(self) -> None:
        """Find the credentials, unless another call just did."""
        if self._credentials is not None:
            return
        if self._given is None:
            credentials, self._project = import_module("google.auth").default(scopes=SCOPES)
        else:
            scoped: Any = import_module("google.auth.credentials")
            credentials = scoped.with_scopes_if_required(self._given, SCOPES)
        self._credentials = credentials

    def _fetch(self) -> None:
        """Fetch a token, unless another call just did. Ignore a failure while the old one is valid.

        Raises:
            Exception: Google's own error.
        """
        if self._is_fresh():
            return
        transport: Any = import_module("google.auth.transport.requests")
        credentials: Any = self._credentials
        with import_module("requests").Session() as session:
            try:
                credentials.refresh(transport.Request(session=session))
            except Exception:
                if not self._is_usable():
                    raise

    def _is_usable(self) -> bool:
        """Return whether the token has not expired, and the server has not rejected it."""
        credentials = self._credentials
        now = datetime.now(UTC).replace(tzinfo=None)  # As in `google-auth`.
        return (
            credentials.token not in {None, self._rejected}
            and credentials.expiry is not None
            and now < credentials.expiry
        )


def _failure(error: Exception) -> APIConnectionError | InvalidRequestError:
    """Return the failure for an error of `google-auth`, without its frames, which hold secrets."""
    if isinstance(error, ImportError):
        message = (
            "Google's credentials require the package `google-auth`, which the extra `vertex` "
            "installs"
        )
        return InvalidRequestError(message, "api_key")
    reason = in_one_line(str(error.args[0] if error.args else error))
    if type(error).__name__ == "TransportError" or getattr(error, "retryable", False):
        return APIConnectionError(f"Google issued no token: {reason}", sent=False)
    return InvalidRequestError(f"Google issued no token: {reason}", "api_key")
