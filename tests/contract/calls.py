"""Calls of operations with example values of their parameters."""

import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeAlias, cast, final

import attrs

import mistral_funcs
from mistral_core import Failure, MistralCore, RequestOptions, Result
from tests.contract.declared import declared
from tests.contract.examples import DATE, Examples
from tests.contract.exceptions import EXCEPTIONS
from tests.contract.facts.notation import members
from tests.contract.facts.stored import PLACES, Facts, Field, argument_of, body_of, fields

JSONObject: TypeAlias = dict[str, Any]


@final
@attrs.frozen
class Given:
    """A parameter of a call and its value.

    Attributes:
        place: Its place in the request.
        field: Its description in the facts.
        value: Its JSON value.
    """

    place: str
    field: Field
    value: Any

    @property
    def is_sent(self) -> bool:
        """Whether it is on the wire. Only JSON can send `null`."""
        return self.value is not None or (self.place == "json" and self.field.is_nullable)

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the pairs of a query or a form. Lists repeat the name, objects are JSON.

        In a query, an object is a pair for each of its keys.
        """
        name, value = self.field.name, self.value
        if isinstance(value, dict) and self.place == "query":
            yield from ((key, text_of(each)) for key, each in cast("JSONObject", value).items())
        elif isinstance(value, list):
            yield from ((name, text_of(each)) for each in cast("list[object]", value))
        else:
            yield name, text_of(self.value)


def text_of(value: Any) -> str:
    """Return a value as text for a path, a query, a header or a form."""
    compact = (",", ":")
    is_text = isinstance(value, str)
    return value if is_text else json.dumps(value, ensure_ascii=False, separators=compact)


def parameters(name: str, theirs: Mapping[str, Any]) -> Iterator[tuple[str, Field]]:
    """Return the parameters of an operation, each with its place."""
    for place in PLACES:
        for field in fields(theirs.get(place, {})).values():
            if (name, f"{place}.{field.name}", "parameter") not in EXCEPTIONS:
                optional = (name, field.name, "required") not in EXCEPTIONS
                yield place, field if optional else attrs.evolve(field, required=True)
    if "body" in theirs:
        yield "body", body_of(theirs)


def example_calls(name: str, examples: Examples, *, every: bool = True) -> Iterator[list[Given]]:
    """Yield calls of an operation that together cover every kind of value of each parameter.

    Args:
        name: The operation.
        examples: Creates the values.
        every: Whether to include optional parameters.
    """
    values = [
        (place, field, [*examples.all_of(field.type)])
        for place, field in parameters(name, examples.facts.operations[name])
        if every or field.required
    ]
    for number in range(max((len(kinds) for _, _, kinds in values), default=1)):
        yield [Given(place, field, kinds[number % len(kinds)]) for place, field, kinds in values]


def example_call(name: str, examples: Examples, *, none: bool = False) -> list[Given]:
    """Return a call with the required parameters. With `none`, the others are `None`."""
    call = next(example_calls(name, examples, every=none))
    return [
        each if each.field.required else Given(each.place, each.field, None)
        for each in call
        if none or each.field.required
    ]


def calling(
    name: str, facts: Facts, *, options: RequestOptions | None = None
) -> Callable[..., Awaitable[Result[Any, Failure]]]:
    """Return a function that calls the operation with a client and parameter values."""
    function = getattr(mistral_funcs, name)
    theirs = facts.operations[name]
    body = next((each.name for each in declared(name).parameters if each.place == "body"), "")

    async def call(
        client: MistralCore, values: Iterable[tuple[Given, Any]]
    ) -> Result[Any, Failure]:
        given = [*values]
        ids = [value for each, value in given if each.place == "path"]
        named = {
            body if each.place == "body" else argument_of(theirs, each.field.name): value
            for each, value in given
            if each.place != "path"
        }
        result: Result[Any, Failure] = await function(client, *ids, **named, options=options)
        return result

    return call


def argument(given: Given) -> Any:
    """Return the argument that a caller passes for a parameter."""
    is_date = isinstance(given.value, str) and DATE in members(given.field.type)
    return datetime.fromisoformat(given.value) if is_date else given.value
