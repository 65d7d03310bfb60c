"""The request that the facts require for a call, as another client would send it."""

import json
from collections.abc import Iterator, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, final
from urllib.parse import parse_qsl, quote, urlsplit

import attrs

from mistral_core import Request
from tests.contract.calls import Given, text_of
from tests.contract.facts.stored import response_type

ACCEPT = {"JSON": "application/json", "Events": "text/event-stream"}
"""Accepted media types by kind of response. Other kinds accept their own media type."""


@final
@attrs.frozen
class Sent:
    """The parts of a request.

    Attributes:
        method: The HTTP method.
        path: The path, percent-encoded.
        query: The pairs of the query, sorted.
        headers: The headers with the content type and the accepted type.
        body: The value of a JSON body, or the sorted fields of a form; `None` without a body.
    """

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: Any


def expected(theirs: Mapping[str, Any], call: list[Given], accept: str) -> Sent:
    """Return the required request."""
    method, _, path = theirs["endpoint"].partition(" ")
    sent = [each for each in call if each.is_sent]
    for each in (each for each in sent if each.place == "path"):
        path = path.replace(f"{{{each.field.name}}}", quote(text_of(each.value), safe=PATH_SAFE))
    headers = {
        "accept": ACCEPT.get(response_type(theirs)[1], accept),
        "authorization": "Bearer key",
    }
    headers |= {each.field.name: text_of(each.value) for each in sent if each.place == "header"}
    constants = theirs.get("constants", {})
    body: Any = None
    if "json" in theirs:
        body = constants | {each.field.name: each.value for each in sent if each.place == "json"}
    elif "form" in theirs:
        pairs = [pair for each in sent if each.place == "form" for pair in _form_pairs(each)]
        body = sorted(
            [*pairs, *((name, text_of(value).encode()) for name, value in constants.items())]
        )
    elif "body" in theirs:
        body = next((each.value for each in sent if each.place == "body"), None)
    if "form" in theirs:
        headers["content-type"] = "multipart/form-data"
    elif body is not None:
        headers["content-type"] = "application/json"
    as_json = theirs.get("json_text", ())
    query = [
        pair
        for each in sent
        if each.place == "query"
        for pair in (
            [(each.field.name, text_of(each.value))] if each.field.name in as_json else each.texts
        )
    ]
    return Sent(method, path, sorted(query), headers, body)


PATH_SAFE = ":@!$&'()*+,;="
"""Characters of a path segment that are not escaped, besides letters, digits and `-._~`."""


def _form_pairs(given: Given) -> Iterator[tuple[str, bytes]]:
    if isinstance(given.value, bytes):
        yield given.field.name, given.value
    else:
        for name, text in given.texts:
            yield name, text.encode()


async def taken_apart(request: Request, headers: list[str]) -> Sent:
    """Return the parts of a sent request, with these of its headers."""
    target = urlsplit(request.url)
    assert request.authorization is not None
    kept = {name: request.headers.get(name, "") for name in headers if name != "authorization"}
    kept["authorization"] = request.authorization.reveal()
    content_type = kept.get("content-type", "")
    body: Any = request.body
    if body is not None and not isinstance(body, bytes):
        content = b"".join([chunk async for chunk in body])
        kept["content-type"] = content_type.partition(";")[0]
        body = sorted(_parts(content_type, content))
    elif body is not None:
        body = json.loads(body)
    return Sent(request.method, target.path, sorted(parse_qsl(target.query)), kept, body)


def _parts(content_type: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    head = f"content-type: {content_type}\r\n\r\n".encode()
    message = message_from_bytes(head + content, _class=EmailMessage, policy=policy.HTTP)
    for part in message.iter_parts():
        assert isinstance(part, EmailMessage)
        name = part.get_param("name", header="content-disposition")
        value = part.get_payload(decode=True)
        assert isinstance(value, bytes)
        yield str(name), value
