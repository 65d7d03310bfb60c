"""Routing: find the operation of a request in the index, and respond to it.

The first of these that applies produces the response:

1. a behavior: hand-written code in `behaviors/` for operations with real effects;
2. the collection rule: `P` and `P/{id}` list, create, get, update and delete members;
3. the verb rule: `P/{id}/verb` changes a member and returns it;
4. an example: a valid value of the response's schema that echoes the request.

Matching reads `mistral_funcs._index` and imports no operation. The matching operation is imported
afterwards, with the behaviors of its resource.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, final
from urllib.parse import unquote

import attrs

from mistral_core import Operation, operation_of
from mistral_funcs._index import OPERATIONS
from mistral_funcs.sandbox.error_responses import RefusalError

ORIGIN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
PARAMETER = re.compile(r"\{\w+\}")


@final
@attrs.frozen
class Incoming:
    """A parsed request.

    Attributes:
        path: The parameters of the path, decoded.
        query: The last value of each parameter of the query, decoded.
        body: The body as received.
        query_lists: All values of each parameter of the query, decoded.
        content_type: The media type of the body, with its parameters.
        headers: The headers.
    """

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes | bytearray
    query_lists: Mapping[str, Sequence[str]] = attrs.field(factory=dict[str, Sequence[str]])
    content_type: str = ""
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])


@final
@attrs.frozen
class Route:
    """A method and a path template, with their operations.

    Attributes:
        method: The HTTP method.
        template: The path template.
        module: The module of the operation, below `mistral_funcs`.
        name: The name of the operation.
        streaming: Module and name of its streaming twin, if it has one.
    """

    method: str
    template: str
    module: str
    name: str
    streaming: tuple[str, str] | None = None

    @property
    def shape(self) -> str:
        """The template without the names of its parameters: `/v1/models/{}`."""
        return shape_of(self.template)

    @property
    def operation(self) -> Operation[Any]:
        """The operation, imported on first use."""
        return load(self.module, self.name)


@cache
def load(module: str, name: str) -> Operation[Any]:
    """Import an operation."""
    return operation_of(getattr(import_module(f"mistral_funcs.{module}"), name))


def shape_of(template: str) -> str:
    """Return a path template without the names of its parameters."""
    return PARAMETER.sub("{}", template)


def split_target(url: str) -> tuple[str, str]:
    """Return the path and the query of a URL or a request target.

    A path may be any string, such as `//[`, which `urlsplit` would reject as an invalid address.
    """
    target = url[origin.end() :] if (origin := ORIGIN.match(url)) else url
    path, _, query = target.partition("#")[0].partition("?")
    return path, query


@cache
def routes() -> Mapping[tuple[str, str], Route]:
    """Return all routes of the index, by method and shape."""
    table: dict[tuple[str, str], Route] = {}
    for name, (module, method, template, kind, *_) in OPERATIONS.items():
        key = method, shape_of(template)
        existing = table.get(key)
        if existing is None:
            table[key] = Route(method, template, module, name)
        elif kind == "Events":
            table[key] = attrs.evolve(existing, streaming=(module, name))
    return table


def match(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """Return the route of a request, with the parameters of its path.

    Raises:
        RefusalError: 404 if no route matches, 405 if the path has routes for other methods only.
    """
    segments = path.split("/")
    matches = [*_on_path(segments)]
    for route in matches:
        if route.method == method:
            pairs = zip(route.template.split("/"), segments, strict=True)
            return route, {part[1:-1]: unquote(text) for part, text in pairs if part[:1] == "{"}
    if matches:
        raise RefusalError(405, {"detail": "Method Not Allowed"})
    raise RefusalError(404, {"message": "no Route matched with those values"})


def _on_path(segments: Sequence[str]) -> Iterator[Route]:
    """Yield the routes of a path, most literal segments first."""
    for template, route in by_length().get(len(segments), ()):
        if all(
            part == segment or (part.startswith("{") and segment)
            for part, segment in zip(template, segments, strict=True)
        ):
            yield route


@cache
def by_length() -> Mapping[int, list[tuple[list[str], Route]]]:
    """Return all routes with the segments of their templates, by the number of segments."""
    table: dict[int, list[tuple[list[str], Route]]] = {}
    for route in sorted(routes().values(), key=lambda each: each.template.count("{")):
        template = route.template.split("/")
        table.setdefault(len(template), []).append((template, route))
    return table
