"""Under trio, calls return an error that says so, and raise nothing."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import trio

from mistral_core import Err, File, InvalidRequestError, MistralCore, Result
from mistral_funcs import (
    Tools,
    audio_speech_stream,
    batch_jobs_wait,
    batch_jobs_watch,
    beta_libraries_documents_wait,
    chat_complete,
    chat_stream,
    document_of,
    embeddings_create_many,
    files_list,
    files_upload,
    fine_tuning_jobs_wait,
    models_list,
    paginate,
    run,
    run_batch,
    run_stream,
    save_ocr,
    upload_folder,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import OCRResponse

MESSAGES = [{"role": "user", "content": "Hi"}]
TEXT = File(b"text", file_name="a.txt")

Call = Callable[[MistralCore, Path], Awaitable[Result[Any, Any]]]

CALLS: dict[str, Call] = {
    "an operation": lambda client, _: models_list(client),
    "a stream": lambda client, _: chat_stream(client, model="m", messages=MESSAGES),
    "a download": lambda client, _: audio_speech_stream(client, input="Hi"),
    "an upload": lambda client, _: files_upload(client, file=TEXT),
    "a wait": lambda client, _: fine_tuning_jobs_wait(client, "id"),
    "another wait": lambda client, _: batch_jobs_wait(client, "id"),
    "a wait for a document": lambda client, _: beta_libraries_documents_wait(client, "l", "d"),
    "embeddings": lambda client, _: embeddings_create_many(client, model="m", input=["a"]),
    "a run": lambda client, _: run(Tools(), chat_complete, client, model="m", messages=MESSAGES),
    "a streamed run": lambda client, _: run_stream(
        Tools(), chat_stream, client, model="m", messages=MESSAGES
    ),
    "the folder of a library": lambda client, folder: last(
        upload_folder(client, "library", folder, journal=folder / "journal")
    ),
    "a document": lambda client, folder: document_of(client, folder / "a.txt"),
    "an OCR response": lambda _, folder: save_ocr(OCRResponse(), folder),
    "a watch": lambda client, _: last(batch_jobs_watch(client, "id")),
    "a list": lambda client, _: last(paginate(files_list, client)),
    "a batch": lambda client, folder: last(
        run_batch(
            client,
            [{"custom_id": "1", "body": {}}],
            folder=folder / "batch",
            endpoint="/v1/chat/completions",
            schema=dict[str, Any],
        )
    ),
}


async def last(items: AsyncIterator[Result[Any, Any]]) -> Result[Any, Any]:
    """Return the last item."""
    results = [each async for each in items]
    return results[-1]


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("transport", [Sandbox, None], ids=["sandbox", "aiohttp"])
def test_call_is_an_err_that_names_asyncio(
    call: Call, transport: Callable[[], Sandbox] | None, tmp_path: Path
) -> None:
    """Instead of an internal error of asyncio."""
    client = MistralCore("sandbox-key", transport=transport and transport())
    (tmp_path / "a.txt").write_text("text")

    async def main() -> Result[Any, Any]:
        return await call(client, tmp_path)

    result = trio.run(main)
    assert isinstance(result, Err)
    assert "asyncio" in str(result.error)
    assert "trio" in str(result.error)
    failure = getattr(result.error, "failure", result.error)
    assert isinstance(failure, InvalidRequestError)
