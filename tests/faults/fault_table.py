"""Each fault by name, with the outcome of a call that meets it.

A row is a behavior of the server, and the outcome of one attempt to list the models. `limits` are
the time limits of the attempt.
"""

import gzip
import json
import zlib
from typing import Any, TypeAlias

import attrs

from mistral_core import (
    APIConnectionError,
    Failure,
    HTTPValidationError,
    Ok,
    RequestTimeoutError,
    ResponseValidationError,
    SDKError,
)
from tests.faults import fault_server as server
from tests.faults.fault_server import GOOD, Behaviour, chunked, drips, http, says

Outcome: TypeAlias = type[Ok[Any]] | type[Failure]


@attrs.frozen
class Row:
    """A fault and its outcome.

    Attributes:
        behaviour: What the server does.
        outcome: `Ok`, or the class of the error; either, where versions of aiohttp differ.
        facts: Required attributes of the error.
        says: Required part of its message.
    """

    behaviour: Behaviour
    outcome: Outcome | tuple[Outcome, Outcome]
    facts: dict[str, object] = attrs.field(factory=dict[str, object])
    says: str = ""


CUT: dict[str, object] = {"sent": True, "retryable": True}
STATUSES = (
    *(400, 401, 403, 404, 405, 407, 408, 409, 410, 413, 429, 451, 499),
    *(500, 501, 502, 503, 504, 520, 599),
)
FAULTS: dict[str, Row] = {
    # connections
    "hangs up at once": Row(server.hang_up_at_once, APIConnectionError, CUT),
    "resets at once": Row(server.reset_at_once, APIConnectionError, CUT),
    "resets after the request": Row(server.reset_after_the_request, APIConnectionError, CUT),
    "resets in the body": Row(server.reset_in_the_body, APIConnectionError, CUT),
    "hangs up after the request": Row(says(), APIConnectionError, CUT),
    # time
    "silence": Row(server.silence, RequestTimeoutError, {"phase": "total"}),
    "headers, a byte at a time": Row(
        drips(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"), RequestTimeoutError, {"phase": "total"}
    ),
    "a body, a byte at a time": Row(
        drips(http(b"", "Content-Length: 10000", length=False), b" "),
        RequestTimeoutError,
        {"phase": "total"},
    ),
    "endless 1xx": Row(
        drips(b"", b"HTTP/1.1 102 Processing\r\n\r\n"), RequestTimeoutError, {"phase": "total"}
    ),
    "endless fast 1xx": Row(
        drips(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000, 0),
        RequestTimeoutError,
        {"phase": "total"},
    ),
    "an endless slow body": Row(
        drips(http(b"", length=False), b" " * 100), RequestTimeoutError, {"phase": "total"}
    ),
    # size
    "an endless fast body": Row(
        drips(http(b"", length=False), b" " * 2**16, 0),
        ResponseValidationError,
        says="max_response_bytes",
    ),
    "endless chunks": Row(
        drips(chunked(end=b""), b"10000\r\n" + b" " * 2**16 + b"\r\n", 0),
        ResponseValidationError,
        says="max_response_bytes",
    ),
    "a gzip bomb": Row(
        says(http(server.bomb(64 * 2**20), "Content-Encoding: gzip")),
        ResponseValidationError,
        says="max_response_bytes",
    ),
    "an error that is a gzip bomb": Row(
        says(http(server.bomb(64 * 2**20), "Content-Encoding: gzip", status="500 Oops")),
        SDKError,
        {"status": 500},
    ),
    "a length beyond the limit": Row(
        says(http(b" " * 5_000_000)), ResponseValidationError, says="max_response_bytes"
    ),
    # invalid or incomplete HTTP
    "garbage": Row(says(b"\x00\xff\xfegarbage\r\n\r\n"), APIConnectionError, CUT),
    "another protocol": Row(says(b"SSH-2.0-OpenSSH_9.2\r\n"), APIConnectionError, CUT),
    "TLS where HTTP should be": Row(says(b"\x15\x03\x01\x00\x02\x02\x46"), APIConnectionError, CUT),
    "HTTP/2": Row(says(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), APIConnectionError, CUT),
    "half a status line": Row(says(b"HTTP/1.1 2"), APIConnectionError, CUT),
    "half of the headers": Row(says(b"HTTP/1.1 200 OK\r\nContent-Ty"), APIConnectionError, CUT),
    "a status that is not a number": Row(says(b"HTTP/1.1 abc OK\r\n\r\n"), APIConnectionError, CUT),
    "a status of four digits": Row(says(http(status="2000 OK")), APIConnectionError, CUT),
    "a header of a megabyte": Row(says(http(GOOD, "X-Long: " + "x" * 2**20)), APIConnectionError),
    "a header without a name": Row(says(http(GOOD, ": x")), APIConnectionError, CUT),
    "a NUL in a header": Row(says(http(GOOD, "X-Nul: a\0b")), (Ok, APIConnectionError)),
    "a length that is not a number": Row(
        says(http(GOOD, "Content-Length: ten", length=False)), APIConnectionError, CUT
    ),
    "a negative length": Row(
        says(http(GOOD, "Content-Length: -1", length=False)), APIConnectionError, CUT
    ),
    "two lengths": Row(says(http(GOOD, "Content-Length: 5")), APIConnectionError, CUT),
    "a body shorter than its length": Row(says(http()[:-5]), APIConnectionError, CUT),
    "a body longer than its length": Row(says(http() + b"more"), APIConnectionError, CUT),
    "truncated chunks": Row(says(chunked(GOOD, end=b"")), APIConnectionError, CUT),
    "chunks of no size": Row(says(chunked(end=b"zz\r\n")), APIConnectionError, CUT),
    "chunks": Row(says(chunked(GOOD[:10], GOOD[10:])), Ok),
    "no length, and a close": Row(says(http(length=False)), Ok),
    "HTTP/1.0": Row(says(b"HTTP/1.0 200 OK\r\n\r\n" + GOOD), Ok),
    "a 100 before the response": Row(says(b"HTTP/1.1 100 Continue\r\n\r\n", http()), Ok),
    # encodings
    "gzip": Row(says(http(gzip.compress(GOOD), "Content-Encoding: gzip")), Ok),
    "deflate": Row(says(http(zlib.compress(GOOD), "Content-Encoding: deflate")), Ok),
    "invalid gzip": Row(says(http(GOOD, "Content-Encoding: gzip")), APIConnectionError, CUT),
    "truncated gzip": Row(
        says(http(gzip.compress(GOOD)[:-12], "Content-Encoding: gzip")), ResponseValidationError
    ),
    "an unknown encoding": Row(says(http(GOOD, "Content-Encoding: rot13")), Ok),
    # invalid or unusual JSON
    "an empty body": Row(says(http(b"")), ResponseValidationError, {"path": "$"}),
    "204 without a body": Row(
        says(http(b"", status="204 No Content", length=False)),
        ResponseValidationError,
        {"status": 204},
    ),
    "white space": Row(says(http(b" \n ")), ResponseValidationError),
    "HTML": Row(
        says(http(b"<html>Sign in</html>", content_type="text/html")), ResponseValidationError
    ),
    "truncated JSON": Row(says(http(GOOD[:-3])), ResponseValidationError),
    "JSON with trailing data": Row(says(http(GOOD + b"x")), ResponseValidationError),
    "not UTF-8": Row(says(http(b'{"data": "\xff"}')), ResponseValidationError),
    "UTF-16": Row(says(http(GOOD.decode().encode("utf-16"))), ResponseValidationError),
    "a byte order mark": Row(says(http(b"\xef\xbb\xbf" + GOOD)), Ok),
    "NaN": Row(says(http(b'{"data": [], "x": NaN}')), ResponseValidationError, says="NaN"),
    "infinity": Row(says(http(b'{"data": [], "x": -Infinity}')), ResponseValidationError),
    "brackets 100,000 deep": Row(says(http(b"[" * 100_000)), ResponseValidationError),
    "a number of 10,000 digits": Row(
        says(http(b'{"data": [], "x": ' + b"1" * 10_000 + b"}")), ResponseValidationError
    ),
    "a repeated key": Row(says(http(b'{"data": 1, "data": []}')), Ok),
    "null": Row(says(http(b"null")), ResponseValidationError, says="got null"),
    "a string": Row(says(http(b'"models"')), ResponseValidationError, says="got a string"),
    "a list of other items": Row(
        says(http(b'{"data": {"a": 1}}')), ResponseValidationError, {"path": "$.data"}
    ),
    "one bad item among good ones": Row(
        says(http(json.dumps({"data": [server.MODEL, None, {"id": 1}]}).encode())), Ok
    ),
    "no content type": Row(says(http(content_type=None)), Ok),
    "the wrong content type": Row(says(http(content_type="text/plain; charset=latin-1")), Ok),
    "201": Row(says(http(status="201 Created")), Ok),
    # redirects
    "an endless redirect to itself": Row(
        says(http(b"", "Location: /v1/models", status="302 Found")), SDKError, {"status": 302}
    ),
    "a redirect to another server": Row(
        says(http(b"", "Location: http://203.0.113.1/v1/models", status="307 Elsewhere")),
        SDKError,
        {"status": 307},
        says="redirects to http://203.0.113.1/v1/models, which is not followed",
    ),
    "a redirect to nowhere": Row(says(http(b"", status="301 Moved")), SDKError, {"status": 301}),
    "a redirect to an invalid URL": Row(
        says(http(b"", "Location: http://[", status="301 Moved")), SDKError, {"status": 301}
    ),
    "304": Row(says(http(b"", status="304 Not Modified")), SDKError, {"status": 304}),
    # errors of the server
    "the key in an error": Row(server.echo_the_request, SDKError, {"status": 400}),
    "the key in a success": Row(server.echo_in_a_success, ResponseValidationError),
    "422 with HTML": Row(
        says(http(b"<title>No</title>", status="422 No")),
        HTTPValidationError,
        {"detail": ()},
        says="An HTML page: No",
    ),
    **{
        f"{status} with {kind}": Row(
            says(http(body, status=f"{status} Error")), SDKError, {"status": status}
        )
        for status in STATUSES
        for kind, body in (("nothing", b""), ("HTML", b"<p>"), ("JSON", b'{"message": "no"}'))
    },
}
