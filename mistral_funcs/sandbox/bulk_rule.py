"""The rule for bulk requests: `P/verb` with IDs of members of `P` in the body."""

from collections.abc import Iterator, Sequence
from typing import Any

from mistral_funcs.sandbox.argument_types import is_list
from mistral_funcs.sandbox.collection_rule import (
    Collection,
    change,
    collection_at,
    respond_with_page,
    schema_of,
)
from mistral_funcs.sandbox.examples import example, fields_of
from mistral_funcs.sandbox.members import Member
from mistral_funcs.sandbox.request_arguments import Arguments
from mistral_funcs.sandbox.routing import Route
from mistral_funcs.sandbox.rules import VERBS
from mistral_funcs.sandbox.state import State

DELETE = "bulk-delete"


def bulk_of(route: Route, asked: Arguments) -> tuple[Collection, Sequence[str]] | None:
    """Return the collection of the members that a request names, with their IDs."""
    collection = collection_at(route.shape.rpartition("/")[0])
    named = [value for name, value in asked.values.items() if name.endswith("_ids")]
    return (collection, named[0]) if collection and named else None


def respond_to_bulk(
    state: State, route: Route, collection: Collection, ids: Sequence[str], asked: Arguments
) -> Any:
    """Change or delete several members, ignoring unknown IDs."""
    members = [*_changed(state, route, collection, ids)]
    schema = schema_of(route)
    if any(map(is_list, fields_of(schema).values())):
        return respond_with_page(state, route, members, asked)
    return example(schema, {}, now=state.now)


def _changed(
    state: State, route: Route, collection: Collection, ids: Sequence[str]
) -> Iterator[Member]:
    """Change or delete the members with these IDs, and yield those that exist."""
    verb = route.template.rpartition("/")[2]
    for each in ids:
        place = collection.place({}, each)
        member = state.members.get(collection.shape, place)
        if member is None:
            continue
        if verb == DELETE:
            state.members.remove(collection.shape, place)
        effect = VERBS.get((route.method, verb))
        if effect:
            path = {collection.parameter: each}
            member = change(state, collection, path, effect, only_known=True)
        yield member
