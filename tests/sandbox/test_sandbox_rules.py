"""The sandbox derives responses of operations without a behavior from their declarations."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import attrs
import pytest

from mistral_core import (
    JSON,
    UNSET,
    Binary,
    ByteStream,
    Err,
    Events,
    EventStream,
    Failure,
    HTTPValidationError,
    MistralCore,
    Ok,
    Operation,
    Request,
    RequestOptions,
    Result,
    Schema,
    SDKError,
    Unset,
    operation,
    operation_of,
    streamed,
)
from mistral_core.http.secret import Secret
from mistral_core.operations.kinds import NoContent
from mistral_core.schema import UnixTime
from mistral_funcs import paginate
from mistral_funcs.sandbox import Sandbox, collection_rule, dispatch, routing
from mistral_funcs.sandbox.argument_types import MOST_FAULTS, InvalidArgumentError, structured
from mistral_funcs.sandbox.examples import DEEPEST, example

# ------------------------------------------------------------------------ a fictional API of robots


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
class Pagination(Schema):
    """The metadata of a page."""

    total: int


@attrs.frozen(kw_only=True)
class Robots(Schema):
    """A page of robots."""

    robots: list[Robot]
    next_cursor: str | None = None
    pagination: Pagination


@attrs.frozen(kw_only=True)
class Part(Schema):
    """A part of a robot."""

    id: str
    robot_id: str
    size: int


@attrs.frozen(kw_only=True)
class Log(Schema):
    """A numbered log of a robot."""

    number: int
    text: str


@attrs.frozen(kw_only=True)
class Report(Schema):
    """The report of a robot."""

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
    sizes: Sequence[int] | None = None,
    metadata: Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Result[Robots, Failure]: ...


@operation("GET", "/v1/robots", returns=JSON(Robots))
async def machines_list(  # noqa: D103
    client: MistralCore, *, options: RequestOptions | None = None
) -> Result[Robots, Failure]: ...


@operation("POST", "/v1/robots", returns=JSON(Robot))
async def robots_create(  # noqa: D103
    client: MistralCore,
    *,
    name: str,
    id: str | None = None,  # noqa: A002
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


@operation("PUT", "/v1/robots/{robot_id}/name", returns=JSON(Robot))
async def robots_rename(  # noqa: D103
    client: MistralCore, robot_id: str, *, name: str, options: RequestOptions | None = None
) -> Result[Robot, Failure]: ...


@operation("POST", "/v1/robots/{robot_id}/reset", returns=NoContent())
async def robots_reset(  # noqa: D103
    client: MistralCore, robot_id: str, *, options: RequestOptions | None = None
) -> Result[None, Failure]: ...


@operation("GET", "/v1/robots/{robot_id}/photo", returns=Binary("image/png"))
async def robots_photo(  # noqa: D103
    client: MistralCore, robot_id: str, *, options: RequestOptions | None = None
) -> Result[ByteStream, Failure]: ...


@operation("GET", "/v1/robots/{robot_id}/logs", returns=JSON(list[Log]), headers=["last_event_id"])
async def robots_logs_list(  # noqa: D103
    client: MistralCore,
    robot_id: str,
    *,
    last_event_id: str | None = None,
    options: RequestOptions | None = None,
) -> Result[list[Log], Failure]: ...


@operation("POST", "/v1/robots/{robot_id}/logs", returns=JSON(Log))
async def robots_logs_create(  # noqa: D103
    client: MistralCore, robot_id: str, *, text: str, options: RequestOptions | None = None
) -> Result[Log, Failure]: ...


@operation("DELETE", "/v1/robots/{robot_id}/logs/{number}", returns=NoContent())
async def robots_logs_delete(  # noqa: D103
    client: MistralCore, robot_id: str, number: int, *, options: RequestOptions | None = None
) -> Result[None, Failure]: ...


@operation("GET", "/v1/robots/{robot_id}/logs/{number}", returns=JSON(Log))
async def robots_logs_get(  # noqa: D103
    client: MistralCore, robot_id: str, number: int, *, options: RequestOptions | None = None
) -> Result[Log, Failure]: ...


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
    *(robots_list, machines_list, robots_create, robots_get, robots_update, robots_delete),
    *(robots_archive, robots_rename, robots_reset, robots_photo),
    *(robots_logs_list, robots_logs_create, robots_logs_delete, robots_logs_get),
    *(robots_parts_list, robots_parts_get, robots_run, robots_run_stream, makers_list),
)

CACHES = (
    *(routing.load, routing.routes, routing.by_length),
    collection_rule.collection_at,
)


@pytest.fixture(autouse=True)
def index_of_robots(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Replace Mistral's API by that of the robots."""
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


# -------------------------------------------------------------------------------------- collections


async def test_a_member_is_created_read_changed_and_deleted(client: MistralCore) -> None:
    """It has the sent fields, an ID and times. A 204 has no body."""
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
    """The newest first, by a cursor that the last page does not have."""
    for number in range(5):
        await robots_create(client, name=f"R{number}", kind="car" if number % 2 else "arm")
    first = (await robots_list(client, limit=3)).unwrap()
    rest = (await robots_list(client, limit=3, cursor=first.next_cursor)).unwrap()
    assert [robot.name for robot in first.robots] == ["R4", "R3", "R2"]
    assert [robot.name for robot in rest.robots] == ["R1", "R0"]
    assert rest.next_cursor is None
    assert rest.pagination.total == 5
    cars = (await robots_list(client, kind="car")).unwrap()
    assert [robot.name for robot in cars.robots] == ["R3", "R1"]


@pytest.mark.parametrize("function", [robots_get, robots_update, robots_delete, robots_archive])
async def test_an_unknown_member_is_not_found(function: Any, client: MistralCore) -> None:
    """For each operation."""
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
    """With 422 and the path, by the types of the signature."""
    result = await client.execute(operation_of(robots_create), json=body)
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert [fault.loc for fault in result.error.detail] == [loc]


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": "many"}, {"cursor": "x"}])
async def test_an_invalid_page_is_refused(query: Any, client: MistralCore) -> None:
    """With 422 as well."""
    assert status(await robots_list(client, **query)) == 422


async def test_nested_members_are_deleted_with_their_parent(client: MistralCore) -> None:
    """A collection without a creating operation has one predefined member."""
    robot = (await robots_create(client, name="R2")).unwrap()
    (part,) = (await robots_parts_list(client, robot.id)).unwrap()
    assert part.robot_id == robot.id
    assert (await robots_parts_get(client, robot.id, part.id)).unwrap() == part
    assert status(await robots_parts_get(client, robot.id, "screw")) == 404
    await robots_delete(client, robot.id)
    assert status(await robots_parts_list(client, robot.id)) == 404


async def test_a_caller_may_choose_an_unused_id(client: MistralCore) -> None:
    """Otherwise the status is 409."""
    assert (await robots_create(client, name="R2", id="r2")).unwrap().id == "r2"
    assert (await robots_get(client, "r2")).unwrap().name == "R2"
    assert status(await robots_create(client, name="R3", id="r2")) == 409


async def test_numbered_members_are_counted_per_owner(client: MistralCore) -> None:
    """From 1, and after the highest number in use."""
    first, other = [(await robots_create(client, name=name)).unwrap().id for name in "AB"]
    for robot_id, expected in ((first, 1), (first, 2), (other, 1)):
        log = (await robots_logs_create(client, robot_id, text="on")).unwrap()
        assert log == Log(number=expected, text="on")
    await robots_logs_delete(client, first, 1)
    assert (await robots_logs_create(client, first, text="off")).unwrap().number == 3
    assert (await robots_logs_get(client, first, 3)).unwrap().text == "off"
    logs = (await robots_logs_list(client, first, last_event_id="7")).unwrap()
    assert [log.number for log in logs] == [3, 2]


@pytest.mark.parametrize(
    ("query", "loc"),
    [
        ("sizes=1&sizes=2", None),
        ("sizes=1&sizes=x", ["query", "sizes", 1]),
        ("metadata=%7B%22team%22%3A%20%22x%22%7D", None),
        ("metadata=%5B1%5D", ["query", "metadata"]),
        ("metadata=%7B", ["query", "metadata"]),
        ("team=x", None),
    ],
)
async def test_a_query_may_contain_lists_and_objects(
    query: str, loc: list[str | int] | None
) -> None:
    """A list repeats its key. An object is JSON, or has a key for each field."""
    sandbox = Sandbox()
    url = f"/v1/robots?{query}"
    secret = Secret(f"Bearer {sandbox.api_key}")
    request = Request(method="GET", url=url, path_template=url, body=None, authorization=secret)
    response = await sandbox.send(request)
    body = json.loads(response.body)
    if loc is None:
        assert (response.status, body["robots"]) == (200, [])
    else:
        assert (response.status, [each["loc"] for each in body["detail"]]) == (422, [loc])


async def test_an_endpoint_may_have_two_names(client: MistralCore) -> None:
    """They list the same members."""
    await robots_create(client, name="R2")
    assert await machines_list(client) == await robots_list(client)


async def test_the_oldest_member_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    """If a collection has too many."""
    monkeypatch.setattr("mistral_funcs.sandbox.members.MOST_MEMBERS", 2)
    client = MistralCore(transport=Sandbox())
    for number in range(4):
        await robots_create(client, name=f"R{number}")
    page = (await robots_list(client)).unwrap()
    assert [robot.name for robot in page.robots] == ["R3", "R2"]


# ------------------------------------------------------------------------------- verbs and examples


async def test_a_verb_changes_its_member(client: MistralCore) -> None:
    """By the row for the verb. The response has the changed member."""
    robot = (await robots_create(client, name="R2")).unwrap()
    assert (await robots_archive(client, robot.id)).unwrap().archived
    assert (await robots_get(client, robot.id)).unwrap().archived


async def test_a_put_below_a_member_sets_its_fields(client: MistralCore) -> None:
    """The response has the changed member."""
    robot = (await robots_create(client, name="R2")).unwrap()
    assert (await robots_rename(client, robot.id, name="R3")).unwrap().name == "R3"
    assert (await robots_get(client, robot.id)).unwrap().name == "R3"


async def test_a_response_may_be_empty_or_a_download(client: MistralCore) -> None:
    """If the operation declares no JSON."""
    robot = (await robots_create(client, name="R2")).unwrap()
    assert await robots_reset(client, robot.id) == Ok(None)
    photo = (await robots_photo(client, robot.id)).unwrap()
    assert (await photo.read()).unwrap() == dispatch.CONTENT


@attrs.frozen(kw_only=True)
class Plan(Schema):
    """A plan, which may contain another one."""

    object: Literal["plan"] | None = None
    step: Literal["go", "stop"]
    notes: dict[str, Any]
    created: UnixTime
    parent: "Plan | None"


def test_an_example_has_a_value_for_each_required_field() -> None:
    """A schema that contains itself ends after six levels."""
    plan, levels = example(Plan, {}, now=7), 0
    assert plan["object"] == "plan"
    while plan is not None:
        assert (plan["step"], plan["notes"], plan["created"]) == ("go", {}, 7)
        plan, levels = plan["parent"], levels + 1
    assert levels == DEEPEST + 1


@pytest.mark.parametrize(
    ("echo", "step"), [({"step": "stop"}, "stop"), ({"step": "jump"}, "go"), ({"step": 1}, "go")]
)
def test_an_example_contains_only_valid_echoes(echo: Mapping[str, Any], step: str) -> None:
    """Other values are ignored."""
    assert example(Plan, echo, now=7)["step"] == step


def test_faults_of_a_list_are_bounded() -> None:
    """A response does not list each fault of a long list."""
    with pytest.raises(InvalidArgumentError) as caught:
        structured([{}] * 1000, list[Log])
    assert len(caught.value.faults) <= MOST_FAULTS + 1


async def test_other_operations_return_an_example_with_echoes(client: MistralCore) -> None:
    """It is valid, and always the same."""
    report = (await robots_run(client, text="Go")).unwrap()
    assert (report.text, report.seconds, len(report.steps)) == ("Go", 1.0, 1)
    assert (await robots_run(client, text="Go")).unwrap() == report


async def test_a_list_without_a_get_operation_has_one_item(client: MistralCore) -> None:
    """On its first page. The next page is empty, so that iteration ends."""
    (item,) = [each.unwrap() async for each in paginate(makers_list, client)]
    assert isinstance(item, Part)
    assert await makers_list(client, offset=1) == Ok([])


async def test_a_streaming_twin_has_a_stream_of_examples(client: MistralCore) -> None:
    """On the same endpoint."""
    async with (await robots_run_stream(client, text="Go")).unwrap() as events:
        reports = [event.unwrap() async for event in events]
    assert [report.text for report in reports] == ["Go"]


async def test_planned_faults_and_wrong_keys_take_precedence() -> None:
    """As in all operations."""
    sandbox = Sandbox()
    sandbox.fail(403, on=robots_list)
    client = MistralCore(transport=sandbox)
    result = await robots_list(client)
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    assert result.error.status == 403
    stranger = MistralCore("wrong", transport=sandbox)
    assert status(await robots_list(stranger)) == 401


async def test_the_literal_segment_of_a_path_takes_precedence(client: MistralCore) -> None:
    """`/v1/robots/run` is not a member of `/v1/robots`."""
    assert isinstance(await robots_run(client, text="Go"), Ok)
    assert status(await robots_get(client, "run")) == 404
