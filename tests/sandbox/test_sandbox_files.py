"""Files of the sandbox, except uploads and downloads."""

from typing import Any

import pytest

from mistral_core import (
    Err,
    HTTPValidationError,
    MistralCore,
    SDKError,
)
from mistral_core.errors import Failure
from mistral_core.result import Result
from mistral_funcs import (
    files_delete,
    files_get_signed_url,
    files_list,
    files_retrieve,
    files_upload,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors.files import store_file
from mistral_funcs.schemas import FileSchema, GetFileResponse

CHATS = b'{"messages": []}\n{"messages": []}\n'


def store(sandbox: Sandbox, filename: str, content: bytes = CHATS, **more: Any) -> FileSchema:
    """Store a file in a sandbox."""
    return store_file(sandbox.state, content=content, filename=filename, **more)


def refused(result: Result[object, Failure]) -> SDKError:
    """Return the error of a refused call."""
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    return result.error


async def names(client: MistralCore, **filters: Any) -> list[str | None]:
    """Return the names of the listed files."""
    page = (await files_list(client, **filters)).unwrap()
    return [file.filename for file in page.data if isinstance(file, FileSchema)]


async def test_a_new_sandbox_has_no_files(client: MistralCore) -> None:
    """The list is empty."""
    page = (await files_list(client)).unwrap()
    assert (page.data, page.total, page.object) == ([], 0, "list")


async def test_a_file_has_metadata(client: MistralCore, sandbox: Sandbox) -> None:
    """With all fields of the API."""
    stored = store(sandbox, "train.jsonl", visibility="workspace", expiry=2)
    file = (await files_retrieve(client, stored.id)).unwrap()
    assert file == GetFileResponse(
        id="00000001-0000-4000-8000-000000000001",
        object="file",
        bytes=len(CHATS),
        created_at=1_756_746_620,
        filename="train.jsonl",
        purpose="fine-tune",
        sample_type="instruct",
        num_lines=2,
        mimetype="application/jsonl",
        source="upload",
        signature="b7efb9fa7cfd444f",
        expires_at=1_756_746_620 + 2 * 3600,
        visibility="workspace",
        deleted=False,
    )


@pytest.mark.parametrize("expiry", [-1, 10**9])
async def test_an_expiry_out_of_range_is_refused(client: MistralCore, expiry: int) -> None:
    """With 422. Nothing is stored."""
    result = await files_upload(client, file=CHATS, expiry=expiry)
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert result.error.detail[0].loc == ("body", "expiry")
    assert await names(client) == []


def test_files_are_deterministic() -> None:
    """IDs and times are not random."""
    first, again = (store(Sandbox(), "a.jsonl") for _ in range(2))
    assert first == again
    sandbox = Sandbox()
    one, two = (store(sandbox, "a.jsonl") for _ in range(2))
    assert one.id != two.id
    assert (one.created_at or 0) < (two.created_at or 0)
    assert one.signature == two.signature


@pytest.mark.parametrize(
    ("content", "purpose", "sample_type"),
    [
        (b'{"messages": []}', "fine-tune", "instruct"),
        (b'{"text": "good", "labels": {"mood": "good"}}', "fine-tune", "instruct"),
        (b'{"text": "once upon a time"}\n', "fine-tune", "pretrain"),
        (b"[1]", "fine-tune", "instruct"),
        (b"not JSON", "fine-tune", "instruct"),
        (b"", "fine-tune", "instruct"),
        (b'{"custom_id": "1"}', "batch", "batch_request"),
        (b"%PDF", "ocr", "ocr_input"),
        (b"RIFF", "audio", "audio"),
    ],
)
def test_the_type_of_the_samples_is_guessed(content: bytes, purpose: str, sample_type: str) -> None:
    """By the purpose and the first line."""
    assert store(Sandbox(), "f", content, purpose=purpose).sample_type == sample_type


@pytest.mark.parametrize(
    ("filename", "mimetype", "num_lines"),
    [
        ("a.jsonl", "application/jsonl", 2),
        ("a.pdf", "application/pdf", None),
        ("a.unheard-of", "application/octet-stream", None),
    ],
)
def test_the_media_type_is_guessed(filename: str, mimetype: str, num_lines: int | None) -> None:
    """By the name. Only JSONL files have a number of lines."""
    file = store(Sandbox(), filename, b'{}\n\n  \n{"a": 1}')
    assert (file.mimetype, file.num_lines) == (mimetype, num_lines)


async def test_lists_are_filtered(client: MistralCore, sandbox: Sandbox) -> None:
    """By each filter, and by several at once. The newest file comes first."""
    store(sandbox, "Train.jsonl")
    store(sandbox, "scan.pdf", purpose="ocr")
    store(sandbox, "out.jsonl", purpose="batch", source="mistral", sample_type="batch_result")
    store(sandbox, "notes", mimetype="text/plain", purpose="batch")
    assert await names(client) == ["notes", "out.jsonl", "scan.pdf", "Train.jsonl"]
    assert await names(client, purpose="batch") == ["notes", "out.jsonl"]
    assert await names(client, search="TRAIN") == ["Train.jsonl"]
    assert await names(client, source=["mistral"]) == ["out.jsonl"]
    assert await names(client, sample_type=["instruct", "batch_result"]) == [
        "out.jsonl",
        "Train.jsonl",
    ]
    assert await names(client, mimetypes=["text/plain", "application/pdf"]) == [
        "notes",
        "scan.pdf",
    ]
    assert await names(client, purpose="batch", search=".jsonl") == ["out.jsonl"]
    assert await names(client, purpose="audio") == []


async def test_lists_are_paged(client: MistralCore, sandbox: Sandbox) -> None:
    """Each page has the total number, unless the caller disables it."""
    for number in range(5):
        store(sandbox, f"{number}.jsonl")
    assert await names(client, page_size=2) == ["4.jsonl", "3.jsonl"]
    assert await names(client, page_size=2, page=2) == ["0.jsonl"]
    assert await names(client, page_size=2, page=3) == []
    assert (await files_list(client, page_size=2)).unwrap().total == 5
    assert (await files_list(client, include_total=False)).unwrap().total is None


async def test_a_deleted_file_is_gone(client: MistralCore, sandbox: Sandbox) -> None:
    """Also from the list. Its ID is not reused."""
    file_id = store(sandbox, "a.jsonl").id
    response = (await files_delete(client, file_id)).unwrap()
    assert (response.id, response.object, response.deleted) == (file_id, "file", True)
    assert await names(client) == []
    for again in (files_delete, files_retrieve, files_get_signed_url):
        error = refused(await again(client, file_id))
        assert (error.status, error.message) == (404, "No file matches the given query.")
    assert store(sandbox, "b.jsonl").id != file_id


async def test_a_url_is_signed_for_a_limited_time(client: MistralCore, sandbox: Sandbox) -> None:
    """A day by default. The URL does not work."""
    file_id = store(sandbox, "a.jsonl").id
    day = (await files_get_signed_url(client, file_id)).unwrap().url
    hour = (await files_get_signed_url(client, file_id, expiry=1)).unwrap().url
    assert day.startswith(f"https://files.sandbox.invalid/fine-tune/{file_id}?se=")
    ends = [int(url.partition("se=")[2].partition("&")[0]) for url in (day, hour)]
    assert ends[0] - ends[1] == 23 * 3600


@pytest.mark.parametrize("wrong", [0, 169])
async def test_a_url_lasts_an_hour_to_a_week(
    client: MistralCore, sandbox: Sandbox, wrong: int
) -> None:
    """As in the API. Otherwise the status is 422."""
    file_id = store(sandbox, "a.jsonl").id
    result = await files_get_signed_url(client, file_id, expiry=wrong)
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    (fault,) = result.error.detail
    assert (fault.loc, fault.type) == (("query", "expiry"), "value_error")


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("page", "one", "int_parsing"),
        ("page", 10**12, "int_parsing"),
        ("page", -1, "value_error"),
        ("page_size", 0, "value_error"),
        ("include_total", "yes", "bool_parsing"),
    ],
)
async def test_an_invalid_query_is_refused(
    client: MistralCore, name: str, value: Any, kind: str
) -> None:
    """With 422 and the path of the fault."""
    filters: dict[str, Any] = {name: value}
    result = await files_list(client, **filters)
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    (fault,) = result.error.detail
    assert (fault.loc, fault.type) == (("query", name), kind)


def test_content_is_not_shown(sandbox: Sandbox) -> None:
    """A failing test prints metadata only."""
    file_id = store(sandbox, "a.jsonl", b'{"text": "s3cret"}').id
    assert "s3cret" not in repr(sandbox.state)
    assert sandbox.state.files[file_id].content == b'{"text": "s3cret"}'
