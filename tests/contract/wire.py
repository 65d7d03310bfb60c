"""What the facts say a call sends: the request as another client would write it."""

import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, TypeAlias, cast, final
from urllib.parse import parse_qsl, quote, urlsplit

import attrs

import mistral_funcs
from mistral_core import Failure, MistralCore, Request, RequestOptions, Result
from tests.contract.examples import DATE, Examples
from tests.contract.exceptions import EXCEPTIONS
from tests.contract.facts.notation import members
from tests.contract.facts.stored import PLACES, Facts, Field, fields, response_type

ACCEPT = {"JSON": "application/json", "Events": "text/event-stream"}
"""The media type that each kind of response is requested as; others ask for what they are."""


JSONObject: TypeAlias = dict[str, Any]


@final
@attrs.frozen
class Given:
    """A parameter of a call, with the value that it has.

    Attributes:
        place: Its place in the request.
        field: What the facts say about it.
        value: Its value, as JSON has it.
    """

    place: str
    field: Field
    value: Any

    @property
    def is_sent(self) -> bool:
        """Whether it is on the wire: only JSON has a `null`."""
        return self.value is not None or (self.place == "json" and self.field.is_nullable)

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """Return the pairs of a query or a form: lists repeat the name, objects are JSON.

        In a query, an object is a pair for each of its keys.
        """
        name, value = self.field.name, self.value
        if isinstance(value, dict) and self.place == "query":
            yield from ((key, _text(each)) for key, each in cast("JSONObject", value).items())
        elif isinstance(value, list):
            yield from ((name, _text(each)) for each in cast("list[object]", value))
        else:
            yield name, _text(self.value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def parameters(name: str, theirs: Mapping[str, Any]) -> Iterator[tuple[str, Field]]:
    """Return the parameters of an operation, each with its place."""
    for place in PLACES:
        for field in fields(theirs.get(place, {})).values():
            if (name, f"{place}.{field.name}", "parameter") not in EXCEPTIONS:
                optional = (name, field.name, "required") not in EXCEPTIONS
                yield place, field if optional else attrs.evolve(field, required=True)
    if "body" in theirs:
        yield "body", Field("body", theirs["body"], required=True)


def example_calls(name: str, examples: Examples, *, every: bool = True) -> Iterator[list[Given]]:
    """Return calls of an operation which together have every kind of value of each parameter.

    Args:
        name: The operation.
        examples: What makes the values.
        every: Whether all parameters are there, or only those that are required.
    """
    values = [
        (place, field, [*examples.all_of(field.type)])
        for place, field in parameters(name, examples.facts.operations[name])
        if every or field.required
    ]
    for number in range(max((len(kinds) for _, _, kinds in values), default=1)):
        yield [Given(place, field, kinds[number % len(kinds)]) for place, field, kinds in values]


def example_call(name: str, examples: Examples, *, none: bool = False) -> list[Given]:
    """Return a call with the parameters that are required, and the others as `None` or not."""
    call = next(example_calls(name, examples, every=none))
    return [
        each if each.field.required else Given(each.place, each.field, None)
        for each in call
        if none or each.field.required
    ]


def calling(
    name: str, facts: Facts, *, options: RequestOptions | None = None
) -> Callable[..., Awaitable[Result[Any, Failure]]]:
    """Return a function that makes a call with a client and the values of its parameters."""
    function = getattr(mistral_funcs, name)
    renamed = facts.operations[name].get("arguments", {})

    async def call(
        client: MistralCore, values: Iterable[tuple[Given, Any]]
    ) -> Result[Any, Failure]:
        given = [*values]
        ids = [value for each, value in given if each.place == "path"]
        named = {
            renamed.get(each.field.name, each.field.name): value
            for each, value in given
            if each.place != "path"
        }
        result: Result[Any, Failure] = await function(client, *ids, **named, options=options)
        return result

    return call


def argument(given: Given) -> Any:
    """Return what a caller passes for a parameter."""
    is_date = isinstance(given.value, str) and DATE in members(given.field.type)
    return datetime.fromisoformat(given.value) if is_date else given.value


@final
@attrs.frozen
class Sent:
    """A request, taken apart.

    Attributes:
        method: The HTTP method.
        path: The path, percent-encoded.
        query: The pairs of the query, sorted.
        headers: The headers that say what is sent and what is wanted.
        body: The value of a JSON body, or the sorted fields of a form; `None` without a body.
    """

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: Any


def expected(theirs: Mapping[str, Any], call: list[Given], accept: str) -> Sent:
    """Return the request that the facts say."""
    method, _, path = theirs["endpoint"].partition(" ")
    sent = [each for each in call if each.is_sent]
    for each in (each for each in sent if each.place == "path"):
        path = path.replace(f"{{{each.field.name}}}", quote(_text(each.value), safe=PATH_SAFE))
    headers = {
        "accept": ACCEPT.get(response_type(theirs)[1], accept),
        "authorization": "Bearer key",
    }
    headers |= {each.field.name: _text(each.value) for each in sent if each.place == "header"}
    constants = theirs.get("constants", {})
    body: Any = None
    if "json" in theirs:
        body = constants | {each.field.name: each.value for each in sent if each.place == "json"}
    elif "form" in theirs:
        pairs = [pair for each in sent if each.place == "form" for pair in _form_pairs(each)]
        body = sorted(
            [*pairs, *((name, _text(value).encode()) for name, value in constants.items())]
        )
    elif "body" in theirs:
        (body,) = (each.value for each in sent if each.place == "body")
    if "json" in theirs or "body" in theirs:
        headers["content-type"] = "application/json"
    elif "form" in theirs:
        headers["content-type"] = "multipart/form-data"
    as_json = theirs.get("json_text", ())
    query = [
        pair
        for each in sent
        if each.place == "query"
        for pair in (
            [(each.field.name, json.dumps(each.value))]
            if each.field.name in as_json
            else each.texts
        )
    ]
    return Sent(method, path, sorted(query), headers, body)


PATH_SAFE = ":@!$&'()*+,;="
"""What a segment of a path contains unescaped, beside letters, digits and `-._~`."""


def _form_pairs(given: Given) -> Iterator[tuple[str, bytes]]:
    if isinstance(given.value, bytes):
        yield given.field.name, given.value
    else:
        for name, text in given.texts:
            yield name, text.encode()


async def taken_apart(request: Request, headers: list[str]) -> Sent:
    """Return a request that was sent, with these of its headers."""
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
