"""Streams of the sandbox: uploads, downloads, event streams and planned failures."""

import asyncio
import random
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    File,
    HTTPValidationError,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestTimeoutError,
    Response,
    ResponseValidationError,
    Result,
    RetryConfig,
    SDKError,
    operation_of,
)
from mistral_funcs import (
    chat_complete,
    chat_stream,
    files_download,
    files_retrieve,
    files_upload,
    models_list,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors.files import store_file
from tests.client.inside import settings_of, transport_of

CONTENT = random.Random(1).randbytes(300_000)  # noqa: S311
MESSAGES = [{"role": "user", "content": "one two three four"}]


@pytest.fixture(params=["in process", "over HTTP"])
async def world(
    request: pytest.FixtureRequest,
) -> AsyncGenerator[tuple[MistralCore, Sandbox], None]:
    """Yield a client and its sandbox, in process and over HTTP."""
    sandbox = Sandbox()
    retries = RetryConfig(initial_interval=0.001)
    if request.param == "in process":
        yield MistralCore(transport=sandbox, retry_config=retries, timeout=5), sandbox
        return
    async with (
        sandbox.serve() as url,
        MistralCore(sandbox.api_key, server_url=url, retry_config=retries, timeout=5) as client,
    ):
        yield client, sandbox


World = tuple[MistralCore, Sandbox]


async def test_a_file_is_downloaded_as_it_was_uploaded(world: World, tmp_path: Path) -> None:
    """Any bytes, including the form's own boundaries."""
    client, _ = world
    content = CONTENT + b"\r\n--boundary\r\n\r\n--\r\n" + CONTENT
    file = File(content, file_name='naïve "file".bin')
    uploaded = await files_upload(client, file=file, purpose="batch", visibility="user", expiry=2)
    about = uploaded.unwrap()
    assert (about.filename, about.bytes) == ("naïve %22file%22.bin", len(content))
    assert (about.purpose, about.visibility) == ("batch", "user")
    assert about.expires_at == (about.created_at or 0) + 7200
    stream = (await files_download(client, about.id)).unwrap()
    assert stream.size == len(content)
    assert (await stream.save(tmp_path / "file")).unwrap().read_bytes() == content
    assert (await files_retrieve(client, about.id)).unwrap().bytes == len(content)


async def test_an_upload_is_retried(world: World) -> None:
    """After two 503s and a broken connection. It arrives once."""
    client, sandbox = world
    sandbox.fail(503, times=2)
    sandbox.fail(APIConnectionError("reset"))
    assert isinstance(await files_upload(client, file=CONTENT), Ok)
    assert [stored.content for stored in sandbox.state.files.values()] == [CONTENT]


async def test_a_failing_source_is_an_error(world: World) -> None:
    """As with a real server."""

    async def failing() -> AsyncIterator[bytes]:
        yield b"x"
        raise RuntimeError("the disk is gone")

    client, sandbox = world
    result = await files_upload(client, file=failing())
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert "the disk is gone" in result.error.message
    assert sandbox.state.files == {}


async def test_a_missing_file_cannot_be_downloaded(world: World) -> None:
    """The error is the result of opening."""
    result = await files_download(world[0], "nothing")
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    assert result.error.status == 404


@pytest.mark.parametrize(
    ("form", "loc"),
    [
        ({"purpose": "batch"}, ["body", "file"]),
        ({"file": File(b"x"), "expiry": "soon"}, ["body", "expiry"]),
        (None, ["body", "file"]),
    ],
)
async def test_an_incomplete_form_is_refused(
    form: dict[str, Any] | None, loc: list[str], world: World
) -> None:
    """With 422 and the path."""
    operation: Any = operation_of(files_upload)
    result: Result[Any, Failure] = await world[0].execute(
        operation, form=form, json=None if form else {}
    )
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert [*result.error.detail[0].loc] == loc


async def words(client: MistralCore) -> tuple[list[str], Any]:
    """Return the words of a streamed response, and its final error."""
    said: list[str] = []
    asked = await chat_stream(client, model="open-mistral-7b", messages=MESSAGES)
    async with asked.unwrap() as events:
        async for event in events:
            match event:
                case Ok(chunk):
                    said.append(str(chunk.choices[0].delta.content))
                case Err() as broken:
                    return said, broken.error
    return said, None


async def test_a_response_is_streamed_by_token(world: World) -> None:
    """First the role, then the text, then the finish reason and the usage."""
    client, _ = world
    asked = await chat_stream(client, model="open-mistral-7b", messages=MESSAGES)
    async with asked.unwrap() as events:
        chunks = [event.unwrap() async for event in events]
    first, *middle, last = chunks
    assert first.choices[0].delta.role == "assistant"
    assert [chunk.choices[0].delta.content for chunk in middle] == [
        *("You", " said:", " one", " two", " three", " four")
    ]
    assert last.choices[0].finish_reason == "stop"
    assert last.usage is not None
    assert last.usage.completion_tokens == len(middle)
    assert len({chunk.id for chunk in chunks}) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (503, SDKError),
        (422, HTTPValidationError),
        (APIConnectionError("cut"), APIConnectionError),
        (RequestTimeoutError("silence", "read"), RequestTimeoutError),
        (Response(200), APIConnectionError),
        (Response(200, body=b"data: {oops\n\n"), ResponseValidationError),
    ],
)
async def test_a_stream_fails_on_demand(fault: Any, kind: type, world: World) -> None:
    """After a number of events. The next stream is complete."""
    client, sandbox = world
    if isinstance(fault, RequestTimeoutError):
        client = MistralCore(
            sandbox.api_key,
            server_url=settings_of(client).server_url,
            transport=transport_of(client),
            timeout=0.3,
        )
    sandbox.fail(fault, after=3, on=chat_stream)
    assert (await words(client))[0] == ["", "You", " said:"]
    sandbox.fail(fault, after=3, on=chat_complete)
    said, error = await words(client)
    assert said == ["", "You", " said:"]
    assert isinstance(error, kind)
    assert (await words(client))[1] is None


async def test_a_download_fails_on_demand(world: World) -> None:
    """After a number of chunks."""
    client, sandbox = world
    file = store_file(sandbox.state, content=CONTENT, filename="f")
    sandbox.fail(APIConnectionError("cut"), after=2)
    result = await (await files_download(client, file.id)).unwrap().read()
    assert isinstance(result, Err)
    assert isinstance(result.error, APIConnectionError)


async def test_a_shorter_stream_fails_after_its_end(world: World) -> None:
    """After `[DONE]`, so that the reader is not affected."""
    client, sandbox = world
    sandbox.fail(APIConnectionError("cut"), after=1000, on=chat_stream)
    said, error = await words(client)
    assert (said[-2:], error) == ([" four", ""], None)


async def test_a_plain_response_cannot_fail_in_the_middle(world: World) -> None:
    """It fails at once, as without `after`."""
    client, sandbox = world
    sandbox.fail(404, after=3)
    assert isinstance(await models_list(client), Err)
    assert isinstance(await models_list(client), Ok)


async def test_a_stream_ends_when_its_reader_disconnects() -> None:
    """The server handles other calls, and stops in time."""
    sandbox = Sandbox()
    async with sandbox.serve() as url, MistralCore(sandbox.api_key, server_url=url) as client:
        text = "word " * 20_000
        asked = await chat_stream(
            client, model="open-mistral-7b", messages=[{"role": "user", "content": text}]
        )
        async with asked.unwrap() as events:
            async for _ in events:
                break
        assert isinstance(await models_list(client), Ok)
        await asyncio.sleep(0.05)


async def test_a_stream_is_closed_when_its_reader_leaves() -> None:
    """Whatever its length."""
    closed = asyncio.Event()

    async def endless() -> AsyncGenerator[bytes, None]:
        try:
            while True:
                yield bytes(1000)
        finally:
            closed.set()

    sandbox = Sandbox()
    sandbox.fail(Response(200, stream=endless()))
    async with sandbox.serve() as url, MistralCore(sandbox.api_key, server_url=url) as client:
        asked = await chat_stream(client, model="open-mistral-7b", messages=[])
        async with asked.unwrap():
            pass
        await asyncio.wait_for(closed.wait(), 10)
