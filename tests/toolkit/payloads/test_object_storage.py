"""Stored objects: written once, in a folder, in memory, or in a bucket over HTTP."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import obstore
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from obstore.store import LocalStore, MemoryStore, S3Store

from mistral_core import Err, Ok, ResponseValidationError
from mistral_funcs import ObstoreStorage
from tests.toolkit.payloads.encoded_values import offloading_to


async def test_objects_are_stored_once(tmp_path: Path) -> None:
    """In a folder, below a prefix that is not part of the key."""
    storage = ObstoreStorage((tmp_path / "new").as_uri(), prefix="payloads")
    codec = offloading_to(storage)
    first = (await codec.encode(b'"x"', execution_id="a/b")).unwrap()
    key = json.loads(first.data)["key"]
    assert key.startswith("temporal-payload/team/a%2Fb/sha256:")
    file = tmp_path / "new/payloads" / key
    before = file.stat().st_mtime_ns
    second = (await codec.encode(b'"x"', execution_id="a/b")).unwrap()
    assert file.stat().st_mtime_ns == before
    assert first == second
    assert await codec.decode(first.data, first.options) == Ok(b'"x"')
    assert await storage.get(f"payloads/{key}") == b'"x"'


async def test_store_of_obstore_is_accepted() -> None:
    """A store with its own configuration, or its URL."""
    store = MemoryStore()
    await ObstoreStorage(store).put("k", b"1")
    assert bytes(obstore.get(store, "k").bytes()) == b"1"
    assert await ObstoreStorage(store).get("k") == b"1"
    with pytest.raises(FileNotFoundError):
        await ObstoreStorage("memory:///").get("k")


@pytest.mark.parametrize("key", ["../secret", "a/../../secret", "/etc/passwd", ""])
async def test_reference_cannot_leave_the_folder(key: str, tmp_path: Path) -> None:
    """The API sends the key of an object."""
    (tmp_path / "secret").write_text("1")
    folder = tmp_path / "folder"
    folder.mkdir()
    storage = ObstoreStorage(LocalStore(folder))
    reference = json.dumps({"key": key}).encode()
    assert isinstance(await offloading_to(storage).decode(reference, ["offloaded"]), Err)


@pytest.mark.parametrize(
    ("url", "kind"),
    [("s3://bucket", "S3Store"), ("gs://bucket", "GCSStore"), ("az://container", "AzureStore")],
)
def test_clouds_are_urls(url: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other settings come from the environment."""
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_NAME", "account")
    assert type(ObstoreStorage(url)._store).__name__ == kind


@pytest.mark.parametrize("url", ["bucket", "ftp://user:password@host/?sig=secret", "s3://"])
def test_url_is_checked(url: str) -> None:
    """The error shows no secrets."""
    message = "^`store` must be the URL of a bucket, a container or a folder: "
    with pytest.raises(ValueError, match=message) as caught:
        ObstoreStorage(url)
    assert "password" not in str(caught.value)
    assert "secret" not in str(caught.value)


@asynccontextmanager
async def bucket(missing: int) -> AsyncGenerator[tuple[ObstoreStorage, list[str]], None]:
    """Serve an S3 bucket. Yield it and the requests.

    Args:
        missing: Status of a request for an object that is not there.
    """
    objects: dict[str, bytes] = {}
    requests: list[str] = []

    async def handle(request: web.Request) -> web.Response:
        requests.append(request.method)
        if request.method == "PUT":
            objects[request.path] = await request.read()
        elif request.path not in objects:
            return web.Response(status=missing)
        headers = {"ETag": '"1"', "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"}
        return web.Response(body=objects[request.path], headers=headers)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", handle)
    async with TestServer(application) as server:
        store = S3Store(
            "bucket",
            endpoint=str(server.make_url("/")),
            access_key_id="id",
            secret_access_key="key",  # noqa: S106
            region="eu-west-3",
            client_options={"allow_http": True},
        )
        yield ObstoreStorage(store), requests


@pytest.mark.parametrize("missing", [404, 403])
async def test_s3_bucket_is_supported(missing: int) -> None:
    """S3 responds with 403 if the credentials do not allow listing."""
    async with bucket(missing) as (storage, requests):
        await storage.put("a%2Fb/sha256:1", b"content")
        await storage.put("a%2Fb/sha256:1", b"content")
        assert requests == ["HEAD", "PUT", "HEAD"]
        assert await storage.get("a%2Fb/sha256:1") == b"content"


async def test_missing_object_is_an_error() -> None:
    """It may have been deleted."""
    async with bucket(404) as (storage, _):
        outcome = await offloading_to(storage).decode(b'{"key":"k"}', ["offloaded"])
    assert isinstance(outcome, Err)
    assert isinstance(outcome.error, ResponseValidationError)
    assert outcome.error.message == "A payload cannot be decoded: its object is not in the storage"
