"""How a request is matched with a recorded one, and how a mismatch is explained."""

from pathlib import Path
from typing import Any

import pytest

from mistral_core import APIConnectionError, Cassette, Err, MistralCore, Request
from mistral_core.cassettes.cassette import Record
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import chat_complete

EMPTY: dict[str, Any] = {"data": []}
JSON = {"content-type": "application/json"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of the recording."""
    return tmp_path / "test.jsonl"


def request(
    body: bytes | None = None, query: str = "", *, method: str = "POST", **headers: str
) -> Request:
    """Return a POST request with a JSON body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    url = f"https://api.mistral.ai/v1/things{query}"
    return Request(method=method, url=url, path_template="/", headers=named or JSON, body=body)


def form(boundary: bytes, *parts: bytes) -> Request:
    """Return a request with a form body."""
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    kind = f"multipart/form-data; boundary={boundary.decode()}"
    return request(body + b"--" + boundary + b"--\r\n", content_type=kind)


def field(name: bytes, value: bytes, more: bytes = b"") -> bytes:
    """Return one part of a form."""
    return b'Content-Disposition: form-data; name="' + name + b'"' + more + b"\r\n\r\n" + value


PDF = field(b"file", b"%PDF\xff\r\n--no", b'; filename="a.pdf"\r\nContent-Type: application/pdf')

SAME: dict[str, tuple[Request, Request]] = {
    "JSON fields in another order": (
        request(b'{"a": 1, "b": {"c": [1, 2], "d": null}}'),
        request(b'{"b":{"d":null,"c":[1,2]},"a":1}'),
    ),
    "query parameters in another order": (
        request(query="?a=1&b=2&b=3"),
        request(query="?b=2&a=1&b=3"),
    ),
    "other boundaries and order of fields": (
        form(b"b1", field(b"purpose", b"ocr"), PDF),
        form(b"other", PDF, field(b"purpose", b"ocr")),
    ),
    "another idempotency key": (
        request(b'{"idempotency_key": "1", "a": 1}', idempotency_key="1"),
        request(b'{"idempotency_key": "2", "a": 1}', idempotency_key="2"),
    ),
    "another idempotency key in a form": (
        form(b"b", field(b"idempotency_key", b"1")),
        form(b"b", field(b"idempotency_key", b"2")),
    ),
    "another request id": (
        request(b'{"metadata": {"request_id": "1"}}', "?request_id=1", x_request_id="1"),
        request(b'{"metadata": {"request_id": "2"}}', "?request_id=2", x_request_id="2"),
    ),
    "other dates": (
        request(b'{"at": "2025-01-31T10:00:00.5Z"}', "?since=2025-01-31", date="Mon"),
        request(b'{"at": "2026-02-01 11:00:00+01:00"}', "?since=2026-02-01", date="Tue"),
    ),
    "other secrets in a form": (
        form(b"b", field(b"api_key", b"1"), field(b"name", b"n")),
        form(b"b", field(b"api_key", b"2"), field(b"name", b"n")),
    ),
    "other secrets": (request(b'{"secret": "a"}', "?key=a"), request(b'{"secret": "b"}', "?key=b")),
    "an ignored field": (request(b'{"seed": 1}', "?n=1"), request(b'{"seed": 2}', "?n=2")),
    "text": (request(b"a\nb", content_type="text/plain"), request(b"a\nb", accept="*/*")),
}

OTHER: dict[str, tuple[Request, Request, str]] = {
    "method": (request(), request(method="PUT"), "method: recorded 'POST', sent 'PUT'"),
    "value": (
        request(b'{"a": [1, {"b": "x"}]}'),
        request(b'{"a": [1, {"b": "y"}]}'),
        "body.a[1].b: recorded 'x', sent 'y'",
    ),
    "type": (request(b'{"a": 1}'), request(b'{"a": true}'), "body.a: recorded 1, sent True"),
    "missing field": (
        request(b'{"a": 1, "b": []}'),
        request(b'{"a": 1}'),
        "body.b: recorded [], sent nothing",
    ),
    "order of a list": (
        request(b"[1, 2]"),
        request(b"[2, 1]"),
        "body[0]: recorded 1, sent 2\n  body[1]: recorded 2, sent 1",
    ),
    "query": (request(query="?a="), request(query="?a=1"), "query.a[0]: recorded '', sent '1'"),
    "body": (request(b"a"), request(), "body: recorded 'a', sent nothing"),
    "file": (
        form(b"b", PDF),
        form(b"b", PDF.replace(b"no", b"yes")),
        "body[0].content: recorded 11 bytes, sent 12 bytes",
    ),
    "secret is not shown": (
        request(b'{"secret": "s3cr3t-value", "a": "s3cr3t-value"}'),
        request(b'{"secret": "s3cr3t-value", "b": "s3cr3t-value"}'),
        "body.a: recorded '***', sent nothing\n  body.b: recorded nothing, sent '***'",
    ),
    "many": (
        request(b"{}"),
        request(b"[" + b",".join([b"0"] * 30) + b"]"),
        "body[8]: recorded nothing, sent 0\n  and 21 more differences",
    ),
    "long": (
        request(b'{"a": "' + b"x" * 100 + b'"}'),
        request(b'{"a": 0}'),
        f"body.a: recorded '{'x' * 59}..., sent 0",
    ),
}


async def recorded(path: Path, *requests: Request, record: Record = "all") -> None:
    """Record these requests. Each response is the number of its request."""
    inner = ScriptedTransport(*(json_response(number) for number in range(len(requests))))
    with Cassette(path, record=record, transport=inner, ignore=["seed", "n"]) as cassette:
        for each in requests:
            await cassette.send(each)


async def replayed(path: Path, *requests: Request, **settings: Any) -> list[bytes]:
    """Replay requests, and return the responses."""
    with Cassette(path, ignore=["seed", "n"], **settings) as cassette:
        return [(await cassette.send(each)).body for each in requests]


@pytest.mark.parametrize("case", SAME)
async def test_equivalent_request_matches(case: str, path: Path) -> None:
    """Differences without meaning, such as the order of keys, are ignored."""
    first, second = SAME[case]
    await recorded(path, first)
    assert await replayed(path, second, strict=True) == [b"0"]


@pytest.mark.parametrize("case", OTHER)
async def test_different_request_is_refused(case: str, path: Path) -> None:
    """The error lists the differences."""
    first, second, difference = OTHER[case]
    await recorded(path, first)
    with pytest.raises(APIConnectionError) as caught:
        await replayed(path, second)
    assert caught.value.message.endswith(f"\n  {difference}")
    assert not caught.value.sent
    assert not caught.value.temporary


async def test_request_with_equal_dates_is_preferred(path: Path) -> None:
    """Recorded requests may differ only in their dates. Each of them is replayed once."""
    days = [request(query=f"?day=2025-01-0{number}") for number in (1, 2, 3)]
    await recorded(path, *days)
    assert await replayed(path, days[2], days[0], days[2]) == [b"2", b"0", b"1"]


async def test_equal_requests_are_replayed_in_recorded_order(path: Path) -> None:
    """Polling therefore observes the same steps."""
    await recorded(path, request(), request(), request())
    assert await replayed(path, request(), request(), request()) == [b"0", b"1", b"2"]


ONE, TWO, THREE = (request(b'{"n1": %d}' % number) for number in (1, 2, 3))

UNKNOWN: dict[str, tuple[bool, list[Request], str]] = {
    "nearest": (
        False,
        [request(b'{"n1": 2, "more": 1}')],
        (
            "`POST /v1/things` matches no unplayed request in PATH. The nearest recorded one is"
            " request 2, `POST /v1/things`:\n  body.more: recorded nothing, sent 1"
        ),
    ),
    "played": (
        False,
        [ONE, ONE],
        (
            "`POST /v1/things` matches no unplayed request in PATH. It equals request 1,"
            " `POST /v1/things`, which has been replayed already."
        ),
    ),
    "later": (
        True,
        [ONE, THREE],
        (
            "`POST /v1/things` is not the next request in PATH: that is request 2,"
            " `POST /v1/things`. It equals request 3, `POST /v1/things`, which comes later."
        ),
    ),
    "after the end": (
        True,
        [ONE, TWO, THREE, request(b"{}")],
        "`POST /v1/things` is not the next request in PATH: all have been replayed. The nearest",
    ),
}


@pytest.mark.parametrize("case", UNKNOWN)
async def test_unknown_request_is_explained(case: str, path: Path) -> None:
    """The error shows the nearest recorded request, and why it was not replayed."""
    strict, requests, message = UNKNOWN[case]
    await recorded(path, ONE, TWO, THREE)
    with pytest.raises(APIConnectionError) as caught:
        await replayed(path, *requests, strict=strict)
    assert caught.value.message.replace(str(path), "PATH").startswith(message)


async def test_unknown_request_is_an_err_of_the_call(path: Path) -> None:
    """The error is not retried, and its message is readable when printed."""
    inner = ScriptedTransport(json_response(EMPTY))
    with Cassette(path, record="all", transport=inner) as cassette:
        await chat_complete(
            MistralCore(transport=cassette), model="m", messages=[{"role": "user", "content": "Hi"}]
        )
    with Cassette(path) as cassette:
        result = await chat_complete(
            MistralCore(transport=cassette), model="m", messages=[{"role": "user", "content": "Ho"}]
        )
    assert isinstance(result, Err)
    assert result.call.attempts == 1
    assert "body.messages[0].content: recorded 'Hi', sent 'Ho'" in str(result.error)


async def test_order_only_matters_if_it_is_strict(path: Path) -> None:
    """Requests that were not replayed are in `unplayed`."""
    await recorded(path, ONE, TWO)
    assert await replayed(path, TWO, ONE) == [b"1", b"0"]
    with Cassette(path, strict=True) as cassette:
        await cassette.send(ONE)
        assert cassette.unplayed == ("POST /v1/things",)
