"""The rule for collections: `P` lists and creates, `P/{id}` gets, updates and deletes.

A collection is a path `P` of the index for which there is a `P/{id}` too. Everything else follows
from the declarations: the field of the id, the pages, the times, and what the responses contain. A
collection in which nothing can be created has one member from the beginning.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, final

import attrs

from mistral_funcs.sandbox.argument_types import item_of, members_of
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.examples import echoed, example, fields_of, moment
from mistral_funcs.sandbox.members import Member, path_of
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.request_arguments import Arguments
from mistral_funcs.sandbox.routing import Route, routes
from mistral_funcs.sandbox.rules import FIRST_PAGE, ID_FIELDS
from mistral_funcs.sandbox.state import State

CHANGED = ("updated_at", "modified_at", "updatedAt", "modifiedAt")


@final
@attrs.frozen
class Collection:
    """A collection.

    Attributes:
        shape: The shape of its path.
        template: The path template of its members.
        id_field: The field of a member that is in its path.
        item: The type of a member.
        creates: Whether members can be created.
    """

    shape: str
    template: str
    id_field: str
    item: Any
    creates: bool

    @property
    def parameter(self) -> str:
        """The name of the path parameter for the id."""
        return self.template.rpartition("/{")[2][:-1]


@cache
def collection_at(shape: str) -> Collection | None:
    """Return the collection whose path has this shape, if it is one."""
    table = routes()
    methods = ("GET", "PATCH", "PUT", "POST", "DELETE")
    members = [
        table[method, f"{shape}/{{}}"] for method in methods if (method, f"{shape}/{{}}") in table
    ]
    listed, created = table.get(("GET", shape)), table.get(("POST", shape))
    if not members or not (listed or created):
        return None
    schemas = [schema_of(route) for route in (members[0], created) if route]
    item = next((each for each in schemas if fields_of(each)), None)
    template = members[0].template
    creates = created is not None
    collection = Collection(shape, template, "id", item, creates)
    names = (
        ID_FIELDS.get(shape, "id"),
        collection.parameter,
        collection.parameter.rpartition("_")[2],
    )
    known = [schema_of(created), item] if created else [item]
    fields = {name for each in known for name in fields_of(each)}
    id_field = next((each for each in names if each in fields), collection.parameter)
    return attrs.evolve(collection, id_field=id_field)


def schema_of(route: Route) -> Any:
    """Return the type of an operation's JSON response; `None` if it has none."""
    return getattr(route.operation.returns, "schema", None)


def list_members(
    state: State, collection: Collection, route: Route, path: Mapping[str, str], asked: Arguments
) -> Any:
    """Respond to a list: the newest first, filtered, one page."""
    parent = path_of(route.template, path)
    _seed(state, collection, parent, path)
    found = [
        each
        for each in state.members.of(collection.shape, parent)
        if _matches(each, asked.values, fields_of(collection.item))
    ]
    first = next((n for start, n in FIRST_PAGE.items() if route.template.startswith(start)), 0)
    page, described = page_of(found, asked.values, first=first)
    return _page(schema_of(route), page, described, state.now)


def create_member(
    state: State, collection: Collection, route: Route, path: Mapping[str, str], asked: Arguments
) -> Any:
    """Respond to a creation; 409 if the caller chose an id that another member has."""
    sent = dict(asked.sent)
    parent = path_of(route.template, path)
    chosen = sent.get(collection.id_field)
    if not isinstance(chosen, str | int) or chosen == "":
        chosen = _new_id(state, collection, parent)
    place = path_of(collection.template, {**path, collection.parameter: str(chosen)})
    if state.members.get(collection.shape, place) is not None:
        refuse(409, f"{collection.id_field} {chosen!r} is in use.", "conflict")
    given = {**path, **sent, collection.id_field: chosen, collection.parameter: chosen}
    now = state.tick()
    response = _response(route, given, now)
    item = example(collection.item, given, now=now) if collection.item else {}
    reported = response if isinstance(response, dict) else {}
    state.members.put(collection.shape, place, {**item, **reported, **given})
    return response


def get_member(
    state: State, collection: Collection, route: Route, path: Mapping[str, str], _: Arguments
) -> Any:
    """Respond with a member."""
    return _response(route, find(state, collection, path), state.now)


def update_member(
    state: State, collection: Collection, route: Route, path: Mapping[str, str], asked: Arguments
) -> Any:
    """Respond to an update: fields that were not sent keep their values."""
    member = change(state, collection, path, asked.sent)
    return _response(route, member, state.now)


def delete_member(
    state: State, collection: Collection, route: Route, path: Mapping[str, str], _: Arguments
) -> Any:
    """Respond to a deletion, which takes what is below the member with it."""
    member = find(state, collection, path)
    state.members.remove(collection.shape, path_of(collection.template, path))
    return _response(route, {**member, "deleted": True}, state.now)


def _response(route: Route, member: Mapping[str, Any], now: int) -> Any:
    """Return a response about a member; `None` if the operation returns nothing."""
    schema = schema_of(route)
    return None if schema is None else example(schema, member, now=now)


def find(state: State, collection: Collection, path: Mapping[str, str]) -> Member:
    """Return a member, or respond with 404."""
    place = path_of(collection.template, path)
    _seed(state, collection, place.rpartition("/")[0], path)
    member = state.members.get(collection.shape, place)
    if member is None:
        noun = collection.parameter.removesuffix("_id").replace("_", " ")
        refuse(404, f"No {noun} matches {path[collection.parameter]!r}.", "not_found")
    return member


def change(
    state: State,
    collection: Collection,
    path: Mapping[str, str],
    fields: Mapping[str, Any],
    *,
    only_known: bool = False,
) -> Member:
    """Set fields of a member, and the time of its last change; with `only_known`, those it has."""
    member = find(state, collection, path)
    kinds = fields_of(collection.item)
    now = state.tick()
    times = {name: moment(kinds[name], now) for name in CHANGED if name in kinds}
    fitting = {
        name: value
        for name, value in fields.items()
        if (echoed(kinds[name], value) if name in kinds else not only_known)
    }
    member = {**member, **fitting, **times}
    state.members.put(collection.shape, path_of(collection.template, path), member)
    return member


def _new_id(state: State, collection: Collection, parent: str) -> str | int:
    kind = fields_of(collection.item).get(collection.id_field)
    if int in members_of(kind):
        return 1 + sum(1 for _ in state.members.of(collection.shape, parent))
    return state.new_id()


def _seed(state: State, collection: Collection, parent: str, path: Mapping[str, str]) -> None:
    """Create the one member of a collection in which nothing can be created."""
    if collection.creates or any(state.members.of(collection.shape, parent)):
        return
    chosen = _new_id(state, collection, parent)
    given = {**path, collection.id_field: chosen, collection.parameter: chosen}
    place = f"{parent}/{chosen}"
    member = {**example(collection.item or dict[str, Any], given, now=state.tick()), **given}
    state.members.put(collection.shape, place, member)


def _matches(member: Member, asked: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    """Return whether a member has the values of the filters that are named like its fields."""
    for name, value in asked.items():
        if value is None or name not in fields or isinstance(member.get(name), list | dict):
            continue
        wanted = value if isinstance(value, list | tuple) else [value]
        if member.get(name) not in wanted:
            return False
    return True


def _page(kind: Any, page: list[Member], described: Mapping[str, Any], now: int) -> Any:
    """Return an example of a page: its first list has the members, wherever that is."""
    for each in members_of(kind):
        item = item_of(each)
        if item is not None:
            return [example(item, member, now=now) for member in page]
    made: dict[str, Any] = example(kind, described, now=now)
    fields = fields_of(kind)
    listed = next(
        (
            name
            for name, each in fields.items()
            if any(item_of(m) is not None for m in members_of(each))
        ),
        None,
    )
    for name, each in fields.items():
        if name == listed or (listed is None and _holds_list(each)):
            made[name] = _page(each, page, described, now)
        elif fields_of(each):
            made[name] = example(each, described, now=now)
    return made


def _holds_list(kind: Any) -> bool:
    return any(
        item_of(member) is not None
        for each in fields_of(kind).values()
        for member in members_of(each)
    )
