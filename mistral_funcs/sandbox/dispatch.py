"""Respond to a request in the order described in `routing`."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import attrs

from mistral_core import Response
from mistral_core.http.chunks import Chunks
from mistral_core.http.headers import Headers
from mistral_core.structuring.converter import converter
from mistral_core.testing import json_response
from mistral_funcs.sandbox.argument_types import members_of
from mistral_funcs.sandbox.bulk_rule import bulk_of, respond_to_bulk
from mistral_funcs.sandbox.collection_rule import (
    Collection,
    change,
    collection_at,
    create_member,
    delete_member,
    find,
    get_member,
    list_members,
    respond_with_page,
    update_member,
)
from mistral_funcs.sandbox.event_streams import END, event_of, event_response
from mistral_funcs.sandbox.examples import example
from mistral_funcs.sandbox.paging import SELECTORS
from mistral_funcs.sandbox.registry import behavior_of, select
from mistral_funcs.sandbox.request_arguments import Arguments, read_arguments
from mistral_funcs.sandbox.routing import Incoming, Route, load
from mistral_funcs.sandbox.rules import ELSEWHERE, VERBS
from mistral_funcs.sandbox.state import State

Rule: TypeAlias = Callable[[State, Collection, Route, Mapping[str, str], Arguments], Any]

CONTENT = b"An example of the sandbox."
"""The content of every file that no behavior provides."""


def respond(state: State, route: Route, request: Incoming) -> Response:
    """Respond to a request.

    Raises:
        RefusalError: The request is refused.
    """
    value = value_of(state, route, request)
    if isinstance(value, Response):
        return value
    if value is None:
        return Response(204)
    return json_response(value)


def value_of(state: State, route: Route, request: Incoming) -> Any:
    """Return the JSON value of a response, a complete response, or `None` for no content.

    Raises:
        RefusalError: The request is refused.
    """
    value = _value(state, route, request)
    return value if isinstance(value, Response) else converter.unstructure(value)


def _value(state: State, route: Route, request: Incoming) -> Any:
    behavior = behavior_of(route.method, route.template, route.module)
    if behavior is None:
        return _respond_by_rule(state, route, request)
    asked = read_arguments(route.operation, request)
    extra = {"request": request, "arguments": asked.values, "stream": asked.stream}
    return behavior(state, **select(behavior, {**extra, **asked.values}))


def _respond_by_rule(state: State, route: Route, request: Incoming) -> Any:
    asked = read_arguments(route.operation, request)
    stream = asked.stream or "text/event-stream" in request.headers.get("accept", "")
    owner: Mapping[str, Any] = {}
    owners = [*_owners(route.shape)]
    for collection in owners:
        owner = find(state, collection, request.path)
    elsewhere = ELSEWHERE.get(route.shape)
    if elsewhere and (target := collection_at(elsewhere)):
        path: Mapping[str, str] = request.path if "{}" in target.shape else {}
        asked = attrs.evolve(asked, sent={**request.path, **asked.sent})
        return HERE[route.method](state, target, route, path, asked)
    if route.method in {"POST", "PUT"} and (bulk := bulk_of(route, asked)):
        return respond_to_bulk(state, route, *bulk, asked)
    here, of_member = collection_at(route.shape), _collection_of(route.shape)
    if here and route.method in HERE and not (stream and route.streaming):
        return HERE[route.method](state, here, route, request.path, asked)
    if of_member and route.method in MEMBER:
        return MEMBER[route.method](state, of_member, route, request.path, asked)
    effect = VERBS.get((route.method, route.template.rpartition("/")[2]), {})
    if route.method in {"PUT", "PATCH"}:
        effect = {**effect, **asked.sent}
    if owners and effect:
        owner = change(state, owners[-1], request.path, effect, only_known=True)
    echo = {**owner, **request.path, **asked.sent}
    if _is_paged(route):
        return respond_with_page(state, route, [echo], asked)
    return _example(route, echo, state, stream=stream)


def _is_paged(route: Route) -> bool:
    """Return whether a route is paginated. Without a rule, its list is a single example."""
    names = {each.name for each in route.operation.parameters if each.place == "query"}
    return not route.operation.returns.streamed and not SELECTORS.isdisjoint(names)


def _collection_of(shape: str) -> Collection | None:
    """Return the collection to which a member's path belongs."""
    above, _, last = shape.rpartition("/")
    return collection_at(above) if last == "{}" else None


def _owners(shape: str) -> Iterator[Collection]:
    """Yield the collections whose members contain a path, outermost first."""
    segments = shape.split("/")
    for length in range(2, len(segments)):
        collection = _collection_of("/".join(segments[:length]))
        if collection:
            yield collection


def _example(route: Route, values: Mapping[str, Any], state: State, *, stream: bool) -> Any:
    """Return an example response of an operation, or of its twin if a stream is requested."""
    operation = load(*route.streaming) if stream and route.streaming else route.operation
    returns = operation.returns
    schema = getattr(returns, "schema", None)
    if schema is None:
        return binary(returns.accept) if returns.streamed else None
    if not returns.streamed:
        return example(schema, values, now=state.now)
    kinds = [*members_of(schema)]
    examples = [example(kind, values, now=state.now) for kind in kinds]
    end = [] if getattr(returns, "ends_with_body", False) else [END]
    return event_response([*map(event_of, examples), *end])


def binary(accept: str) -> Response:
    """Return a download."""
    headers = [("content-type", accept), ("content-length", str(len(CONTENT)))]
    return Response(200, Headers(headers), stream=Chunks((CONTENT,)))


HERE: Mapping[str, Rule] = {"GET": list_members, "POST": create_member}
MEMBER: Mapping[str, Rule] = {
    "GET": get_member,
    "PATCH": update_member,
    "PUT": update_member,
    "DELETE": delete_member,
}
