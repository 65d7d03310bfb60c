"""Azure AI: each form of an address is supported, and all other features work unchanged."""

import pickle
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import attrs
import pytest

from mistral_core import (
    UNSET,
    Attempt,
    Err,
    File,
    Hooks,
    InvalidRequestError,
    MistralCore,
    RequestOptions,
    RetryConfig,
    operation_of,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    AzureAI,
    Tools,
    beta_conversations_start,
    chat_complete,
    chat_stream,
    collect_completion,
    embeddings_create,
    files_upload,
    fim_complete,
    models_list,
    ocr_process,
    parse,
    run,
)
from tests.toolkit.clouds.cloud_server import CloudServer, serving_a_cloud

MESSAGES = [{"role": "user", "content": "Hello"}]
CHAT = "/models/chat/completions"
OCR = "/providers/mistral/azure/ocr"
DEFAULT = "api-version=2024-05-01-preview"


@pytest.fixture
async def server() -> AsyncGenerator[CloudServer, None]:
    """Serve a deployment."""
    async with serving_a_cloud() as server:
        yield server


@pytest.mark.parametrize("query", ["", "?", f"?{DEFAULT}", "?api-version=2025-01-01"])
@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("path", ["", "/models", CHAT, OCR, "/gateway", f"/gateway{CHAT}"])
async def test_each_form_of_an_address_has_the_same_requests(
    path: str, slash: str, query: str, server: CloudServer
) -> None:
    """The server alone, with `/models`, or the complete path, with a version or without."""
    cloud = AzureAI(f"{server.url}{path}{slash}{query}")
    async with MistralCore("azure-key", cloud=cloud) as client:
        (await chat_complete(client, model="mistral-large-latest", messages=MESSAGES)).unwrap()
        document = {"type": "document_url", "document_url": "https://example.com/a.pdf"}
        (await ocr_process(client, model="mistral-ocr-latest", document=document)).unwrap()
    before = "/gateway" if path.startswith("/gateway") else ""
    version = "api-version=2025-01-01" if "2025" in query else DEFAULT
    assert server.targets == [f"{before}{CHAT}?{version}", f"{before}{OCR}?{version}"]
    assert server.authorizations == ["Bearer azure-key"] * 2


async def test_the_version_of_the_api_can_be_given(server: CloudServer) -> None:
    """It overrides that of the address."""
    cloud = AzureAI(f"{server.url}?{DEFAULT}", api_version="2026-01-01")
    assert repr(cloud) == f"AzureAI({server.url!r}, api_version='2026-01-01')"
    async with MistralCore("key", cloud=cloud) as client:
        (await chat_complete(client, model="mistral-large-latest", messages=MESSAGES)).unwrap()
    assert server.targets == [f"{CHAT}?api-version=2026-01-01"]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("example.com", "must begin with http"),
        ("https://user:secret@example.com", "must not contain a user or password"),
        ("https://example.com?api-version=1&key=2", r"`api-version` alone, got \['key'\]"),
        ("https://example.com/models#top", "must not have a query or fragment"),
    ],
)
def test_an_invalid_address_is_refused(address: str, message: str) -> None:
    """When the cloud is created, without showing the password."""
    with pytest.raises(ValueError, match=message) as refused:
        AzureAI(address)
    assert "secret" not in str(refused.value)


async def test_one_call_can_go_to_another_deployment(server: CloudServer) -> None:
    """Its address has any of the forms, but no query."""
    async with MistralCore("key", cloud=AzureAI("https://example.invalid")) as client:
        for path in ("", "/models/", CHAT):
            options = RequestOptions(server_url=f"{server.url}{path}")
            call = chat_complete(
                client, model="mistral-large-latest", messages=MESSAGES, options=options
            )
            (await call).unwrap()
    assert server.targets == [f"{CHAT}?{DEFAULT}"] * 3


CALLS: dict[str, Callable[[MistralCore], Awaitable[Any]]] = {
    "models_list": models_list,
    "fim_complete": lambda client: fim_complete(client, model="codestral", prompt="def"),
    "embeddings_create": lambda client: embeddings_create(client, model="m", input=["a"]),
    "files_upload": lambda client: files_upload(client, file=File("missing"), purpose="batch"),
    "beta_conversations_start": lambda client: beta_conversations_start(client, inputs="Hi"),
}


@pytest.mark.parametrize("name", CALLS)
async def test_an_unsupported_operation_is_an_error_before_any_work(name: str) -> None:
    """The key is not read, no file is opened, and nothing is sent."""

    def key() -> str:
        raise AssertionError

    transport = ScriptedTransport()
    client = MistralCore(key, cloud=AzureAI("https://example.com"), transport=transport)
    result = await CALLS[name](client)
    message = f"Azure AI does not offer `{name}`: it offers only chat and OCR"
    assert repr(result) == repr(Err(InvalidRequestError(message)))
    assert not transport.requests


async def test_an_unsupported_endpoint_is_named_by_its_path() -> None:
    """`client.execute` accepts any operation."""
    transport = ScriptedTransport(json_response({"id": "c", "choices": []}))
    client = MistralCore("key", cloud=AzureAI("https://example.com"), transport=transport)
    chat = operation_of(chat_complete)
    (await client.execute(attrs.evolve(chat, function=None), json={"model": "m"})).unwrap()
    result = await client.execute(attrs.evolve(chat, function=None, path="/v1/x"), body=UNSET)
    assert isinstance(result, Err)
    assert result.error.message.startswith("Azure AI does not offer `POST /v1/x`")


async def test_keys_of_mistral_are_not_sent_to_azure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither is a call sent to the server in the environment."""
    monkeypatch.setenv("MISTRAL_API_KEY", "mistral-key")
    monkeypatch.setenv("MISTRAL_SA_TOKEN_PATH", "missing")
    monkeypatch.setenv("MISTRAL_SERVER_URL", "https://example.invalid")
    client = MistralCore(cloud=AzureAI("https://example.com"))
    assert repr(client) == "<MistralCore https://example.com>"
    result = await chat_complete(client, model="mistral-large-latest", messages=MESSAGES)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert str(result.error) == "No API key for Azure AI. Pass the deployment's key as `api_key=`."


async def test_an_entra_id_token_comes_from_a_function(server: CloudServer) -> None:
    """It is called for each attempt."""
    tokens = iter(["first", "second"])

    async def entra_token() -> str:
        return next(tokens)

    server.sandbox.fail(429)
    retries = RetryConfig(initial_interval=0)
    async with MistralCore(entra_token, cloud=AzureAI(server.url), retry_config=retries) as client:
        (await chat_complete(client, model="mistral-large-latest", messages=MESSAGES)).unwrap()
    assert server.authorizations == ["Bearer first", "Bearer second"]


@attrs.frozen
class Weather:
    """A report for structured output."""

    text: str


def get_weather(city: str) -> str:
    """Return the weather."""
    return f"Rain in {city}"


async def test_streams_runs_structured_output_and_hooks_work(server: CloudServer) -> None:
    """They use chat completions."""
    seen: list[str] = []

    def see(attempt: Attempt) -> None:
        seen.append(attempt.request.path_template)

    cloud = AzureAI(f"{server.url}{CHAT}")
    async with MistralCore("key", cloud=cloud, hooks=Hooks(after_response=see)) as client:
        stream = await chat_stream(client, model="mistral-large-latest", messages=MESSAGES)
        assert (await collect_completion(stream.unwrap())).unwrap().text == "You said: Hello"
        parsed = await parse(
            Weather, chat_complete, client, model="mistral-large-latest", messages=MESSAGES
        )
        assert isinstance(parsed.unwrap(), Weather)
        ask = [{"role": "user", "content": "Use get_weather: how is it in Paris?"}]
        ran = await run(
            Tools(get_weather), chat_complete, client, model="mistral-large-latest", messages=ask
        )
        assert [call.name for call in ran.unwrap().calls] == ["get_weather"]
    assert seen == [CHAT] * 4


async def test_a_pickled_client_still_uses_azure() -> None:
    """Its key is left out."""
    client = MistralCore("secret-key", cloud=AzureAI("https://example.com/models"))
    data = pickle.dumps(client)
    assert b"secret-key" not in data
    result = await chat_complete(pickle.loads(data), model="m", messages=MESSAGES)  # noqa: S301
    assert isinstance(result, Err)
    assert "No API key for Azure AI" in result.error.message


def test_a_cloud_does_not_accept_a_mistral_server() -> None:
    """Another URL is accepted."""
    cloud = AzureAI("https://example.com")
    with pytest.raises(ValueError, match="`server` cannot be combined with `cloud`"):
        MistralCore("key", cloud=cloud, server="eu")
    client = MistralCore("key", cloud=cloud, server_url="https://gateway.example.com")
    assert repr(client) == "<MistralCore https://gateway.example.com>"
