"""Google Vertex AI: paths with project, region and model, and tokens that are refreshed in time."""

import asyncio
import os
import pickle
import sys
import threading
import time
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from google.auth import exceptions

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    Result,
    RetryConfig,
    SDKError,
)
from mistral_core.testing import ScriptedTransport
from mistral_funcs import (
    VertexAI,
    chat_complete,
    chat_stream,
    collect_completion,
    fim_complete,
    fim_stream,
    ocr_process,
)
from tests.toolkit.clouds.cloud_server import CloudServer, serving_a_cloud

TransportError: Any = exceptions.TransportError
RefreshError: Any = exceptions.RefreshError

MESSAGES = [{"role": "user", "content": "Hello"}]
MODEL = "mistral-large-latest@001"
PREFIX = "/v1/projects/my-project/locations/europe-west4/publishers/mistralai/models"


@pytest.fixture(autouse=True)
def no_google(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Remove Google credentials and projects of the user's environment."""
    for name in ("GOOGLE_CLOUD_PROJECT", "GOOGLE_APPLICATION_CREDENTIALS", "GCLOUD_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.setenv("NO_GCE_CHECK", "true")


@pytest.fixture
async def server() -> AsyncGenerator[CloudServer, None]:
    """Serve Vertex AI and Google's tokens."""
    async with serving_a_cloud() as server:
        yield server


@pytest.fixture
def account(server: CloudServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Set the default credentials to those of a service account."""
    path = server.key_file(tmp_path)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    return path


def vertex(server: CloudServer, cloud: VertexAI | None = None, **options: Any) -> MistralCore:
    """Return a Vertex AI client for the loopback server."""
    return MistralCore(cloud=cloud or VertexAI(), server_url=server.url, **options)


async def ask(client: MistralCore) -> Result[Any, Failure]:
    """Complete a chat."""
    return await chat_complete(client, model=MODEL, messages=MESSAGES)


def failure(result: Result[Any, Failure]) -> Failure:
    """Return the error of a call."""
    assert isinstance(result, Err)
    return result.error


@pytest.mark.usefixtures("account")
async def test_calls_have_the_paths_of_vertex_ai(server: CloudServer) -> None:
    """The model is in the path and in the body. The project is that of the credentials."""
    async with vertex(server) as client:
        assert (await ask(client)).unwrap().text == "You said: Hello"
        stream = await chat_stream(client, model=MODEL, messages=MESSAGES)
        assert (await collect_completion(stream.unwrap())).unwrap().text == "You said: Hello"
        (await fim_complete(client, model="codestral-latest", prompt="def")).unwrap()
        stream = await fim_stream(client, model="codestral-latest", prompt="def")
        (await collect_completion(stream.unwrap())).unwrap()
    assert server.targets == [
        f"{PREFIX}/{MODEL}:rawPredict",
        f"{PREFIX}/{MODEL}:streamRawPredict",
        f"{PREFIX}/codestral-latest:rawPredict",
        f"{PREFIX}/codestral-latest:streamRawPredict",
    ]
    assert server.authorizations == ["Bearer token-1"] * 4
    assert [body["model"] for body in server.bodies] == [*[MODEL] * 2, *["codestral-latest"] * 2]
    assert server.tokens == 1


@pytest.mark.parametrize(
    ("region", "url"),
    [
        ("europe-west4", "https://europe-west4-aiplatform.googleapis.com"),
        ("us-central1", "https://us-central1-aiplatform.googleapis.com"),
        ("global", "https://aiplatform.googleapis.com"),
    ],
)
def test_the_region_is_in_the_server_name(region: str, url: str) -> None:
    """The default region is in Europe."""
    assert repr(MistralCore(cloud=VertexAI(region=region))) == f"<MistralCore {url}>"
    assert VertexAI().region == "europe-west4"


@pytest.mark.parametrize("region", ["", "a.example.com/", "EU", "x\n"])
def test_an_invalid_region_is_refused(region: str) -> None:
    """A token must not be sent to another host."""
    with pytest.raises(ValueError, match="`region` must be the name of a region"):
        VertexAI(region=region)


async def test_the_project_is_an_argument_or_in_the_environment(
    server: CloudServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A custom token function needs no package of Google."""
    monkeypatch.setitem(sys.modules, "google.auth", None)
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "from-environment")
    for cloud in (VertexAI(), VertexAI("given", region="us-central1")):
        async with vertex(server, cloud, api_key="own-token") as client:
            (await ask(client)).unwrap()
    assert [target.partition("/publishers")[0] for target in server.targets] == [
        "/v1/projects/from-environment/locations/europe-west4",
        "/v1/projects/given/locations/us-central1",
    ]
    assert server.authorizations == ["Bearer own-token"] * 2


async def test_an_unsupported_operation_is_an_error_before_any_work() -> None:
    """Credentials are not loaded."""
    transport = ScriptedTransport()
    client = MistralCore(cloud=VertexAI(), transport=transport)
    error = failure(await ocr_process(client, model="m", document={"type": "file"}))
    assert str(error) == "Vertex AI does not offer `ocr_process`: it offers only chat and FIM"
    error = failure(await chat_complete(client, model=None, messages=MESSAGES))  # type: ignore[arg-type]
    assert str(error) == "Vertex AI needs a `model`"
    client = MistralCore("token", cloud=VertexAI("p"), transport=transport)
    error = failure(await chat_complete(client, model="a/../b", messages=MESSAGES))
    assert "must not contain path segments" in str(error)
    assert not transport.requests


async def test_missing_credentials_are_an_error(server: CloudServer) -> None:
    """With Google's message, and without a traceback that may contain a secret."""
    async with vertex(server) as client:
        error = failure(await ask(client))
    assert isinstance(error, InvalidRequestError)
    assert "default credentials were not found" in error.message
    assert error.__traceback__ is None
    assert error.__context__ is None


async def test_the_missing_extra_is_named(
    server: CloudServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is reported when a token is needed."""
    monkeypatch.setitem(sys.modules, "google.auth", None)
    async with vertex(server, VertexAI("p")) as client:
        error = failure(await ask(client))
    assert "require the package `google-auth`, which the extra `vertex` installs" in str(error)


@pytest.mark.usefixtures("account")
async def test_a_token_is_fetched_once_for_many_calls(server: CloudServer) -> None:
    """The event loop is free meanwhile. Cancelled calls do not affect others."""
    async with vertex(server) as client:
        calls = [asyncio.create_task(ask(client)) for _ in range(50)]
        await asyncio.sleep(0)
        for call in calls[::2]:
            call.cancel()
        results = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(result).__name__ for result in results] == ["CancelledError", "Ok"] * 25
    assert server.tokens == 1


@pytest.mark.usefixtures("account")
async def test_event_loops_in_threads_share_a_token(server: CloudServer) -> None:
    """A client may be used in any number of them."""
    client = vertex(server)

    async def in_a_loop() -> bool:
        return bool((await ask(client)).unwrap().text == "You said: Hello")

    loops = (asyncio.to_thread(asyncio.run, in_a_loop()) for _ in range(4))
    assert await asyncio.gather(*loops) == [True] * 4
    assert server.tokens == 1
    await client.aclose()


def utc_now() -> datetime:
    """Return the naive UTC time, as Google's package does."""
    return datetime.now(UTC).replace(tzinfo=None)


class Credentials:
    """Credentials with scripted tokens. Like Google's, they expire some minutes early."""

    def __init__(self, *steps: str | Exception) -> None:
        """Take the tokens or errors of the refreshes."""
        self.token: str | None = None
        self.expiry: datetime | None = None
        self.threads: list[threading.Thread] = []
        self._steps = list(steps)

    @property
    def valid(self) -> bool:
        """Whether the token is valid for some more minutes."""
        return self.seconds_left > 240

    @property
    def seconds_left(self) -> float:
        """Seconds until the token expires."""
        return (self.expiry - utc_now()).total_seconds() if self.expiry else 0

    def expire_in(self, **time: float) -> None:
        """Make the token expire after some time."""
        self.expiry = utc_now() + timedelta(**time)

    def refresh(self, _: object) -> None:
        """Take the next token, or raise the next error."""
        self.threads.append(threading.current_thread())
        step = self._steps.pop(0)
        if isinstance(step, Exception):
            raise step
        self.token = step
        self.expire_in(hours=1)


async def test_a_token_is_refreshed_before_it_expires(server: CloudServer) -> None:
    """In another thread. If that fails, the old one is used as long as it is valid."""
    credentials = Credentials("first", TransportError("busy"), "second", TransportError("busy"))
    cloud = VertexAI("my-project", credentials=credentials)
    retries = RetryConfig(strategy="none")
    async with vertex(server, cloud, retry_config=retries) as client:
        (await ask(client)).unwrap()
        for minutes in (3, 3):
            credentials.expire_in(minutes=minutes)
            (await ask(client)).unwrap()
        credentials.expire_in(minutes=-1)
        error = failure(await ask(client))
    assert server.authorizations == ["Bearer first", "Bearer first", "Bearer second"]
    assert threading.main_thread() not in credentials.threads
    assert isinstance(error, APIConnectionError)
    assert (error.message, error.sent) == ("Google issued no token: busy", False)


async def test_a_busy_token_service_is_retried(server: CloudServer) -> None:
    """Under the client's retry policy, because nothing was sent."""
    busy = RefreshError("busy", retryable=True)
    cloud = VertexAI("p", credentials=Credentials(TransportError("down"), busy, "good"))
    retries = RetryConfig(initial_interval=0)
    async with vertex(server, cloud, retry_config=retries) as client:
        result = await ask(client)
    assert (result.unwrap().text, result.call.attempts) == ("You said: Hello", 3)


@pytest.mark.usefixtures("account")
async def test_rejected_credentials_are_an_error(server: CloudServer) -> None:
    """It is not retried, and shows no key."""
    server.token_status = 400
    async with vertex(server) as client:
        error = failure(await ask(client))
    assert isinstance(error, InvalidRequestError)
    assert error.message.startswith("Google issued no token: ")
    assert "PRIVATE KEY" not in repr(error)
    assert server.targets == []


async def test_a_rejected_token_is_replaced_once(server: CloudServer) -> None:
    """In calls and streams. A second 401 is the result."""
    server.rejected = {"first"}
    cloud = VertexAI("p", credentials=Credentials("first", "second", "third", "fourth"))
    retries = RetryConfig(strategy="none")
    async with vertex(server, cloud, retry_config=retries) as client:
        result = await ask(client)
        assert (result.unwrap().text, result.call.attempts) == ("You said: Hello", 2)
        server.rejected |= {"second"}
        stream = await chat_stream(client, model=MODEL, messages=MESSAGES)
        (await collect_completion(stream.unwrap())).unwrap()
        server.rejected |= {"third", "fourth"}
        result = await ask(client)
    error = failure(result)
    assert isinstance(error, SDKError)
    assert (error.status, result.call.attempts) == (401, 2)
    sent = [each.removeprefix("Bearer ") for each in server.authorizations]
    assert sent == ["first", "second", "second", "third", "third", "fourth"]


async def test_many_calls_with_a_rejected_token_refresh_it_once(server: CloudServer) -> None:
    """The call that is first refreshes it for all."""
    server.rejected = {"first"}
    credentials = Credentials("first", "second")
    async with vertex(server, VertexAI("p", credentials=credentials)) as client:
        results = await asyncio.gather(*(ask(client) for _ in range(20)))
    assert {result.unwrap().text for result in results} == {"You said: Hello"}
    assert len(credentials.threads) == 2


async def test_a_deadline_includes_loading_credentials(
    server: CloudServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Google may take long to find them."""
    released = threading.Event()

    def default(scopes: object) -> tuple[Any, str | None]:  # noqa: ARG001
        released.wait(5)
        return Credentials("token"), None

    monkeypatch.setattr("google.auth.default", default)
    async with vertex(server) as client:
        slow = MistralCore(cloud=VertexAI(), server_url=server.url, timeout=0.05)
        assert "before the deadline" in str(failure(await ask(slow)))
        released.set()
        message = "The Google credentials name no project. Pass `VertexAI(project)`."
        assert str(failure(await ask(client))) == message
        await slow.aclose()


async def test_credentials_of_a_service_account_get_the_scope_they_need(
    server: CloudServer, tmp_path: Path
) -> None:
    """They have the project as well."""
    service_account: Any = pytest.importorskip("google.oauth2.service_account")
    path = server.key_file(tmp_path)
    credentials = service_account.Credentials.from_service_account_file(str(path))
    async with vertex(server, VertexAI(credentials=credentials)) as client:
        (await ask(client)).unwrap()
    assert server.targets == [f"{PREFIX}/{MODEL}:rawPredict"]


@pytest.mark.usefixtures("account")
async def test_a_pickled_client_loads_credentials_again(server: CloudServer) -> None:
    """Explicit credentials are not pickled."""
    given = Credentials("secret-token")
    client = vertex(server, VertexAI("my-project", credentials=given))
    data = pickle.dumps(client)
    assert b"secret-token" not in data
    async with pickle.loads(data) as copied:  # noqa: S301
        (await ask(copied)).unwrap()
    assert server.authorizations == ["Bearer token-1"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that forks")
def test_a_refresh_interrupted_by_a_fork_is_repeated() -> None:
    """Its thread does not exist in the child, which would wait forever."""
    token: Any = VertexAI("p", credentials=Credentials("first")).api_key
    token._running[token._fetch] = (os.getpid() + 1, None)
    assert asyncio.run(token()) == "first"


def test_an_unnecessary_refresh_is_skipped() -> None:
    """Another call may have just refreshed the token."""
    token: Any = VertexAI("p", credentials=Credentials("first")).api_key
    for step in (token._find, token._find, token._fetch, token._fetch):
        step()


async def test_credentials_are_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the token and the project, in any event loop: another search would lose the token."""
    searches: list[threading.Thread] = []

    def default(scopes: object) -> tuple[Any, str]:  # noqa: ARG001
        searches.append(threading.current_thread())
        time.sleep(0.01)
        return Credentials("first"), "my-project"

    monkeypatch.setattr("google.auth.default", default)
    token: Any = VertexAI().api_key

    async def both() -> list[str]:
        return [*await asyncio.gather(token.project(), token())]

    loops = (asyncio.to_thread(asyncio.run, both()) for _ in range(4))
    assert await asyncio.gather(*loops) == [["my-project", "first"]] * 4
    assert len(searches) == 1


def test_a_cloud_shows_no_token() -> None:
    """Neither are its credentials shown."""
    cloud = VertexAI("p", credentials="secret")
    assert repr(cloud) == "VertexAI('p', region='europe-west4')"
    assert "secret" not in repr(vars(cloud))
