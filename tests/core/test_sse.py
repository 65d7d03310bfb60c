"""Server-sent events: the rules of the standard, any chunks, and bounded cost."""

import re
import time
import tracemalloc
from collections.abc import Iterable, Iterator
from itertools import islice, repeat

import pytest
from hypothesis import example, given, strategies as st

from mistral_core.response.sse import EventParser, ServerSentEvent as Event

BOM = b"\xef\xbb\xbf"
KIB, MIB = 2**10, 2**20
NO_LIMIT = 2**60
LINE_ENDS = ("\n", "\r", "\r\n")


def parse(chunks: Iterable[bytes], limit: int = NO_LIMIT) -> tuple[list[Event], str]:
    """Return the events of a stream, and its error."""
    parser = EventParser(limit)
    events: list[Event] = []
    try:
        for chunk in chunks:
            events += parser.feed(chunk)
        rest = parser.finish()
    except ValueError as error:
        return events, str(error)
    return [*events, rest] if rest else events, ""


def reference(stream: bytes, limit: int = NO_LIMIT) -> tuple[list[Event], bool]:  # noqa: C901
    """Return the events of a stream, and whether it is invalid, by the standard's algorithm."""
    text = stream.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    events: list[Event] = []
    data = event = last_id = ""
    size = 0
    try:
        for line in [*re.split("\r\n|\r|\n", text), ""]:
            size += len(line.encode("utf-8", "surrogateescape"))
            if size > limit:
                return events, True
            name, colon, value = line.partition(":")
            value = value.removeprefix(" ")
            if line == "":
                if data:
                    data.encode()
                    events.append(Event(data[:-1], event, last_id))
                elif event == "error":
                    events.append(Event("", event, last_id))
                data = event = ""
                size = 0
            elif colon and not name:
                size -= len(line.encode("utf-8", "surrogateescape"))
            elif name == "data":
                data += value + "\n"
            elif name == "event":
                value.encode()
                event = value
            elif name == "id" and "\0" not in value:
                value.encode()
                last_id = value
    except UnicodeEncodeError:  # An escaped byte: it is not UTF-8.
        return events, True
    return events, False


def cut(stream: bytes, sizes: Iterable[int]) -> Iterator[bytes]:
    """Split a stream into chunks of these sizes. The last one is the rest."""
    at = 0
    for size in sizes:
        yield stream[at : at + size]
        at += size
    yield stream[at:]


def in_chunks(stream: bytes, size: int) -> list[bytes]:
    """Split a stream into chunks of one size."""
    return [stream[at : at + size] for at in range(0, len(stream), size)]


def each_byte(stream: bytes) -> list[bytes]:
    """Split a stream into bytes."""
    return in_chunks(stream, 1)


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        (b"", []),
        (b"\n\n\r\r\r\n", []),
        (b"data: a\n\n", [Event("a")]),
        (b"data: a\r\r", [Event("a")]),
        (b"data: a\r\n\r\n", [Event("a")]),
        (b"data: a\n\r\ndata: b\r\n\rdata: c\r\n\n", [Event("a"), Event("b"), Event("c")]),
        (b"data:a\n\n", [Event("a")]),
        (b"data:  a \n\n", [Event(" a ")]),
        (b"data:\ta\n\n", [Event("\ta")]),
        (b"data: a: b\n\n", [Event("a: b")]),
        (b"data\n\n", [Event("")]),
        (b"data:\n\n", [Event("")]),
        (b"data: \n\n", [Event("")]),
        (b"data\ndata\n\n", [Event("\n")]),
        (b"data: a\ndata:\ndata: b\n\n", [Event("a\n\nb")]),
        (b"data: a\n\n\n\ndata: b\n\n", [Event("a"), Event("b")]),
        (b": c\n:\n\n:data: c\ndata: a\n: data: c\n\n", [Event("a")]),
        (b"DATA: x\n data: x\ndata : x\ndat: x\ndatas: x\nx\ndata: a\n\n", [Event("a")]),
        (b"retry: 10\ndata: a\nretry: x\n\nretry\n\n", [Event("a")]),
        (b"event: e\ndata: a\n\ndata: b\n\n", [Event("a", "e"), Event("b")]),
        (b"data: a\nevent: e\nevent: f\n\n", [Event("a", "f")]),
        (b"event: e\nevent\ndata: a\n\n", [Event("a")]),
        (b"event: e\n\ndata: a\n\n", [Event("a")]),
        (b"event: error\n\ndata: a\n\n", [Event("", "error"), Event("a")]),
        (b"id: 1\nevent: error\n\n", [Event("", "error", "1")]),
        (b"event: error\nevent: e\n\nevent: errors\n\n", []),
        (b"event:  e \nid:  1 \ndata:  a \n\n", [Event(" a ", " e ", " 1 ")]),
    ],
)
def test_the_rules_of_the_standard(stream: bytes, events: list[Event]) -> None:
    """Line breaks, fields, spaces, comments, names and events without data, in any chunks."""
    assert parse([stream]) == (events, "")
    assert parse(each_byte(stream)) == (events, "")
    assert reference(stream) == (events, False)


def test_the_last_id_is_kept() -> None:
    """Events without an ID have that of the event before. An empty ID resets it."""
    stream = b"id: 1\ndata: a\n\ndata: b\n\nid: 2\n\ndata: c\n\nid: 3\0\ndata: d\n\nid\ndata: e\n\n"
    assert [(each.data, each.id) for each in parse([stream])[0]] == [
        ("a", "1"),
        ("b", "1"),
        ("c", "2"),
        ("d", "2"),
        ("e", ""),
    ]


@pytest.mark.parametrize(
    "end", ["\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\0"]
)
def test_only_the_line_breaks_of_the_standard_end_a_line(end: str) -> None:
    """Others that Python recognizes stay in the data."""
    assert parse([f"data: a{end}b\n\n".encode()]) == ([Event(f"a{end}b")], "")


def test_a_carriage_return_ends_its_line_at_once() -> None:
    """The parser does not wait for the next chunk, whose line feed ends no other line."""
    parser = EventParser()
    assert parser.feed(b"data: a\r") == []
    assert parser.feed(b"\r") == [Event("a")]
    assert parser.feed(b"") == []
    assert parser.feed(b"\ndata: b\r") == []
    assert parser.feed(b"\n") == []
    assert parser.feed(b"data: c\r") == []
    assert parser.feed(b"\n\n") == [Event("b\nc")]
    assert parser.feed(b"data: d\r") == []
    assert parser.feed(b"\n") == []
    assert parser.feed(b"\n") == [Event("d")]
    assert parse([b"data: e\r", b"", b"\ndata: f"]) == ([Event("e\nf")], "")


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        (BOM, []),
        (BOM + b"\n", []),
        (BOM + b"data: a\n\n", [Event("a")]),
        (BOM + BOM + b"data: a\n\ndata: b\n\n", [Event("b")]),
        (b"\n" + BOM + b"data: a\n\n", []),
        (b"data: " + BOM + b"a\n\n", [Event("\ufeffa")]),
        (BOM[:2] + b"\ndata: a\n\n", [Event("a")]),
        (BOM[:2], []),
    ],
)
def test_a_byte_order_mark_is_removed_only_at_the_start(stream: bytes, events: list[Event]) -> None:
    """In any chunks. An incomplete one is an unknown field."""
    assert parse([stream]) == (events, "")
    assert parse([b"", *each_byte(stream)]) == (events, "")


@pytest.mark.parametrize("end", ["", "\n", "\r", "\r\n"])
def test_the_end_completes_an_event(end: str) -> None:
    """Even if its last line or its blank line is missing. It is returned once."""
    parser = EventParser()
    assert parser.feed(f"event: e\ndata: [DONE]{end}".encode()) == []
    assert parser.finish() == Event("[DONE]", "e")
    assert parser.finish() is None


@pytest.mark.parametrize(
    "stream", [b"", b"data: a\n\n", b"data: a\r\n\r", b": x", b"event: e\nid: 1"]
)
def test_the_end_without_data_is_no_event(stream: bytes) -> None:
    """Nothing remains, or no data."""
    parser = EventParser()
    parser.feed(stream)
    assert parser.finish() is None


def test_characters_may_be_split() -> None:
    """In the data, the name and the ID."""
    stream = "event: é\nid: 水\ndata: 🎉\n\n".encode()
    assert parse(each_byte(stream)) == ([Event("🎉", "é", "水")], "")


@pytest.mark.parametrize(
    "bad", [b"\xff", b"\xc3", b"\xc3\ndata: \xa9", b"\xed\xa0\x80", b"\xc0\x80"]
)
@pytest.mark.parametrize("field", [b"data", b"event", b"id"])
def test_invalid_utf_8_is_refused(field: bytes, bad: bytes) -> None:
    """Truncated characters, surrogates and overlong forms, in each field that is read."""
    events, fault = parse([b"data: a\n\ndata: b\n" + field + b": " + bad + b"\n\n"])
    assert events == [Event("a")]
    assert "'utf-8' codec can't decode byte" in fault


def test_ignored_content_may_be_invalid() -> None:
    """Comments, unknown fields, and an ID that is ignored."""
    stream = b": \xff\n\xff: \xff\nretry: \xff\nid: \0\xff\ndata: a\n\n"
    assert parse([stream]) == ([Event("a")], "")


def test_events_before_an_error_are_not_lost() -> None:
    """They are returned first. Each later call raises the error."""
    parser = EventParser()
    assert parser.feed(b"data: a\n\ndata: \xff\n\ndata: b\n\n") == [Event("a")]
    for _ in range(2):
        with pytest.raises(ValueError, match="utf-8"):
            parser.feed(b"data: c\n\n")
        with pytest.raises(ValueError, match="utf-8"):
            parser.finish()


@pytest.mark.parametrize(
    ("stream", "size"),
    [
        (b"data: 789", 9),
        (b"data: 789\n\n", 9),
        (b"data: 789\r\ndata\r\n\r\n", 13),
        (b"id: 5\n\nevent: 89\ndata\n\ndata: 7\n\n", 13),
        (BOM + b"data: 789\n\n", 9),
        (b"data\nunknown\n\n", 11),
        (b": 345", 5),
        (b": 345\n:\n:\n:\n", 5),
        (b"data\n: 789\n: 789\ndata\n\n", 9),
    ],
)
def test_the_limit_is_exact(stream: bytes, size: int) -> None:
    """It counts the lines of one event, even an unfinished one, and a comment until it ends."""
    for chunks in ([stream], each_byte(stream)):
        assert parse(chunks, size)[1] == ""
        assert parse(chunks, size - 1)[1] == f"an event has more than {size - 1} bytes"


@pytest.mark.parametrize("full", [b"data: 7890", b"data: 7\n890", b"data: 7\r\n:90"])
def test_an_event_too_large_is_refused_before_it_ends(full: bytes) -> None:
    """As soon as the limit is exceeded."""
    parser = EventParser(10)
    assert parser.feed(full) == []
    with pytest.raises(ValueError, match="an event has more than 10 bytes"):
        parser.feed(b"1")


CHARACTERS = st.characters(codec="utf-8", exclude_characters="\r\n\0")
TEXTS = st.text(st.sampled_from(" :é") | CHARACTERS, max_size=6)
DATA = st.lists(TEXTS, min_size=1, max_size=4).map("\n".join)
EVENTS = st.lists(st.builds(Event, DATA, TEXTS, TEXTS), max_size=5)
SIZES = st.lists(st.integers(0, 9), max_size=40)
NOISE = ("", ":", ":data: no", ": \0", "retry: 10", "data : no", "Data: no", "no: 水", "x")


def forms(name: str, value: str) -> list[str]:
    """Return all ways to write a field."""
    bare = [name] if value == "" else []
    tight = [] if value.startswith(" ") else [f"{name}:{value}"]
    return [f"{name}: {value}", *tight, *bare]


@st.composite
def rendered(draw: st.DrawFn) -> tuple[list[Event], bytes]:
    """Return events, and a stream that contains them in one of the many possible forms."""
    events = draw(EVENTS)
    stream = draw(st.sampled_from(["", "\ufeff"]))
    last_id = ""

    def write(line: str) -> None:
        nonlocal stream
        end = draw(st.sampled_from(LINE_ENDS))
        # A line feed after a carriage return would not be a separate line.
        stream += line + ("\r\n" if stream.endswith("\r") and line + end == "\n" else end)

    def field(name: str, value: str) -> str:
        return draw(st.sampled_from(forms(name, value)))

    for event in events:
        lines = [field("data", line) for line in event.data.split("\n")]
        if event.event or draw(st.booleans()):
            lines.insert(draw(st.integers(0, len(lines))), field("event", event.event))
        if event.id != last_id or draw(st.booleans()):
            lines.insert(draw(st.integers(0, len(lines))), field("id", event.id))
        last_id = event.id
        for line in lines:
            if noise := draw(st.sampled_from(NOISE)):
                write(noise)
            write(line)
        for _ in range(draw(st.integers(1, 3))):
            write("")
    return events, stream.encode()


@given(rendered(), SIZES)
def test_events_are_read_in_any_form(written: tuple[list[Event], bytes], sizes: list[int]) -> None:
    """With all line breaks, comments, unknown fields and spaces, in any chunks."""
    events, stream = written
    assert parse([stream]) == (events, "")
    assert parse(cut(stream, sizes)) == (events, "")
    assert parse(each_byte(stream)) == (events, "")


PIECES = st.sampled_from(
    [
        *(b"\n", b"\n\n", b"\r", b"\r\n", b"\v", b"\0", b":", b" ", b"x", b"data: x\n"),
        *(b"data", b"event", b"id", BOM, BOM[:1], BOM[1:2], BOM[2:], b"\xff", "é\u2028".encode()),
    ]
)
STREAMS = st.lists(PIECES | st.binary(max_size=3), max_size=40).map(b"".join)


@given(STREAMS, SIZES, st.sampled_from([1, 2, 3, 7, 20, NO_LIMIT]))
@example(BOM, [2], 1)
@example(BOM[:2], [], 1)
def test_any_bytes_are_read_like_in_the_standard(
    stream: bytes, sizes: list[int], limit: int
) -> None:
    """The same events and errors as a slow reference parser, in any chunks."""
    events, fault = parse([stream], limit)
    assert (events, bool(fault)) == reference(stream, limit)
    assert parse(cut(stream, sizes), limit) == (events, fault)
    assert parse(each_byte(stream), limit) == (events, fault)


@pytest.mark.parametrize(
    ("begin", "more", "size", "chunk"),
    [
        pytest.param(b"data: ", b"x", 64 * KIB, 16, id="long data"),
        pytest.param(b"data: ", b"x", 8 * KIB, 1, id="long data byte by byte"),
        pytest.param(b"", b"x", 64 * KIB, 16, id="long line"),
        pytest.param(b"", b"data:x\n", 64 * KIB, KIB, id="many lines"),
        pytest.param(b"", b"data:x\n", 64 * KIB, MIB, id="many lines at once"),
        pytest.param(b"", b"data\r", 8 * KIB, 1, id="many lines byte by byte"),
        pytest.param(b"", b"data: x\n\n", 64 * KIB, MIB, id="events"),
        pytest.param(b"", b"id: 1\r\n", 64 * KIB, KIB, id="many ids"),
        pytest.param(b"", b": x\n", 64 * KIB, KIB, id="comments"),
        pytest.param(b"\r", b"\n", 64 * KIB, MIB, id="blank lines"),
    ],
)
def test_the_time_is_linear(begin: bytes, more: bytes, size: int, chunk: int) -> None:
    """16 times the bytes take about 16 times as long, not 256 times."""

    def seconds(stream: bytes) -> float:
        chunks = in_chunks(stream, chunk)
        began = time.process_time()
        parse(chunks)
        return time.process_time() - began

    short, long = (begin + more * (times * size // len(more)) for times in (1, 16))
    # Each ratio is of two consecutive runs, and the best one was least disturbed.
    ratios = (seconds(long) / seconds(short) for _ in range(5))
    assert any(ratio < 64 for ratio in ratios)


@pytest.mark.parametrize("size", [64 * KIB, 17 * MIB])
def test_a_large_event_is_read_completely(size: int) -> None:
    """In small and large chunks, with one line of 16 MiB or very many lines."""
    line = b"x" * (16 * MIB)
    (event,) = parse(in_chunks(b"data: " + line + b"\n\n", size))[0]
    assert event.data.encode() == line
    (event,) = parse(in_chunks(b"data:0123456789\n" * (MIB // 4) + b"\n", size))[0]
    assert event.data.encode() == (b"0123456789\n" * (MIB // 4))[:-1]


def peak(chunks: Iterable[bytes], limit: int) -> tuple[int, str]:
    """Return the peak memory of parsing a stream, and its error."""
    tracemalloc.start()
    try:
        _, fault = parse(chunks, limit)
        return tracemalloc.get_traced_memory()[1], fault
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "chunk",
    [
        b"x" * KIB,
        b":" * KIB,
        b"x: " + b"x" * KIB + b"\n",
        b"data:x\n" * 150,
        b"data: " + b"x" * KIB + b"\n",
        b"event: " + b"x" * KIB + b"\n",
    ],
    ids=["line", "comment", "unknown fields", "short data", "long data", "names"],
)
def test_memory_is_bounded(chunk: bytes) -> None:
    """An event that does not end is refused in time, with little memory above the limit."""
    took, fault = peak(repeat(chunk), MIB)
    assert fault == f"an event has more than {MIB} bytes"
    assert took < 1.5 * MIB


@pytest.mark.parametrize(
    "chunk",
    [b": ping\n" * 100, b"\n" * KIB, b"event: e\nid: 1\n\n" * 60, b": x\r\n"],
    ids=["comments", "blank lines", "no data", "slow comments"],
)
def test_a_stream_without_events_may_be_endless(chunk: bytes) -> None:
    """Its content takes no memory."""
    took, fault = peak(islice(repeat(chunk), 300), 16 * KIB)
    assert fault == ""
    assert took < 64 * KIB
