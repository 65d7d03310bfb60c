"""JSON lines: each line is an item, wherever chunks end. The end of the body ends the stream."""

import pytest
from hypothesis import given, strategies as st

from mistral_core import (
    APIConnectionError,
    Err,
    JSONLines,
    MistralCore,
    Ok,
    Operation,
    ResponseValidationError,
)
from mistral_core.response.json_lines import LineParser
from mistral_core.testing import ScriptedTransport, json_response, stream_response
from mistral_funcs.schemas import DeleteFileResponse

LINES = Operation("GET", "/v1/lines", returns=JSONLines(DeleteFileResponse))
INSIDE = st.characters(exclude_categories=["Cs"], exclude_characters="\n\r")
"""Characters that a line may contain."""

ITEM = b'{"id": "a", "object": "file", "deleted": true}'


def parsed(parser: LineParser, chunks: list[bytes]) -> list[str]:
    """Return the lines of a stream in chunks."""
    events = [event for chunk in chunks for event in parser.feed(chunk)]
    last = parser.finish()
    return [event.data for event in [*events, *([last] if last else [])]]


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), min_size=1)
    ),
    st.data(),
)
def test_lines_may_be_split_anywhere(lines: list[str], data: st.DataObject) -> None:
    """Even within a character. Blank lines are skipped."""
    wanted = [line.strip(" \t\x0b\x0c") for line in lines]
    body = "\n".join(lines).encode()
    cut = data.draw(st.integers(0, len(body)))
    seen = parsed(LineParser(), [body[:cut], body[cut:]])
    assert seen == [line for line in wanted if line]


def test_byte_order_marks_and_carriage_returns_are_removed() -> None:
    """Windows programs write both."""
    assert parsed(LineParser(), [b"\xef\xbb\xbf1\r\n", b"\r\n2\r\n"]) == ["1", "2"]


@pytest.mark.parametrize("chunks", [[b"x" * 9], [b"x" * 8, b"x\n"], [b"x" * 9 + b"\n"]])
def test_a_line_has_a_limit(chunks: list[bytes]) -> None:
    """It applies before the line ends."""
    with pytest.raises(ValueError, match="a line has more than 8 bytes"):
        parsed(LineParser(8), chunks)


async def test_a_response_of_lines_is_a_stream_of_items() -> None:
    """The last line needs no line break."""
    response = stream_response(ITEM + b"\n", b"\n" + ITEM, content_type="application/jsonl")
    async with MistralCore(transport=ScriptedTransport(response)) as client:
        stream = (await client.execute(LINES)).unwrap()
        async with stream as items:
            ids = [item.unwrap().id async for item in items]
    assert ids == ["a", "a"]


@pytest.mark.parametrize(
    ("chunks", "error"),
    [
        ([ITEM + b"\n", b"oops"], ResponseValidationError),
        ([ITEM + b"\n", b"\xff"], ResponseValidationError),
        ([ITEM + b"\n", APIConnectionError("cut")], APIConnectionError),
    ],
    ids=["not JSON", "not UTF-8", "cut off"],
)
async def test_an_invalid_line_is_the_last_item(
    chunks: list[bytes | APIConnectionError], error: type[Exception]
) -> None:
    """The lines before it are read."""
    response = stream_response(*chunks, content_type="application/jsonl")
    async with MistralCore(transport=ScriptedTransport(response)) as client:
        stream = (await client.execute(LINES)).unwrap()
        async with stream as items:
            first, last = [item async for item in items]
    assert isinstance(first, Ok)
    assert isinstance(last, Err)
    assert isinstance(last.error, error)


async def test_json_lines_are_requested_by_media_type() -> None:
    """The response is streamed."""
    transport = ScriptedTransport(json_response({"message": "No lines."}, 404))
    async with MistralCore(transport=transport) as client:
        assert isinstance(await client.execute(LINES), Err)
    (request,) = transport.requests
    assert request.headers["accept"] == "application/jsonl"
    assert request.streamed
