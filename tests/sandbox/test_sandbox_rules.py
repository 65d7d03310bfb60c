"""The sandbox responds to operations that it has no behavior for, by what they declare."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import attrs
import pytest

from mistral_core import (
    JSON,
    UNSET,
    Err,
    Events,
    EventStream,
    Failure,
    HTTPValidationError,
    MistralCore,
    Ok,
    Operation,
    RequestOptions,
    Result,
    Schema,
    SDKError,
    Unset,
    operation,
    operation_of,
    streamed,
)
from mistral_core.operations.kinds import NoContent
from mistral_funcs import paginate
from mistral_funcs.sandbox import Sandbox, collection_rule, dispatch, routing

# ------------------------------------------------------- an API of robots, which nobody has written


@attrs.frozen(kw_only=True)
class Robot(Schema):
    """A robot."""

    id: str
    name: str
    kind: Literal["arm", "car"] = "arm"
    archived: bool = False
    tags: list[str] = attrs.field(factory=list[str])
    created_at: datetime
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True)
class Robots(Schema):
    """A page of robots."""

    robots: list[Robot]
    next_cursor: str | None = None


@attrs.frozen(kw_only=True)
class Part(Schema):
    """A part of a robot."""

    id: str
    robot_id: str
    size: int


@attrs.frozen(kw_only=True)
class Report(Schema):
    """What a robot did."""

    text: str
    seconds: float
    steps: list[Part]


@operation("GET", "/v1/robots", returns=JSON(Robots))
async def robots_list(  # noqa: D103
    client: MistralCore,
    *,
    cursor: str | None = None,
    limit: int | None = None,
    kind: Literal["arm", "car"] | None = None,
    options: RequestOptions | None = None,
) -> Result[Robots, Failure]: ...


@operation("POST", "/v1/robots", returns=JSON(Robot))
async def robots_create(  # noqa: D103
    client: MistralCore,
    *,
    name: str,
    kind: Literal["arm", "car"] | None = None,
    tags: Sequence[str] | None = None,
    options: RequestOptions | None = None,
) -> Result[Robot, Failure]: ...


@operation("GET", "/v1/robots/{robot_id}", returns=JSON(Robot))
async def robots_get(  # noqa: D103
    client: MistralCore, robot_id: str, *, options: RequestOptions | None = None
) -> Result[Robot, Failure]: ...


@operation("PATCH", "/v1/robots/{robot_id}", returns=JSON(Robot))
async def robots_update(  # noqa: D103
    client: MistralCore,
    robot_id: str,
    *,
    name: str | None = None,
    tags: Sequence[str] | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[Robot, Failure]: ...


@operation("DELETE", "/v1/robots/{robot_id}", returns=NoContent())
async def robots_delete(  # noqa: D103
    client: MistralCore, robot_id: str, *, options: RequestOptions | None = None
) -> Result[None, Failure]: ...


@operation("POST", "/v1/robots/{robot_id}/archive", returns=JSON(Robot))
async def robots_archive(  # noqa: D103
    client: MistralCore, robot_id: str, *, options: RequestOptions | None = None
) -> Result[Robot, Failure]: ...


@operation("GET", "/v1/robots/{robot_id}/parts", returns=JSON(list[Part]))
async def robots_parts_list(  # noqa: D103
    client: MistralCore, robot_id: str, *, options: RequestOptions | None = None
) -> Result[list[Part], Failure]: ...


@operation("GET", "/v1/robots/{robot_id}/parts/{part_id}", returns=JSON(Part))
async def robots_parts_get(  # noqa: D103
    client: MistralCore, robot_id: str, part_id: str, *, options: RequestOptions | None = None
) -> Result[Part, Failure]: ...


@operation("GET", "/v1/makers", returns=JSON(list[Part]))
async def makers_list(  # noqa: D103
    client: MistralCore, *, offset: int | None = None, options: RequestOptions | None = None
) -> Result[list[Part], Failure]: ...


@operation("POST", "/v1/robots/run", returns=JSON(Report))
async def robots_run(  # noqa: D103
    client: MistralCore, *, text: str, options: RequestOptions | None = None
) -> Result[Report, Failure]: ...


@streamed(robots_run, Events(Report))
async def robots_run_stream(  # noqa: D103
    *args: Any, **kwargs: Any
) -> Result[EventStream[Report], Failure]: ...


ROBOTS = (
    *(robots_list, robots_create, robots_get, robots_update, robots_delete, robots_archive),
    *(robots_parts_list, robots_parts_get, robots_run, robots_run_stream, makers_list),
)

CACHES = (
    *(routing.load, routing.routes, routing.by_length),
    collection_rule.collection_at,
)


@pytest.fixture(autouse=True)
def index_of_robots(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the API of robots in place of Mistral's."""
    table: dict[str, tuple[str, ...]] = {}
    for function in ROBOTS:
        declared = operation_of(function)
        kind = type(declared.returns).__name__
        table[declared.name] = ("robots.x", declared.method, declared.path, kind, "")
    by_name = {operation_of(each).name: operation_of(each) for each in ROBOTS}
    monkeypatch.setattr(routing, "OPERATIONS", table)

    def load(_: str, name: str) -> Operation[Any]:
        return by_name[name]

    for module in (routing, dispatch):
        monkeypatch.setattr(module, "load", load)
    for each in CACHES:
        each.cache_clear()
    yield
    for each in CACHES:
        each.cache_clear()


@pytest.fixture
def client() -> MistralCore:
    """Return a client of a new sandbox."""
    return MistralCore(transport=Sandbox())


def status(result: Result[Any, Failure]) -> int | None:
    """Return the status of an error."""
    assert isinstance(result, Err)
    return getattr(result.error, "status", None)


# ------------------------------------------------------------------------------------ collections


async def test_a_member_is_created_read_changed_and_deleted(client: MistralCore) -> None:
    """With the fields that were sent, an id and times; nothing is returned by a 204."""
    robot = (await robots_create(client, name="R2", tags=["blue"])).unwrap()
    assert (robot.name, robot.kind, robot.tags) == ("R2", "arm", ["blue"])
    assert (await robots_get(client, robot.id)).unwrap().created_at == robot.created_at
    changed = (await robots_update(client, robot.id, name="R3")).unwrap()
    assert (changed.name, changed.tags) == ("R3", ["blue"])
    assert changed.updated_at is not None
    assert changed.updated_at > robot.created_at
    assert (await robots_get(client, robot.id)).unwrap() == changed
    assert await robots_delete(client, robot.id) == Ok(None)
    assert status(await robots_get(client, robot.id)) == 404


async def test_a_list_is_filtered_and_paged(client: MistralCore) -> None:
    """The newest first, by a cursor, which the last page does not have."""
    for number in range(5):
        await robots_create(client, name=f"R{number}", kind="car" if number % 2 else "arm")
    first = (await robots_list(client, limit=3)).unwrap()
    rest = (await robots_list(client, limit=3, cursor=first.next_cursor)).unwrap()
    assert [robot.name for robot in first.robots] == ["R4", "R3", "R2"]
    assert [robot.name for robot in rest.robots] == ["R1", "R0"]
    assert rest.next_cursor is None
    cars = (await robots_list(client, kind="car")).unwrap()
    assert [robot.name for robot in cars.robots] == ["R3", "R1"]


@pytest.mark.parametrize("function", [robots_get, robots_update, robots_delete, robots_archive])
async def test_an_unknown_member_is_not_found(function: Any, client: MistralCore) -> None:
    """Whatever is to be done with it."""
    result = await function(client, "nobody")
    assert status(result) == 404
    assert result.error.message == "No robot matches 'nobody'."


@pytest.mark.parametrize(
    ("body", "loc"),
    [
        ({}, ("body", "name")),
        ({"name": 1}, ("body", "name")),
        ({"name": "R2", "kind": "boat"}, ("body", "kind")),
        ({"name": "R2", "tags": ["a", 1]}, ("body", "tags", 1)),
        ({"name": "R2", "tags": "a"}, ("body", "tags")),
    ],
)
async def test_invalid_arguments_are_refused(
    body: Mapping[str, Any], loc: tuple[str | int, ...], client: MistralCore
) -> None:
    """With 422 and the place, by the types of the signature."""
    result = await client.execute(operation_of(robots_create), json=body)
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert [fault.loc for fault in result.error.detail] == [loc]


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": "many"}, {"cursor": "x"}])
async def test_a_page_that_cannot_be_is_refused(query: Any, client: MistralCore) -> None:
    """With 422 as well."""
    assert status(await robots_list(client, **query)) == 422


async def test_what_is_below_a_member_goes_with_it(client: MistralCore) -> None:
    """A collection without a creating operation has one member from the beginning."""
    robot = (await robots_create(client, name="R2")).unwrap()
    (part,) = (await robots_parts_list(client, robot.id)).unwrap()
    assert part.robot_id == robot.id
    assert (await robots_parts_get(client, robot.id, part.id)).unwrap() == part
    assert status(await robots_parts_get(client, robot.id, "screw")) == 404
    await robots_delete(client, robot.id)
    assert status(await robots_parts_list(client, robot.id)) == 404


async def test_the_oldest_member_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many of a collection."""
    monkeypatch.setattr("mistral_funcs.sandbox.members.MOST_MEMBERS", 2)
    client = MistralCore(transport=Sandbox())
    for number in range(4):
        await robots_create(client, name=f"R{number}")
    page = (await robots_list(client)).unwrap()
    assert [robot.name for robot in page.robots] == ["R3", "R2"]


# ------------------------------------------------------------------------------ verbs and examples


async def test_a_verb_changes_its_member(client: MistralCore) -> None:
    """As its row says, and the response reports it."""
    robot = (await robots_create(client, name="R2")).unwrap()
    assert (await robots_archive(client, robot.id)).unwrap().archived
    assert (await robots_get(client, robot.id)).unwrap().archived


async def test_all_else_is_an_example_that_echoes_the_request(client: MistralCore) -> None:
    """Valid, and always the same."""
    report = (await robots_run(client, text="Go")).unwrap()
    assert (report.text, report.seconds, len(report.steps)) == ("Go", 1.0, 1)
    assert (await robots_run(client, text="Go")).unwrap() == report


async def test_a_list_without_members_to_get_has_one_item(client: MistralCore) -> None:
    """On its first page; the page after it is empty, so that reading all pages ends."""
    (item,) = [each.unwrap() async for each in paginate(makers_list, client)]
    assert isinstance(item, Part)
    assert await makers_list(client, offset=1) == Ok([])


async def test_a_streaming_twin_has_a_stream_of_examples(client: MistralCore) -> None:
    """On the same endpoint."""
    async with (await robots_run_stream(client, text="Go")).unwrap() as events:
        reports = [event.unwrap() async for event in events]
    assert [report.text for report in reports] == ["Go"]


async def test_a_planned_fault_and_a_wrong_key_come_first() -> None:
    """As for all operations."""
    sandbox = Sandbox()
    sandbox.fail(403, on=robots_list)
    client = MistralCore(transport=sandbox)
    result = await robots_list(client)
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    assert result.error.status == 403
    stranger = MistralCore("wrong", transport=sandbox)
    assert status(await robots_list(stranger)) == 401


async def test_the_literal_segment_of_a_path_wins(client: MistralCore) -> None:
    """`/v1/robots/run` is no member of `/v1/robots`."""
    assert isinstance(await robots_run(client, text="Go"), Ok)
    assert status(await robots_get(client, "run")) == 404
