"""The rule for collections: `P` lists and creates, `P/{id}` gets, updates and deletes.

A collection is a path `P` of the index with a `P/{id}` below it. Everything else follows from the
declarations: the id field, the pages, the times, and the content of responses. A collection
without a create operation has one member from the beginning.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, final
from urllib.parse import quote, unquote

import attrs

from mistral_funcs.sandbox.argument_types import is_list, item_of, members_of
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.examples import echoed, example, fields_of, moment
from mistral_funcs.sandbox.members import Member, path_of
from mistral_funcs.sandbox.paging import LINKS, page_of
from mistral_funcs.sandbox.request_arguments import Arguments
from mistral_funcs.sandbox.routing import Route, routes
from mistral_funcs.sandbox.rules import ELSEWHERE, FIRST_PAGE, ID_FIELDS, INITIAL_FIELDS, WRAPPED
from mistral_funcs.sandbox.state import State

OR_NAME = ("_or_name", "_identifier")
"""Suffixes of path parameters that accept the id or the name of a member."""

SUFFIX = re.compile("_(id|identifier|slug|id_or_name)$")
"""The suffix of a path parameter that identifies a member."""

CHANGED = ("updated_at", "modified_at", "updatedAt", "modifiedAt")


@final
@attrs.frozen
class Collection:
    """A collection.

    Attributes:
        shape: The shape of its path.
        parameter: The name of the path parameter for the id of a member.
        id_field: The field of a member that identifies it in paths.
        numbered: Whether ids are integers, from 1 in each collection.
        item: The type of a member.
        creates: Whether members can be created.
    """

    shape: str
    parameter: str
    id_field: str
    numbered: bool
    item: Any
    creates: bool

    def place(self, path: Mapping[str, str], *more: str) -> str:
        """Return the path of a member."""
        ids = [*path.values(), *more]
        return path_of(f"{self.shape}/{{}}", ids[: self.shape.count("{}") + 1])


@cache
def collection_at(shape: str) -> Collection | None:
    """Return the collection whose path has this shape, if it is one."""
    table = routes()
    below = [(method, f"{shape}/{{}}") for method in ("GET", "PATCH", "PUT", "POST", "DELETE")]
    members = [table[key] for key in below if key in table]
    created = table.get(("POST", shape))
    creates = created is not None or shape in ELSEWHERE.values()
    if not members or not (creates or ("GET", shape) in table):
        return None
    item = _unwrapped(_type_of([*members, *filter(None, [created])]))
    created_type = _type_of(filter(None, [created]))
    parameter = members[0].operation.parameters[members[0].shape.count("{}") - 1]
    fields = {**fields_of(item), **fields_of(created_type)}
    names = (ID_FIELDS.get(shape, "id"), parameter.name, parameter.name.rpartition("_")[2])
    id_field = next((name for name in names if name in fields), parameter.name)
    numbered = int in members_of(parameter.type)
    return Collection(shape, parameter.name, id_field, numbered, item, creates)


def _type_of(candidates: Iterable[Route]) -> Any:
    """Return the first response type that is an object."""
    schemas = map(schema_of, candidates)
    return next((schema for schema in schemas if fields_of(schema)), None)


def _unwrapped(kind: Any) -> Any:
    """Return the type of the only object in a response, or the response type itself."""
    classes = {tuple(filter(attrs.has, members_of(each))) for each in fields_of(kind).values()}
    match [*classes]:
        case [(inner,)] if "id" in fields_of(inner):
            return inner
        case _:
            return kind


def schema_of(route: Route) -> Any:
    """Return the type of an operation's JSON response, or `None` if it has none."""
    return getattr(route.operation.returns, "schema", None)


def list_members(
    state: State, collection: Collection, route: Route, path: Mapping[str, str], asked: Arguments
) -> Any:
    """Return a page of the matching members, newest first."""
    parent = path_of(collection.shape, path.values())
    _seed(state, collection, parent, path)
    wanted = {**path, **asked.values}
    matching = [
        each
        for each in state.members.of(collection.shape, parent)
        if _matches(each, wanted, fields_of(collection.item))
    ]
    return respond_with_page(state, route, matching, asked)


def respond_with_page(
    state: State, route: Route, members: Sequence[Member], asked: Arguments
) -> Any:
    """Return the page of a list that the arguments select."""
    first = next((n for start, n in FIRST_PAGE.items() if route.template.startswith(start)), 0)
    page, described = page_of(members, asked.values, first=first)
    return _page(schema_of(route), page, described, state.now)


def create_member(
    state: State, collection: Collection, route: Route, path: Mapping[str, str], asked: Arguments
) -> Any:
    """Create a member, or respond with 409 if its id is in use."""
    sent = sent_fields(collection, asked)
    chosen = sent.get(collection.id_field)
    if not isinstance(chosen, str | int) or chosen == "":
        chosen = _new_id(state, collection, path)
    place = collection.place(path, str(chosen))
    if state.members.get(collection.shape, place) is not None:
        refuse(409, f"{collection.id_field} {chosen!r} is in use.", "conflict")
    begins = INITIAL_FIELDS.get(collection.shape, {})
    given = {**begins, **path, **sent, collection.id_field: chosen, collection.parameter: chosen}
    now = state.tick()
    response = _response(route, given, now)
    member: Member = example(collection.item, given, now=now) if collection.item else {}
    reported: Member = response if response.__class__ is dict else {}
    state.members.put(collection.shape, place, {**member, **reported, **given})
    return response


def sent_fields(collection: Collection, asked: Arguments) -> dict[str, Any]:
    """Return the fields of a member that a request contains."""
    wrapped = asked.sent.get(WRAPPED.get(collection.shape, ""), {})
    return {**wrapped, **asked.sent}


def get_member(
    state: State, collection: Collection, route: Route, path: Mapping[str, str], _: Arguments
) -> Any:
    """Return a member."""
    return _response(route, find(state, collection, path), state.now)


def update_member(
    state: State, collection: Collection, route: Route, path: Mapping[str, str], asked: Arguments
) -> Any:
    """Update a member. Omitted fields keep their values."""
    member = change(state, collection, path, sent_fields(collection, asked))
    return _response(route, member, state.now)


def delete_member(
    state: State, collection: Collection, route: Route, path: Mapping[str, str], _: Arguments
) -> Any:
    """Delete a member and everything below it."""
    member = find(state, collection, path)
    state.members.remove(collection.shape, _place_of(collection, path, member))
    return _response(route, {**member, "deleted": True}, state.now)


def _response(route: Route, member: Mapping[str, Any], now: int) -> Any:
    """Return a response about a member, or `None` if the operation returns nothing."""
    schema = schema_of(route)
    return None if schema is None else example(schema, member, now=now)


def find(state: State, collection: Collection, path: Mapping[str, str]) -> Member:
    """Return a member, or respond with 404."""
    place = collection.place(path)
    _seed(state, collection, place.rpartition("/")[0], path)
    member = state.members.get(collection.shape, place)
    parent, _, last = place.rpartition("/")
    chosen = unquote(last)
    if member is None and collection.parameter.endswith(OR_NAME):
        siblings = state.members.of(collection.shape, parent)
        member = next((each for each in siblings if each.get("name") == chosen), None)
    if member is None:
        noun = SUFFIX.sub("", collection.parameter).replace("_", " ")
        if noun == "name":
            noun = collection.shape.rpartition("/")[2].removesuffix("s")
        refuse(404, f"No {noun} matches {chosen!r}.", "not_found")
    return member


def change(
    state: State,
    collection: Collection,
    path: Mapping[str, str],
    fields: Mapping[str, Any],
    *,
    only_known: bool = False,
) -> Member:
    """Set fields of a member, with `only_known` only existing ones, and its time of change."""
    member = find(state, collection, path)
    kinds = fields_of(collection.item)
    now = state.tick()
    times = {name: moment(kinds[name], now) for name in CHANGED if name in kinds}
    fitting = {
        name: value
        for name, value in fields.items()
        if (echoed(kinds[name], value) if name in kinds else name in member or not only_known)
    }
    member = {**member, **fitting, **times}
    state.members.put(collection.shape, _place_of(collection, path, member), member)
    return member


def _place_of(collection: Collection, path: Mapping[str, str], member: Member) -> str:
    """Return the path of a member, even if the request identifies it by name."""
    if not collection.parameter.endswith(OR_NAME):
        return collection.place(path)
    parent = collection.place(path).rpartition("/")[0]
    return f"{parent}/{quote(str(member[collection.id_field]), safe='')}"


def _new_id(state: State, collection: Collection, path: Mapping[str, str]) -> str | int:
    if collection.numbered:
        parent = path_of(collection.shape, path.values())
        numbers = (each[collection.id_field] for each in state.members.of(collection.shape, parent))
        return 1 + max(numbers, default=0)
    return state.new_id()


def _seed(state: State, collection: Collection, parent: str, path: Mapping[str, str]) -> None:
    """Create the only member of a collection without a create operation."""
    if collection.creates or any(state.members.of(collection.shape, parent)):
        return
    chosen = _new_id(state, collection, path)
    begins = INITIAL_FIELDS.get(collection.shape, {})
    given = {**begins, **path, collection.id_field: chosen, collection.parameter: chosen}
    member = {**example(collection.item or dict[str, Any], given, now=state.tick()), **given}
    state.members.put(collection.shape, f"{parent}/{chosen}", member)


def _matches(member: Member, asked: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    """Return whether a member matches the filters that are named like its fields."""
    for name, value in asked.items():
        if value is None or name not in fields or isinstance(member.get(name), list | dict):
            continue
        wanted: Sequence[Any] = value if value.__class__ in (list, tuple) else [value]
        if member.get(name) not in wanted:
            return False
    return True


def _page(kind: Any, page: list[Member], described: Mapping[str, Any], now: int) -> Any:
    """Return an example of a page whose first list, nested or not, contains the members."""
    for each in members_of(kind):
        item = item_of(each)
        if item is not None:
            return [example(item, member, now=now) for member in page]
    fields = fields_of(kind)
    response: dict[str, Any] = {
        name: value
        for name, value in example(kind, described, now=now).items()
        if name in described or not (name in LINKS or is_list(fields[name]))
    }
    listed = next((name for name, each in fields.items() if is_list(each)), None)
    for name, each in fields.items():
        if name == listed or (listed is None and any(map(is_list, fields_of(each).values()))):
            response[name] = _page(each, page, described, now)
        elif fields_of(each):
            response[name] = example(each, described, now=now)
    return response
