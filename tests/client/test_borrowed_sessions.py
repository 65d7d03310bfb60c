"""Sessions passed by the user: their credentials do not replace the API key."""

import base64
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from mistral_core import MistralCore, Ok
from mistral_funcs import chat_stream, models_list
from tests.client.raw_server import http, serving

EMPTY_LIST = http(b'{"data":[]}')
BASIC = f"Basic {base64.b64encode(b'me:pa55w0rd').decode()}"
EVENTS = http(b"data: [DONE]\n\n", "Content-Type: text/event-stream")


@pytest.fixture
def netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write a .netrc with a password for the server."""
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login me password pa55w0rd\n")
    monkeypatch.setenv("NETRC", str(file))


@asynccontextmanager
async def sent_with(
    session: aiohttp.ClientSession, key: str, response: bytes = EMPTY_LIST
) -> AsyncGenerator[tuple[MistralCore, list[bytes]], None]:
    """Yield a client of a server, and what the server receives."""
    async with (
        serving(response) as (url, received),
        session,
        MistralCore(key, server_url=url, session=session) as client,
    ):
        yield client, received


def authorizations(request: bytes) -> list[bytes]:
    """Return the `Authorization` headers of a request."""
    lines = request.partition(b"\r\n\r\n")[0].split(b"\r\n")
    return [
        line.partition(b":")[2].strip() for line in lines if line.lower()[:14] == b"authorization:"
    ]


@pytest.mark.usefixtures("netrc")
@pytest.mark.parametrize(
    ("key", "sent"), [("sk-12345", [b"Bearer sk-12345"]), ("", [])], ids=["a key", "no key"]
)
async def test_netrc_is_ignored(key: str, sent: list[bytes]) -> None:
    """Even if the session has `trust_env`."""
    async with sent_with(aiohttp.ClientSession(trust_env=True), key) as (client, received):
        assert isinstance(await models_list(client), Ok)
    assert authorizations(received[0]) == sent


@pytest.mark.usefixtures("netrc")
@pytest.mark.parametrize("key", ["sk-12345", ""])
async def test_a_stream_outlives_the_copy_of_the_session(key: str) -> None:
    """Requests are sent with a copy that ignores netrc. The stream does not depend on it."""
    session = aiohttp.ClientSession(trust_env=True)
    async with sent_with(session, key, EVENTS) as (client, _):
        opened = await chat_stream(client, model="m", messages=[])
        assert isinstance(opened, Ok)
        async with opened.value as events:
            assert [event async for event in events] == []
        assert not session.closed


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("sk-12345", [b"Bearer sk-12345"]),
        ("", [BASIC.encode()]),
    ],
    ids=["a key", "no key"],
)
async def test_the_sessions_authorization_header_is_sent_without_a_key(
    key: str, sent: list[bytes]
) -> None:
    """The API key takes precedence."""
    headers = {"Authorization": BASIC}
    async with sent_with(aiohttp.ClientSession(headers=headers), key) as (client, received):
        assert isinstance(await models_list(client), Ok)
    assert authorizations(received[0]) == sent


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("key", "sent"),
    [("sk-12345", b"Bearer sk-12345"), ("", BASIC.encode())],
)
async def test_the_sessions_auth_is_sent_without_a_key(key: str, sent: bytes) -> None:
    """Newer versions of aiohttp deprecate `auth`."""
    session = aiohttp.ClientSession(auth=aiohttp.BasicAuth("me", "pa55w0rd"))
    async with sent_with(session, key) as (client, received):
        assert isinstance(await models_list(client), Ok)
    assert authorizations(received[0]) == [sent]


async def test_a_session_is_not_changed() -> None:
    """The user may use it for other requests."""
    session = aiohttp.ClientSession(trust_env=True)
    async with sent_with(session, "sk-12345") as (client, _):
        assert isinstance(await models_list(client), Ok)
        assert session.trust_env
        assert not session.closed
