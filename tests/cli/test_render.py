"""Output of responses without their own view: lists, events and empty bodies."""

from typing import Any, Literal

import attrs
import pytest

from mistral_core import JSON, Events, EventStream, MistralCore, NoContent, Operation, Schema
from mistral_core.testing import ScriptedTransport, stream_response
from mistral_funcs.cli.render.lists import items_of
from mistral_funcs.cli.render.response_printer import Output, print_response, print_value
from mistral_funcs.cli.response_traits import has_text


@attrs.frozen(kw_only=True)
class Delta(Schema):
    """A part of a text.

    Attributes:
        text: The text.
        type: The type of the event.
    """

    text: str
    type: Literal["response.text.delta"] = "response.text.delta"


@attrs.frozen(kw_only=True)
class Notice(Schema):
    """An event without text.

    Attributes:
        message: The message.
    """

    message: str


@pytest.mark.parametrize(
    ("response", "items"),
    [
        ([{"id": "a"}], [{"id": "a"}]),
        ({"workflows": [{"id": "a"}], "next": "b"}, [{"id": "a"}]),
        ({"workflows": [], "total": 0}, []),
        ({"id": "a", "tools": [{"name": "b"}]}, None),
        ({"names": ["a"]}, None),
        ({"old": [{"id": "a"}], "new": [{"id": "b"}]}, None),
    ],
)
def test_a_list_is_recognized_by_its_shape(response: Any, items: list[Any] | None) -> None:
    """An array, or an object with one array and metadata. Other objects may contain arrays too."""
    assert items_of(response) == items


@pytest.mark.parametrize(
    ("items", "lines"),
    [
        (
            [{"name": "one", "id": "1", "created_at": 0, "more": 2}, {"id": "2"}],
            ["1\tone\t1970-01-01T00:00:00Z", "2"],
        ),
        ([{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}], ["1\t2\t3\t4"]),
    ],
)
def test_a_list_has_the_usual_columns(
    items: list[Any], lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """ID, name, status and creation time, or else the first fields."""
    print_value(items)
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == lines


@pytest.mark.parametrize("json", [False, True])
async def test_an_empty_response_is_a_note(
    capsys: pytest.CaptureFixture[str], *, json: bool
) -> None:
    """On standard error, because there is no output."""
    operation = Operation("DELETE", "/v1/x/{x_id}", returns=NoContent())
    assert await print_response(None, operation, Output(json)) is None
    assert capsys.readouterr() == ("", "Done.\n")


async def test_events_are_text_or_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Decided by the declared event types: streams without text are JSON lines."""
    spoken = Operation("POST", "/v1/x", returns=Events(Delta | Notice))
    silent = Operation("POST", "/v1/x", returns=Events(Notice))
    assert (has_text(spoken), has_text(silent)) == (True, False)
    assert not has_text(Operation("GET", "/v1/x", returns=JSON(dict[str, Any])))
    for operation, event, printed in (
        (spoken, b'{"type": "response.text.delta", "text": "Hi"}', "Hi\n"),
        (spoken, b'{"message": "Hi"}', ""),
        (silent, b'{"message": "Hi"}', '{"message": "Hi"}\n'),
    ):
        stream = await opened(operation, b"data: ", event, b"\n\ndata: [DONE]\n\n")
        assert await print_response(stream, operation, Output()) is None
        assert capsys.readouterr().out == printed
        stream = await opened(operation, b"data: ", event, b"\n\n")
        failed = await print_response(stream, operation, Output())
        assert failed is not None
        assert "ended before" in str(failed.error)
        assert capsys.readouterr().out == printed


async def opened(operation: Operation[Any], *chunks: bytes) -> EventStream[Any]:
    """Return an event stream with these chunks."""
    client = MistralCore("key", transport=ScriptedTransport(stream_response(*chunks)))
    stream: EventStream[Any] = (await client.execute(operation, json={})).unwrap()
    return stream
