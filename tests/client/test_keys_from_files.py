"""Service account tokens: read from a file for each attempt, and never shown."""

import pickle
from pathlib import Path

import pytest

from mistral_core import Err, InvalidRequestError, MistralCore, RequestOptions
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import models_list


@pytest.fixture
def token_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file that the environment variable names."""
    path = tmp_path / "token"
    path.write_text("first-token\n")
    monkeypatch.setenv("MISTRAL_SA_TOKEN_PATH", str(path))
    return path


async def authorization(client: MistralCore, options: RequestOptions | None = None) -> str:
    """Return the `Authorization` header of a call."""
    (await models_list(client, options=options)).unwrap()
    transport = client._pipeline.settings.transport
    assert isinstance(transport, ScriptedTransport)
    header = transport.requests[-1].authorization
    return "" if header is None else header.reveal()


def rotate(path: Path, content: bytes | None) -> None:
    """Replace the file, or remove it."""
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)


def client(api_key: str | None = None) -> MistralCore:
    """Return a client whose transport has no key and responds to two calls."""
    transport = ScriptedTransport(json_response([]), json_response([]))
    transport.api_key = ""
    return MistralCore(api_key, transport=transport)


async def test_the_file_is_read_for_each_call(token_file: Path) -> None:
    """The file is replaced when the token is rotated. A `Bearer` prefix in it is accepted."""
    rotating = client()
    assert await authorization(rotating) == "Bearer first-token"
    rotate(token_file, b"Bearer second-token")
    assert await authorization(rotating) == "Bearer second-token"


@pytest.mark.usefixtures("token_file")
async def test_passed_headers_and_keys_take_precedence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """MISTRAL_API_KEY comes last."""
    monkeypatch.setenv("MISTRAL_API_KEY", "environment-key")
    options = RequestOptions(headers={"Authorization": "Basic own"})
    assert await authorization(client("given-key"), options) == "Basic own"
    assert await authorization(client("given-key")) == "Bearer given-key"
    assert await authorization(client()) == "Bearer first-token"
    monkeypatch.delenv("MISTRAL_SA_TOKEN_PATH")
    assert await authorization(client()) == "Bearer environment-key"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\xff", "is not text in UTF-8"),
        (None, "cannot be read: No such file or directory"),
    ],
)
async def test_a_file_without_a_token_is_an_error(
    content: bytes | None, fault: str, token_file: Path
) -> None:
    """The error names the file and the variable. No other key is used instead."""
    rotate(token_file, content)
    result = await models_list(client())
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert str(result.error) == (
        f"The token file {str(token_file)!r}, named by MISTRAL_SA_TOKEN_PATH, {fault}"
    )


async def test_an_invalid_path_is_an_error(
    token_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a folder."""
    monkeypatch.setenv("MISTRAL_SA_TOKEN_PATH", str(token_file.parent))
    result = await models_list(client())
    assert isinstance(result, Err)
    assert "cannot be read: Is a directory" in str(result.error)


async def test_the_token_is_not_shown(token_file: Path) -> None:
    """Not even an invalid one with a space."""
    rotate(token_file, b"secret-token with a space")
    result = await models_list(client())
    assert isinstance(result, Err)
    assert "The API key contains whitespace" in str(result.error)
    assert "secret-token" not in repr(result)


def test_a_pickled_client_reads_the_environment_again(token_file: Path) -> None:
    """The pickle does not contain the path."""
    data = pickle.dumps(MistralCore())
    assert str(token_file).encode() not in data
    pickle.loads(data)  # noqa: S301
