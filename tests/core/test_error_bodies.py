"""Error responses: every shape that servers send is read, and no shape fails."""

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from mistral_core import Headers, HTTPValidationError, Response, SDKError
from mistral_core.http.text import UNSAFE
from mistral_core.response.error_bodies import read_error

DETAIL = [
    {
        "type": "missing",
        "loc": ["body", "model"],
        "msg": "Field required",
        "input": {},
        "ctx": {"a": 1},
    }
]
FACTS = ("message", "type", "code", "param", "request_id")


def read(status: int, body: Any, **headers: str) -> SDKError | HTTPValidationError:
    """Read an error from a response with this body, JSON unless it is bytes."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = [(name.replace("_", "-"), text) for name, text in headers.items()]
    return read_error(Response(status, Headers(named), raw))


@pytest.mark.parametrize(
    ("status", "body", "facts"),
    [
        (401, {"detail": "Unauthorized"}, ("Unauthorized", None, None, None, None)),
        (
            401,
            {"message": "Unauthorized", "request_id": "r"},
            ("Unauthorized", None, None, None, "r"),
        ),
        (
            403,
            {
                "object": "error",
                "message": "No.",
                "type": "tier_not_allowed",
                "param": None,
                "code": "1910",
            },
            ("No.", "tier_not_allowed", "1910", None, None),
        ),
        (
            404,
            {"message": "no Route matched with those values", "request_id": "r"},
            ("no Route matched with those values", None, None, None, "r"),
        ),
        (
            404,
            {"message": "No file matches the given query."},
            ("No file matches the given query.", *[None] * 4),
        ),
        (404, {"detail": "Not Found"}, ("Not Found", *[None] * 4)),
        (422, {"detail": DETAIL}, ("body.model: Field required", *[None] * 4)),
        (422, {"detail": "text"}, ("text", *[None] * 4)),
        (
            422,
            {
                "object": "error",
                "message": {"detail": DETAIL},
                "type": "invalid_request_error",
                "param": None,
                "code": None,
            },
            ("body.model: Field required", "invalid_request_error", None, None, None),
        ),
        (
            422,
            {"message": json.dumps({"detail": DETAIL}), "type": "invalid", "code": 1000},
            ("body.model: Field required", "invalid", "1000", None, None),
        ),
        (422, {"message": json.dumps(DETAIL)}, ("body.model: Field required", *[None] * 4)),
        (
            400,
            {
                "detail": "Invalid file",
                "description": "Found 1 error",
                "errors": [{"message": "no role", "line_number": 3}, {"message": "short"}, 7],
            },
            ("Invalid file: Found 1 error (line 3: no role; short)", *[None] * 4),
        ),
        (
            404,
            {"detail": {"message": "No such dataset", "error_code": "DATASET_NOT_FOUND"}},
            ("No such dataset", None, "DATASET_NOT_FOUND", None, None),
        ),
        (500, {"detail": {"message": "m", "error_code": None}}, ("m", *[None] * 4)),
        (200, {"error": "m", "reason": "read_error"}, ("m", "read_error", None, None, None)),
        (
            200,
            b'{"error": "Lost\nthe broker", "reason": "stream_error"}',
            ("Lost the broker", "stream_error", None, None, None),
        ),
        (
            400,
            {"message": "m", "type": "t", "reason": "r", "code": "1", "error_code": "2"},
            ("m", "t", "1", None, None),
        ),
        (400, {"description": "Alone"}, ("Alone", *[None] * 4)),
        (
            400,
            {"message": "m", "type": "invalid_model", "param": "model", "code": "1500"},
            ("m", "invalid_model", "1500", "model", None),
        ),
        (
            429,
            {
                "object": "error",
                "message": "Rate limit exceeded",
                "type": "rate_limited",
                "param": None,
                "code": "1300",
                "raw_status_code": 429,
            },
            ("Rate limit exceeded", "rate_limited", "1300", None, None),
        ),
        (
            429,
            {"message": "Requests rate limit exceeded"},
            ("Requests rate limit exceeded", *[None] * 4),
        ),
        (
            503,
            {"message": "m", "type": "service_tier_capacity_exceeded", "code": "3505"},
            ("m", "service_tier_capacity_exceeded", "3505", None, None),
        ),
        (
            500,
            {"error": {"message": "m", "type": "t", "code": 7, "param": "p"}},
            ("m", "t", "7", "p", None),
        ),
        (500, {"error": "m"}, ("m", *[None] * 4)),
        (500, {"detail": {"message": "m"}}, ("m", *[None] * 4)),
        (500, {"detail": ["a", "b"]}, ("a; b", *[None] * 4)),
        (
            500,
            {"type": "about:blank", "title": "Oops", "detail": "Why", "status": 500},
            ("Why", "about:blank", None, None, None),
        ),
        (500, {"title": "Oops"}, ("Oops", *[None] * 4)),
        (500, [{"msg": "m"}], ("m", *[None] * 4)),
        (500, "text", ("text", *[None] * 4)),
        (500, {}, ("{}", *[None] * 4)),
        (500, b"", ("The response has no body", *[None] * 4)),
        (500, b"\xff\xfe", ("\ufffd\ufffd", *[None] * 4)),
        (
            502,
            b"<html><TITLE>502\n Bad Gateway</title>",
            ("An HTML page: 502 Bad Gateway", *[None] * 4),
        ),
        (500, b"\xef\xbb\xbf" + b'{"message": "m"}', ("m", *[None] * 4)),
        (500, b'{"message": "m"', ('{"message": "m"', *[None] * 4)),
        (500, b"a\x1b[31m\nb\x00", ("a\\x1b[31m b\\x00", *[None] * 4)),
        (500, b"x" * 300, ("x" * 200 + "...", *[None] * 4)),
        (500, {"message": "x" * 3000}, ("x" * 2000 + "...", *[None] * 4)),
        (500, {"message": "m", "code": True, "type": ""}, ("m", *[None] * 4)),
    ],
)
def test_each_known_shape_is_read(status: int, body: Any, facts: tuple[str | None, ...]) -> None:
    """Message, type, code, param and request id."""
    error = read(status, body)
    assert tuple(getattr(error, name) for name in FACTS) == facts
    assert isinstance(error, HTTPValidationError if status == 422 else SDKError)
    assert error.status == status


def test_validation_errors_are_listed() -> None:
    """As the API sends them."""
    error = read(422, {"detail": [*DETAIL, {"msg": "m", "loc": "?", "ctx": 1}, {"loc": []}, "x"]})
    assert isinstance(error, HTTPValidationError)
    first, second = error.detail
    assert (first.loc, first.msg, first.type) == (("body", "model"), "Field required", "missing")
    assert (first.input, first.ctx) == ({}, {"a": 1})
    assert (second.loc, second.type, second.ctx) == ((), "", None)


def test_the_request_id_of_a_header_takes_precedence() -> None:
    """Responses without a body have it too."""
    assert read(500, {"request_id": "body"}, mistral_correlation_id="header").request_id == "header"
    assert read(500, b"", x_kong_request_id="kong").request_id == "kong"


def test_a_redirect_reports_its_target() -> None:
    """Redirects to other servers are not followed."""
    error = read(302, b"", location="https://elsewhere.example")
    assert (
        error.message == "The server redirects to https://elsewhere.example, which is not followed"
    )


PAGE = """<!DOCTYPE html>
<!--[if lt IE 7]> <html class="no-js ie6 oldie" lang="en-US"> <![endif]-->
<head>
<title>api.mistral.ai | {title}</title>
<meta charset="UTF-8" />
</head>
<body>
<div id="cf-error-details" class="p-0">
  <h1 class="inline-block"><span class="inline-block">Error</span>
    <span class="code-label">Error code {status}</span></h1>
  <h2 class="text-3xl font-normal leading-1.3 mb-4">What happened?</h2>
  <p>{explanation}</p>
  <h2 class="text-3xl font-normal leading-1.3 mb-4">What can I do?</h2>
  <p>Please try again in a few minutes.</p>
  <span>Cloudflare Ray ID: <strong>7f0</strong></span>
</div>
</body>"""


@pytest.mark.parametrize(
    ("status", "title", "explanation"),
    [
        (520, "520: Web server is returning an unknown error", "There is an unknown issue."),
        (522, "522: Connection timed out", "Cloudflare&#39;s network &amp; the origin timed out."),
        (524, "524: A timeout occurred", "The origin web server timed out responding."),
    ],
)
def test_a_page_of_cloudflare_is_summarized(status: int, title: str, explanation: str) -> None:
    """The title and the explanation, as a reader sees them."""
    page = PAGE.format(status=status, title=title, explanation=explanation)
    error = read(status, page.encode(), content_type="text/html")
    read_by_people = explanation.replace("&#39;", "'").replace("&amp;", "&")
    assert error.message == f"An HTML page: api.mistral.ai | {title}. {read_by_people}"
    assert isinstance(error, SDKError)
    assert error.retryable


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (302, b"", {"location": "https://user:pa55w0rd@elsewhere.example/"}),
        (502, b"No route to http://user:pa55w0rd@10.0.0.1:3128.", {}),
        (502, b"<title>http://user:pa55w0rd@10.0.0.1 is down</title>", {}),
        (500, {"message": "cannot fetch ftp://user:pa55w0rd@files.example/a.pdf"}, {}),
        (422, {"detail": [{"loc": ["url"], "msg": "is http://user:pa55w0rd@x.example"}]}, {}),
        (500, {"message": " " * 1990 + "http://user:pa55w0rd@files.example/a.pdf"}, {}),
    ],
)
def test_a_password_in_a_url_is_not_shown(status: int, body: Any, headers: dict[str, str]) -> None:
    """Wherever the URL occurs."""
    error = read(status, body, **headers)
    assert "pa55" not in str(error)
    assert "user" not in error.message


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(
                [
                    "message",
                    "detail",
                    "error",
                    "errors",
                    "code",
                    "msg",
                    "loc",
                    "description",
                    "line_number",
                ]
            )
            | st.text(),
            inner,
        )
    ),
    max_leaves=15,
)


@given(
    body=st.binary() | JSON.map(lambda value: json.dumps(value).encode()),
    status=st.integers(300, 999),
)
def test_any_body_is_read(body: bytes, status: int) -> None:
    """Nothing is raised, the body is kept, and the message is one line."""
    error = read(status, body)
    assert error.body == body
    assert error.status == status
    assert not UNSAFE.search(error.message)
    assert "\n" not in error.message
    assert len(str(error)) < 10_000
