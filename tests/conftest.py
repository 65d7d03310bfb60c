"""Fixtures for all tests: an environment without the user's own settings."""

import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")  # Examples may be slow on a busy machine.


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unset the key, the server and the proxies of the user's environment."""
    proxies = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
    own = ("MISTRAL_API_KEY", "MISTRAL_SERVER_URL", "MISTRAL_SA_TOKEN_PATH")
    for name in (*own, *proxies):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def default_sigint() -> Iterator[None]:
    """Restore the default handler of SIGINT, here and in child processes.

    A background job of a script inherits an ignored SIGINT, which Python leaves ignored.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
