"""What the functions that manage files send, to the byte."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias, final

import attrs
import pytest

from mistral_core import (
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestOptions,
    Response,
    Result,
)
from mistral_core.testing import ScriptedTransport
from mistral_funcs import files_delete, files_get_signed_url, files_list, files_retrieve

CallIt: TypeAlias = Callable[[MistralCore], Awaitable[Result[object, Failure]]]
CallOne: TypeAlias = Callable[[MistralCore, str], Awaitable[Result[object, Failure]]]

SERVER = "https://api.mistral.ai"
FILE_ID = "e85980c9-409e-4a46-9304-36588f6292b0"


@final
@attrs.frozen
class Golden:
    """Hold a call, and what it sends.

    Attributes:
        call: The call.
        method: The HTTP method.
        target: The path with the query.
    """

    call: CallIt
    method: str
    target: str


GOLDEN: dict[str, Golden] = {
    "list": Golden(files_list, "GET", "/v1/files"),
    "list, all parameters": Golden(
        lambda client: files_list(
            client,
            page=1,
            page_size=20,
            include_total=True,
            sample_type=["instruct", "batch_request"],
            source=["upload"],
            search="train",
            purpose="fine-tune",
            mimetypes=["application/jsonl", "text/plain"],
        ),
        "GET",
        "/v1/files?page=1&page_size=20&include_total=true"
        "&sample_type=instruct&sample_type=batch_request&source=upload&search=train"
        "&purpose=fine-tune&mimetypes=application%2Fjsonl&mimetypes=text%2Fplain",
    ),
    "list, a false flag and the first page": Golden(
        lambda client: files_list(client, page=0, include_total=False),
        "GET",
        "/v1/files?page=0&include_total=false",
    ),
    "list, tuples": Golden(
        lambda client: files_list(client, source=("upload", "mistral")),
        "GET",
        "/v1/files?source=upload&source=mistral",
    ),
    "list, of none": Golden(
        lambda client: files_list(client, sample_type=[], source=[], mimetypes=[]),
        "GET",
        "/v1/files",
    ),
    "list, any text": Golden(
        lambda client: files_list(client, search="Zoë & Söhne.jsonl", purpose="a/b+c"),
        "GET",
        "/v1/files?search=Zo%C3%AB%20%26%20S%C3%B6hne.jsonl&purpose=a%2Fb%2Bc",
    ),
    "list, values that are not yet known": Golden(
        lambda client: files_list(client, sample_type=["ocr_input"], purpose="audio"),
        "GET",
        "/v1/files?sample_type=ocr_input&purpose=audio",
    ),
    "retrieve": Golden(
        lambda client: files_retrieve(client, FILE_ID), "GET", f"/v1/files/{FILE_ID}"
    ),
    "retrieve, an id that must be quoted": Golden(
        lambda client: files_retrieve(client, file_id="a/b?c"), "GET", "/v1/files/a%2Fb%3Fc"
    ),
    "delete": Golden(
        lambda client: files_delete(client, FILE_ID), "DELETE", f"/v1/files/{FILE_ID}"
    ),
    "get signed URL": Golden(
        lambda client: files_get_signed_url(client, FILE_ID), "GET", f"/v1/files/{FILE_ID}/url"
    ),
    "get signed URL, for an hour": Golden(
        lambda client: files_get_signed_url(client, FILE_ID, expiry=1),
        "GET",
        f"/v1/files/{FILE_ID}/url?expiry=1",
    ),
}
"""Each call, with the request that it makes."""

OPTIONS = RequestOptions(server_url="https://gateway.example.com/mistral/")

WITH_OPTIONS: dict[str, CallIt] = {
    "list": lambda client: files_list(client, options=OPTIONS),
    "retrieve": lambda client: files_retrieve(client, "f", options=OPTIONS),
    "delete": lambda client: files_delete(client, "f", options=OPTIONS),
    "get signed URL": lambda client: files_get_signed_url(client, "f", options=OPTIONS),
}
"""Each of the functions, called with options."""


async def sent(call: CallIt) -> tuple[str, str]:
    """Return the method and the URL of the one request that a call makes, which has no body."""
    transport = ScriptedTransport(Response(200, body=b'{"id":"f","url":"https://u/","data":[]}'))
    result = await call(MistralCore(transport=transport))
    assert isinstance(result, Ok), result
    (request,) = transport.requests
    assert request.body is None
    return request.method, request.url


@pytest.mark.parametrize("name", GOLDEN)
async def test_request_is_exactly_this(name: str) -> None:
    """Method, path and query; a list in the query is its values, one after the other."""
    golden = GOLDEN[name]
    assert await sent(golden.call) == (golden.method, SERVER + golden.target)


@pytest.mark.parametrize("name", WITH_OPTIONS)
async def test_options_are_handed_on(name: str) -> None:
    """Every function takes another server for one call."""
    _, url = await sent(WITH_OPTIONS[name])
    assert url.startswith("https://gateway.example.com/mistral/v1/files")


@pytest.mark.parametrize("function", [files_retrieve, files_delete, files_get_signed_url])
@pytest.mark.parametrize("file_id", ["", ".", "..", "../models/m"])
async def test_id_that_leads_elsewhere_is_refused(function: CallOne, file_id: str) -> None:
    """An id stays in its place of the path, and nothing is sent that would not."""
    transport = ScriptedTransport()
    result = await function(MistralCore(transport=transport), file_id)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert result.error.param == "file_id"
    assert transport.requests == []
