"""Recording over real HTTP does not change what the caller and the server observe."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from mistral_core import APIConnectionError, Cassette, Err, File, MistralCore, Ok
from mistral_core.cassettes.cassette import Record
from mistral_funcs import chat_complete, chat_stream, files_download, files_upload, models_list
from mistral_funcs.schemas import UserMessage
from tests.cassettes.loopback import KEY, lines_of, loopback, recording, replaying, responds
from tests.client.event_server import DONE, chunk, event

HI = [UserMessage(content="Hi")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of the recording."""
    return tmp_path / "cassettes" / "test.jsonl"


async def open_events(request: web.Request) -> web.StreamResponse:
    """Start an event stream as the response."""
    response = web.StreamResponse(headers={"content-type": "text/event-stream"})
    await response.prepare(request)
    return response


async def test_a_stream_is_not_buffered_while_it_is_recorded(path: Path) -> None:
    """The server sends the second event only after the client has read the first."""
    seen = asyncio.Event()

    async def stream(request: web.Request) -> web.StreamResponse:
        response = await open_events(request)
        await response.write(event(chunk("Hello ")))
        await seen.wait()
        await response.write(event(chunk("there")) + DONE)
        return response

    async def texts(client: MistralCore) -> list[str]:
        opened = await chat_stream(client, model="m", messages=HI)
        received: list[str] = []
        async with opened.unwrap() as chunks:
            async for each in chunks:
                received.append(each.unwrap().text)
                seen.set()
        return received

    async with asyncio.timeout(5), loopback(stream) as (url, _), recording(path, url) as client:
        assert await texts(client) == ["Hello ", "there"]
    with replaying(path) as client:
        assert await texts(client) == ["Hello ", "there"]
    chunks = [line["text"] for line in lines_of(path) if line["event"] == "chunk"]
    assert [each.count("data:") for each in chunks] == [1, 2]


async def slices() -> AsyncIterator[bytes]:
    """Yield a file in chunks, once."""
    for part in (b'{"a": 1}\n', b'{"b": 2}\n'):
        yield part


@pytest.mark.parametrize("record", ["all", "new"])
@pytest.mark.parametrize("size", ["known", "unknown"])
async def test_an_upload_is_read_once_and_sent_unchanged(
    record: Record, size: str, path: Path
) -> None:
    """A body of unknown size stays chunked, and a source that can be read only once is enough."""

    async def upload(client: MistralCore) -> str:
        content = slices() if size == "unknown" else b'{"a": 1}\n{"b": 2}\n'
        file = File(content, file_name="train.jsonl")
        return (await files_upload(client, file=file, purpose="batch")).unwrap().id

    uploaded = responds({"id": "f", "object": "file", "bytes": 18, "created_at": 1} | FILE)
    async with loopback(uploaded) as (url, arrived):
        async with MistralCore(KEY, server_url=url) as client:
            await upload(client)
        async with recording(path, url, record) as client:
            await upload(client)
    direct, recorded = arrived
    assert_same_headers(direct.headers, recorded.headers)
    assert ("content-length" in recorded.headers) == (size == "known")
    assert [b'\r\n\r\n{"a": 1}\n{"b": 2}\n\r\n' in each.body for each in arrived] == [True, True]
    assert len(direct.body) == len(recorded.body)
    with replaying(path) as client:
        assert await upload(client) == "f"


FILE = {"filename": "train.jsonl", "purpose": "batch", "sample_type": "raw", "source": "upload"}


def assert_same_headers(direct: object, recorded: object) -> None:
    """Check that the headers are equal, except for the boundary of a form."""

    def shown(headers: object) -> dict[str, str]:
        pairs: dict[str, str] = dict(headers)  # type: ignore[call-overload]
        return pairs | {"Content-Type": pairs["Content-Type"].partition("boundary")[0]}

    assert shown(direct) == shown(recorded)


async def test_an_abandoned_stream_is_recorded_as_incomplete(path: Path) -> None:
    """Reading further in a replay is an error, so that the stream does not look complete."""
    done = asyncio.Event()

    async def stream(request: web.Request) -> web.StreamResponse:
        response = await open_events(request)
        await response.write(event(chunk("one")))
        await done.wait()
        return response

    async with loopback(stream) as (url, _), recording(path, url) as client:
        opened = await chat_stream(client, model="m", messages=HI)
        async with opened.unwrap() as chunks:
            assert (await anext(chunks)).unwrap().text == "one"
        done.set()
    assert lines_of(path)[-1]["event"] == "abandoned"
    with replaying(path) as client:
        opened = await chat_stream(client, model="m", messages=HI)
        async with opened.unwrap() as chunks:
            first, second = [each async for each in chunks]
    assert first.unwrap().text == "one"
    assert isinstance(second, Err)
    assert isinstance(second.error, APIConnectionError)
    assert "closed early when it was recorded" in second.error.message


async def test_running_calls_are_recorded_as_unfinished_when_the_cassette_is_left(
    path: Path,
) -> None:
    """A stream is recorded as abandoned, and a call without a response as cancelled."""
    arrived, done = asyncio.Event(), asyncio.Event()

    async def handle(request: web.Request) -> web.StreamResponse:
        if request.method == "POST":
            return await open_events(request)
        arrived.set()
        await done.wait()
        return web.Response()

    async with loopback(handle) as (url, _):
        cassette = Cassette(path, record="all")
        async with MistralCore(KEY, transport=cassette, server_url=url) as client:
            with cassette:
                opened = await chat_stream(client, model="m", messages=HI)
                task = asyncio.create_task(models_list(client))
                await arrived.wait()
            async with opened.unwrap():
                task.cancel()
                done.set()
            await asyncio.gather(task, return_exceptions=True)
    events = [(line["exchange"], line["event"]) for line in lines_of(path)]
    assert events[1:] == [(1, "response"), (1, "abandoned"), (2, "request"), (2, "cancelled")]


async def test_binary_content_is_stored_beside_the_recording(path: Path) -> None:
    """Small content is in the recording itself. Files that are no longer needed are removed."""
    folder = path.with_name("test.files")

    async def download(client: MistralCore) -> bytes:
        opened = await files_download(client, "file-1")
        async with opened.unwrap() as chunks:
            return b"".join([each.unwrap() async for each in chunks])

    for size in (3000, 700_000, 200):
        audio = bytes(number % 251 for number in range(size))
        async with loopback(responds(audio)) as (url, _), recording(path, url) as client:
            assert await download(client) == audio
        assert [file.read_bytes() for file in folder.glob("*")] == [audio] * (size > 1024)
        with replaying(path) as client:
            assert await download(client) == audio
    assert not folder.exists()


async def test_concurrent_calls_are_recorded_and_replayed(path: Path) -> None:
    """Each call gets its own response, in any order and from several clients."""

    async def ask(client: MistralCore, number: int) -> str:
        messages = [UserMessage(content=f"Number {number}")]
        return (await chat_complete(client, model="m", messages=messages)).unwrap().text

    async def echo(request: web.Request) -> web.StreamResponse:
        (message,) = (await request.json())["messages"]
        response = {"role": "assistant", "content": message["content"]}
        choice = {"index": 0, "finish_reason": "stop", "message": response}
        return web.json_response({"id": "c", "choices": [choice]})

    numbers = range(20)
    async with loopback(echo) as (url, _):
        with Cassette(path, record="once") as cassette:
            client, other = (MistralCore(KEY, transport=cassette, server_url=url) for _ in range(2))
            async with client, other:
                asking = [ask((client, other)[number % 2], number) for number in numbers]
                texts = await asyncio.gather(*asking)
    assert texts == [f"Number {number}" for number in numbers]
    with Cassette(path) as cassette:
        client = MistralCore(transport=cassette)
        assert await asyncio.gather(*[ask(client, each) for each in numbers[::-1]]) == texts[::-1]


async def test_closing_a_client_does_not_affect_another(path: Path) -> None:
    """The connections stay open while another client of the cassette uses them."""
    begun, done = asyncio.Event(), asyncio.Event()

    async def slow(_: web.Request) -> web.StreamResponse:
        begun.set()
        await done.wait()
        return web.json_response({"data": []})

    async with asyncio.timeout(5), loopback(slow) as (url, _):
        with Cassette(path, record="once") as cassette:
            async with MistralCore(KEY, transport=cassette, server_url=url) as client:
                task = asyncio.create_task(models_list(client))
                await begun.wait()
                async with MistralCore(transport=cassette):
                    pass
                done.set()
                assert isinstance(await task, Ok)
