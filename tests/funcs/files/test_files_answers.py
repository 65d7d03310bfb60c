"""How the answers of the files API are read, odd ones too."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import attrs
import pytest

from mistral_core import (
    Err,
    Failure,
    MistralCore,
    ResponseValidationError,
    Result,
    RetryConfig,
    SDKError,
    Unknown,
)
from mistral_core.structuring.converter import converter
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import files_delete, files_get_signed_url, files_list, files_retrieve
from mistral_funcs.schemas import (
    CreateFileResponse,
    DeleteFileResponse,
    FileSchema,
    GetFileResponse,
    GetSignedUrlResponse,
    ListFilesResponse,
)

CallIt: TypeAlias = Callable[[MistralCore], Awaitable[Result[object, Failure]]]

FOUR: dict[str, CallIt] = {
    "list": files_list,
    "retrieve": lambda client: files_retrieve(client, "f"),
    "delete": lambda client: files_delete(client, "f"),
    "get signed URL": lambda client: files_get_signed_url(client, "f"),
}
"""Each of the operations, called."""

FILE: dict[str, Any] = {
    "id": "e85980c9-409e-4a46-9304-36588f6292b0",
    "object": "file",
    "bytes": 13000,
    "created_at": 1759500189,
    "filename": "example.file.jsonl",
    "purpose": "fine-tune",
    "sample_type": "instruct",
    "num_lines": 2,
    "mimetype": "application/jsonl",
    "source": "upload",
    "signature": "d4821d2de1917341",
    "expires_at": 1759600189,
    "visibility": "workspace",
}
"""A file, whole."""


async def answered(operation: str, value: object, status: int = 200) -> Result[object, Failure]:
    """Return what an operation makes of an answer."""
    transport = ScriptedTransport(json_response(value, status))
    client = MistralCore(transport=transport, retry_config=RetryConfig(strategy="none"))
    return await FOUR[operation](client)


async def listed(value: object) -> ListFilesResponse:
    """Return the page that `files_list` makes of an answer."""
    page = (await answered("list", value)).unwrap()
    assert isinstance(page, ListFilesResponse)
    return page


async def retrieved(value: object) -> GetFileResponse:
    """Return the file that `files_retrieve` makes of an answer."""
    file = (await answered("retrieve", value)).unwrap()
    assert isinstance(file, GetFileResponse)
    return file


async def test_file_is_read_whole() -> None:
    """Each field comes out as its Python type, under the name that it has in the API."""
    assert await retrieved({**FILE, "deleted": False}) == GetFileResponse(**FILE, deleted=False)


async def test_page_is_read_whole() -> None:
    """The files, and how many there are on all pages."""
    page = await listed({"object": "list", "total": 31, "data": [FILE, FILE]})
    assert page == ListFilesResponse(data=[FileSchema(**FILE)] * 2, object="list", total=31)


@pytest.mark.parametrize("schema", [FileSchema, CreateFileResponse])
def test_file_is_the_same_wherever_it_is_told_of(schema: type[attrs.AttrsInstance]) -> None:
    """A file that was uploaded has the fields of one that is listed."""
    assert converter.structure(FILE, schema) == schema(**FILE)


async def test_confirmation_is_read() -> None:
    """A file is deleted, and the answer says which."""
    value = {"id": "f", "object": "file", "deleted": True}
    result = await answered("delete", value)
    assert result.unwrap() == DeleteFileResponse(id="f", object="file", deleted=True)


async def test_signed_url_is_read_and_not_shown() -> None:
    """Who has the URL has the file: it is in no log that prints an object."""
    value = {"url": "https://blob.example.com/f?sig=s3cret"}
    response = (await answered("get signed URL", value)).unwrap()
    assert response == GetSignedUrlResponse(url="https://blob.example.com/f?sig=s3cret")
    assert "s3cret" not in repr(response)


async def test_size_may_be_null() -> None:
    """The API's own examples have `null` where its specification has a number."""
    assert (await retrieved({**FILE, "bytes": None})).bytes is None


async def test_file_with_only_an_id_is_read() -> None:
    """What a server leaves out or sends as `null` is `None`."""
    nulls = dict.fromkeys({**FILE, "deleted": None})
    assert await retrieved({"id": "f"}) == GetFileResponse(id="f")
    assert await retrieved({**nulls, "id": "f"}) == GetFileResponse(id="f")
    assert await listed({"object": "list"}) == ListFilesResponse(data=[], object="list")


@pytest.mark.parametrize("field", ["purpose", "sample_type", "source", "visibility"])
async def test_value_that_is_not_yet_known_comes_through(field: str) -> None:
    """A new purpose, kind of samples, source or visibility is the text that was sent."""
    file = await retrieved({**FILE, field: "brand_new"})
    assert attrs.asdict(file)[field] == "brand_new"


async def test_one_odd_file_does_not_take_the_page_down() -> None:
    """What cannot be read stands at its place as `Unknown`, with its reason."""
    page = await listed({"data": [{"id": "a"}, {"id": 7}, None, {"id": "b"}]})
    assert page.data == [
        FileSchema(id="a"),
        Unknown({"id": 7}),
        Unknown(None),
        FileSchema(id="b"),
    ]
    assert [each.reason for each in page.data if isinstance(each, Unknown)] == [
        "`$.id` must be a string, got a number",
        "`$` must be an object, got null",
    ]


async def test_unknown_fields_are_kept() -> None:
    """Of a file and of a page."""
    page = await listed({"data": [{"id": "a", "sha256": "0"}], "has_more": True})
    (file,) = page.data
    assert isinstance(file, FileSchema)
    assert file.additional_properties == {"sha256": "0"}
    assert page.additional_properties == {"has_more": True}


UNREADABLE: dict[str, tuple[str, object, str]] = {
    "id missing": ("retrieve", {"filename": "f"}, "$.id"),
    "id a number": ("delete", {"id": 7}, "$.id"),
    "size a text": ("retrieve", {"id": "f", "bytes": "13 kB"}, "$.bytes"),
    "no URL": ("get signed URL", {"expires": 1}, "$.url"),
    "URL null": ("get signed URL", {"url": None}, "$.url"),
    "data an object": ("list", {"data": FILE}, "$.data"),
    "page an array": ("list", [FILE], "$"),
}
"""An operation, an answer that it cannot read, and the JSON path of what is wrong."""


@pytest.mark.parametrize("row", UNREADABLE)
async def test_wrong_field_is_named_by_its_json_path(row: str) -> None:
    """An answer without what was asked for is an error, and says where the fault is."""
    operation, value, path = UNREADABLE[row]
    result = await answered(operation, value)
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert result.error.path == path


@pytest.mark.parametrize("operation", FOUR)
async def test_missing_file_is_told_by_its_status(operation: str) -> None:
    """404, in the words of the API; a file can be missing for a moment after its upload."""
    result = await answered(operation, {"message": "No file matches the given query."}, 404)
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    assert (result.error.status, result.error.message) == (404, "No file matches the given query.")
