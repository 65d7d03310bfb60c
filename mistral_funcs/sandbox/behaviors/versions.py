"""Versioned objects with aliases: the common behavior of prompts and skills."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

import attrs

from mistral_core import Schema
from mistral_core.schema import key_of
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.state import MOST_KEPT, State, keep
from mistral_funcs.sandbox.stored_versions import StoredVersion, StoredVersions

S = TypeVar("S", bound=Schema)

COMMON: Final = ("name", "title", "description", "sharing_scope")
"""The request fields that all versions share."""

FIELDS: Final[Mapping[str, str]] = {
    "created_at": "created_at",
    "last_modified_at": "updated_at",
    "name": "name",
    "title": "title",
}
"""The sort keys of a list, with their fields."""

TIMES: Final = ("created_at", "updated_at")


def create(
    state: State, objects: dict[str, StoredVersions], noun: str, arguments: Mapping[str, Any]
) -> StoredVersions:
    """Create an object with its first version, or respond with 409 if its name is in use."""
    name = arguments["name"]
    if any(each.common["name"] == name for each in objects.values()):
        refuse(409, f"A {noun} with the name {name!r} exists.", "conflict")
    now = state.moment()
    sent = {each: arguments[each] for each in COMMON if each in arguments}
    new = StoredVersions({"id": state.new_id(), "created_at": now, "updated_at": now, **sent})
    _add(new, arguments, now)
    keep(objects, new.common["id"], new)
    return new


def create_version(
    state: State, stored: StoredVersions, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """Create a version, unless the latest one has the same content."""
    is_same = stored.latest.definition == arguments["definition"]
    now = state.moment()
    stored.common["updated_at"] = now
    if is_same:
        stored.move_aliases(stored.latest, arguments.get("aliases") or ())
    else:
        _add(stored, arguments, now)
    return {"version": stored.latest.number, "deduplicated": is_same}


def update(state: State, stored: StoredVersions, arguments: Mapping[str, Any]) -> None:
    """Update the fields that all versions share. Omitted fields keep their values."""
    sent = {each: arguments[each] for each in COMMON if each in arguments}
    stored.common.update(sent, updated_at=state.moment())


def update_version(
    state: State, stored: StoredVersions, version: StoredVersion, arguments: Mapping[str, Any]
) -> None:
    """Update the notes and aliases of a version. Omitted fields keep their values."""
    version.notes = arguments.get("notes", version.notes)
    if "aliases" in arguments:
        version.aliases = []
        stored.move_aliases(version, arguments["aliases"].values or ())
    stored.common["updated_at"] = state.moment()


def find(objects: Mapping[str, StoredVersions], noun: str, key: str) -> StoredVersions:
    """Return an object, or respond with 404."""
    if key not in objects:
        refuse(404, f"No {noun} matches {key!r}.", "not_found")
    return objects[key]


def find_version(
    stored: StoredVersions, version: int | None = None, alias: str | None = None
) -> StoredVersion:
    """Return a version by number or alias, by default the latest, or respond with 404."""
    chosen = stored.latest if version is None else stored.numbered(version)
    if alias is not None:
        chosen = stored.named(alias)
    if chosen is None:
        name = alias if version is None else version
        refuse(404, f"{stored.common['name']!r} has no version {name!r}.", "not_chosen")
    return chosen


def page(
    objects: dict[str, StoredVersions], arguments: Mapping[str, Any]
) -> tuple[list[tuple[StoredVersions, StoredVersion]], str | None]:
    """Return a page of objects in a version, and the token of the next page."""
    alias = arguments.get("alias")
    matching = [
        (each, version)
        for each in reversed(objects.values())
        if (version := each.latest if alias is None else each.named(alias))
    ]
    field, descending = _order(arguments)
    matching.sort(key=lambda pair: _key(pair[0].common.get(field)), reverse=descending)
    shown, described = page_of(matching, arguments)
    return shown, described.get("next_page_token")


def about(stored: StoredVersions, version: StoredVersion) -> dict[str, Any]:
    """Return the fields of an object in a version."""
    fields = attrs.asdict(version, recurse=False)
    fields["version"] = fields.pop("number")
    return {**fields, **stored.common, "latest_version": stored.latest.number}


def about_version(version: StoredVersion) -> dict[str, Any]:
    """Return the fields of a version."""
    fields = attrs.asdict(version, recurse=False)
    fields["version"] = fields.pop("number")
    return fields


def select(schema: type[S], fields: Mapping[str, Any], wanted: Sequence[str] | None) -> S:
    """Return an object with the requested fields, by either of their names."""
    chosen = [
        each.name
        for each in attrs.fields(schema)
        if each.name in fields and (wanted is None or {each.name, key_of(each)} & {*wanted})
    ]
    return schema(**{name: fields[name] for name in chosen})


def _add(stored: StoredVersions, arguments: Mapping[str, Any], now: datetime) -> None:
    number = 1 + (stored.latest.number if stored.versions else 0)
    version = StoredVersion(number, arguments["definition"], arguments.get("notes"), now)
    stored.add(version, MOST_KEPT)
    stored.move_aliases(version, arguments.get("aliases") or ())


def _order(arguments: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the field to sort by, and whether the order is descending."""
    long = arguments.get("sort_field", "").removeprefix("list_sort_field_")
    name = arguments.get("sort_by") or long.replace("unspecified", "") or "created_at"
    if name not in FIELDS:
        invalid("sort_by", f"Input should be one of {[*FIELDS]}", name, place="query")
    field = FIELDS[name]
    long = arguments.get("sort_direction_query_parameter", "")
    direction = (
        arguments.get("sort_direction_query_parameter1")
        or long.removeprefix("list_sort_direction_").replace("unspecified", "")
        or ("desc" if field in TIMES else "asc")
    )
    if direction not in ("asc", "desc"):
        invalid("sort_direction", "Input should be 'asc' or 'desc'", direction, place="query")
    return field, direction == "desc"


def _key(value: Any) -> str:
    """Return the sort key of a value: a time, or a string ignoring case."""
    return value.isoformat() if isinstance(value, datetime) else (value or "").casefold()
