"""The agents of the sandbox: versions, aliases, lists and responses."""

from typing import Any

import pytest

from mistral_core import (
    Err,
    Failure,
    HTTPValidationError,
    MistralCore,
    Result,
    RetryConfig,
    SDKError,
    Unknown,
)
from mistral_funcs import (
    agents_complete,
    beta_agents_create,
    beta_agents_create_version_alias,
    beta_agents_delete,
    beta_agents_delete_version_alias,
    beta_agents_get,
    beta_agents_get_version,
    beta_agents_list,
    beta_agents_list_pages,
    beta_agents_list_version_aliases,
    beta_agents_list_versions,
    beta_agents_update,
    beta_agents_update_version,
    paginate,
)
from mistral_funcs.sandbox import Sandbox, state
from mistral_funcs.schemas import Agent, UserMessage

MODEL = "mistral-large-latest"
SPACE: dict[str, Any] = {"type": "function", "function": {"name": "a b", "parameters": {}}}


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a new sandbox."""
    return Sandbox()


@pytest.fixture
def client(sandbox: Sandbox) -> MistralCore:
    """Return a client of the sandbox."""
    return MistralCore(transport=sandbox, retry_config=RetryConfig(strategy="none"))


async def created(client: MistralCore, name: str = "support", **fields: Any) -> Agent:
    """Return a new agent."""
    return (await beta_agents_create(client, model=MODEL, name=name, **fields)).unwrap()


def status_of(result: Result[Any, Failure]) -> int | None:
    """Return the status of an error."""
    assert isinstance(result, Err)
    return result.call.status


def names(agents: list[Agent | Unknown]) -> list[str | None]:
    """Return the names of agents."""
    return [each.name for each in agents if isinstance(each, Agent)]


async def test_an_agent_has_the_fields_of_its_creation(client: MistralCore) -> None:
    """It has a first version."""
    agent = await created(client, instructions="Be kind.", metadata={"team": "a"})
    assert (agent.model, agent.name, agent.instructions) == (MODEL, "support", "Be kind.")
    assert (agent.version, agent.versions, agent.source) == (0, [0], "api")
    assert (await beta_agents_get(client, agent.id)).unwrap() == agent


async def test_an_update_creates_a_version(client: MistralCore) -> None:
    """Fields that were not sent are kept. The new version is in use. Earlier ones remain."""
    agent = await created(client, instructions="Be kind.", version_message="first")
    updated = (await beta_agents_update(client, agent.id, instructions="Be brief.")).unwrap()
    assert (updated.version, updated.versions, updated.name) == (1, [0, 1], "support")
    assert (updated.instructions, updated.version_message) == ("Be brief.", None)
    assert (await beta_agents_get(client, agent.id)).unwrap() == updated
    for version in (0, "0"):
        before = (await beta_agents_get(client, agent.id, agent_version=version)).unwrap()
        assert (before.version, before.instructions) == (0, "Be kind.")
    one = (await beta_agents_get_version(client, agent.id, "1")).unwrap()
    assert one == updated
    versions = (await beta_agents_list_versions(client, agent.id)).unwrap()
    assert [each.version for each in versions if isinstance(each, Agent)] == [1, 0]


async def test_an_agent_can_switch_its_version(client: MistralCore) -> None:
    """The next update is based on that version, and has a new number."""
    agent = await created(client, instructions="first")
    await beta_agents_update(client, agent.id, instructions="second")
    back = (await beta_agents_update_version(client, agent.id, version=0)).unwrap()
    assert (back.version, back.instructions) == (0, "first")
    third = (await beta_agents_update(client, agent.id, name="new")).unwrap()
    assert (third.version, third.versions, third.instructions) == (2, [0, 1, 2], "first")
    assert status_of(await beta_agents_update_version(client, agent.id, version=9)) == 404


async def test_a_version_has_aliases(client: MistralCore) -> None:
    """An alias can be moved, and is accepted wherever a version number is."""
    agent = await created(client, instructions="first")
    await beta_agents_update(client, agent.id, instructions="second")
    alias = (
        await beta_agents_create_version_alias(client, agent.id, alias="live", version=0)
    ).unwrap()
    assert (alias.alias, alias.version) == ("live", 0)
    live = (await beta_agents_get(client, agent.id, agent_version="live")).unwrap()
    assert live.instructions == "first"
    moved = (
        await beta_agents_create_version_alias(client, agent.id, alias="live", version=1)
    ).unwrap()
    assert moved.created_at == alias.created_at
    assert (await beta_agents_get_version(client, agent.id, "live")).unwrap().version == 1
    assert (await beta_agents_list_version_aliases(client, agent.id)).unwrap() == [moved]
    assert (await beta_agents_delete_version_alias(client, agent.id, alias="live")).unwrap() is None
    for gone in (
        await beta_agents_delete_version_alias(client, agent.id, alias="live"),
        await beta_agents_get_version(client, agent.id, "live"),
        await beta_agents_create_version_alias(client, agent.id, alias="live", version=7),
    ):
        assert status_of(gone) == 404
    for alias_name in ("", "7"):
        refused = await beta_agents_create_version_alias(
            client, agent.id, alias=alias_name, version=0
        )
        assert status_of(refused) == 422


async def test_agents_are_listed_and_filtered(client: MistralCore) -> None:
    """The newest first. The agent of a new sandbox is the last one."""
    await created(client, "one", description="For sales")
    two = await created(client, "two", metadata={"team": "a", "n": 1})
    listed = (await beta_agents_list(client)).unwrap()
    assert names(listed) == ["two", "one", "ag:sandbox"]
    for filters, expected in (
        ({"name": "one"}, ["one"]),
        ({"id": two.id}, ["two"]),
        ({"search": "SALES"}, ["one"]),
        ({"sources": ["api"]}, ["two", "one"]),
        ({"deployment_chat": True}, []),
        ({"metadata": {"team": "a"}}, ["two"]),
        ({"page_size": 2, "page": 1}, ["ag:sandbox"]),
    ):
        query: dict[str, Any] = filters
        assert names((await beta_agents_list(client, **query)).unwrap()) == expected
    pages = [each.unwrap() async for each in paginate(beta_agents_list_pages, client, page_size=2)]
    assert names(pages) == ["two", "one", "ag:sandbox"]


async def test_an_agent_completes_chats(client: MistralCore) -> None:
    """Including a new one, but not a deleted one."""
    agent = await created(client)
    hi = [UserMessage(content="hi")]
    response = (await agents_complete(client, agent_id=agent.id, messages=hi)).unwrap()
    assert (response.model, response.text) == (MODEL, "You said: hi")
    for each in (agent.id, "ag:sandbox"):
        assert (await beta_agents_delete(client, each)).unwrap() is None
        assert status_of(await beta_agents_delete(client, each)) == 404
        assert status_of(await agents_complete(client, agent_id=each, messages=hi)) == 404


async def test_an_agent_calls_its_functions(client: MistralCore) -> None:
    """Although the request does not contain them."""
    tool: dict[str, Any] = {"type": "function", "function": {"name": "refund", "parameters": {}}}
    agent = await created(client, tools=[tool])
    messages = [UserMessage(content="refund Bob")]
    response = (await agents_complete(client, agent_id=agent.id, messages=messages)).unwrap()
    (choice,) = response.choices
    assert choice.message is not None
    assert [call.function.name for call in choice.message.tool_calls or ()] == ["refund"]


async def test_the_predefined_agent_can_be_updated(client: MistralCore) -> None:
    """Like any other."""
    updated = (await beta_agents_update(client, "ag:sandbox", name="new")).unwrap()
    assert (updated.id, updated.version, updated.model) == ("ag:sandbox", 1, MODEL)
    assert (await beta_agents_get(client, "ag:sandbox")).unwrap() == updated


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"model": "none"}, 400),
        ({"handoffs": ["none"]}, 404),
        ({"version_message": "x" * 501}, 422),
        ({"tools": [SPACE]}, 400),
    ],
)
async def test_an_invalid_agent_is_refused(
    client: MistralCore, fields: dict[str, Any], status: int
) -> None:
    """When it is created, and when it is updated."""
    given: dict[str, Any] = {"model": MODEL, "name": "n", **fields}
    refused = await beta_agents_create(client, **given)
    assert isinstance(refused, Err)
    assert isinstance(refused.error, SDKError | HTTPValidationError)
    assert status_of(refused) == status
    assert status_of(await beta_agents_update(client, "ag:sandbox", **fields)) == status


async def test_the_number_of_versions_is_bounded(
    client: MistralCore, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The oldest are removed."""
    monkeypatch.setattr("mistral_funcs.sandbox.behaviors.beta_agents.MOST_KEPT", 3)
    monkeypatch.setattr(state, "MOST_KEPT", 3)
    agents = [await created(client) for _ in range(5)]
    assert [*sandbox.state.created_agents] == [each.id for each in agents[2:]]
    for number in range(9):
        await beta_agents_update(client, agents[-1].id, name=str(number))
    assert (await beta_agents_get(client, agents[-1].id)).unwrap().versions == [7, 8, 9]
