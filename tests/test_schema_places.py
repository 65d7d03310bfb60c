"""A schema is in `schemas/shared` if and only if two topics use it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from mistral_funcs.schemas._index import SCHEMAS
from tests.index import FUNCS, ROOMS

SHARED = "shared"

CONVERSATIONS = "else the classifiers of plain text would load the schemas of messages"

SAME_TOPIC = {"events": "workflows"}
"""`events_*` are aliases of the operations `workflows_events_*`."""

EXCEPTIONS = {
    "ChatClassificationRequestInputs": CONVERSATIONS,
    "FTClassifierLossFunction": "else `models_list` would load a module for one name",
    "InstructRequest": CONVERSATIONS,
}
"""Schemas in another place, with the reason."""


def topic_of(file: Path) -> str:
    """Return the topic of an operation or a schema: `chat`, `audio`, `beta.users`."""
    folder, *rest = file.relative_to(FUNCS).with_suffix("").parts
    parts = rest if folder == "schemas" else [folder, *rest]
    topic = ".".join(parts[: 2 if parts[0] == "beta" else 1])
    return SAME_TOPIC.get(topic, topic)


def uses() -> Iterator[tuple[str, str, str]]:
    """Yield each use of a schema: its name, the topic, and the containing schema if any."""
    for file in sorted(FUNCS.rglob("*.py")):
        room = file.relative_to(FUNCS).parts[0]
        if file.stem.startswith("_") or file.parent == FUNCS or room in ROOMS - {"schemas"}:
            continue
        for statement in ast.parse(file.read_text("utf-8")).body:
            container = getattr(
                statement, "name", ast.unparse(getattr(statement, "target", statement))
            )
            names = {each.id for each in ast.walk(statement) if isinstance(each, ast.Name)}
            yield from (
                (name, topic_of(file), container) for name in names & SCHEMAS.keys() - {container}
            )


def topics() -> dict[str, set[str]]:
    """Return the topics that use each schema, directly or through another in `shared`."""
    users: dict[str, set[str]] = {name: set() for name in SCHEMAS}
    inside: dict[str, set[str]] = {name: set() for name in SCHEMAS}
    for name, topic, container in uses():
        if topic == SHARED:
            inside[name].add(container)
        else:
            users[name].add(topic)
    for name in SCHEMAS:
        waiting, seen = {name}, set[str]()
        while waiting:
            seen |= waiting
            waiting = {container for each in waiting for container in inside.get(each, ())} - seen
        users[name] = set[str]().union(*(users.get(each, ()) for each in seen))
    return users


def test_a_schema_is_shared_if_two_topics_use_it() -> None:
    """Others are in the file of their topic."""
    wrong = {
        name
        for name, used in topics().items()
        if (len(used) > 1) != (SCHEMAS[name].partition(".")[0] == SHARED)
    }
    assert wrong == EXCEPTIONS.keys()
