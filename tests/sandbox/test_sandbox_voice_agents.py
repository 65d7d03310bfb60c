"""Voice agents of the sandbox, their sessions, and keys for realtime sessions."""

from datetime import timedelta

import pytest

from mistral_core import MistralCore
from mistral_funcs import (
    audio_agents_create,
    audio_agents_delete,
    audio_agents_get,
    audio_agents_list,
    audio_agents_list_sessions,
    audio_agents_list_versions,
    audio_agents_update,
    audio_sessions_close,
    audio_sessions_create,
    audio_sessions_get,
    paginate,
    realtime_sessions_create,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    AudioAgentConfigurationRequest,
    AudioAgentResponse,
    AudioAgentSessionSummary,
    FunctionRequest,
    HangUpTool,
    VoiceAgentFunctionToolRequest,
)

FUNCTION = VoiceAgentFunctionToolRequest(function=FunctionRequest(name="find", parameters={}))
CONFIGURATION = AudioAgentConfigurationRequest(
    instructions="Be kind.", tools=[HangUpTool(), FUNCTION]
)


@pytest.fixture
def client() -> MistralCore:
    """Return a client of a sandbox."""
    return MistralCore(transport=Sandbox())


async def test_each_update_of_an_agent_creates_a_version(client: MistralCore) -> None:
    """The latest one is the default."""
    created = await audio_agents_create(client, name="a", configuration=CONFIGURATION)
    agent = created.unwrap()
    assert agent.configuration is not None
    assert (agent.version, agent.configuration.instructions) == (1, "Be kind.")
    configuration = AudioAgentConfigurationRequest(instructions="Be brief.")
    updated = await audio_agents_update(client, agent.id, name="b", configuration=configuration)
    assert updated.unwrap().version == 2
    assert (await audio_agents_get(client, agent.id)).unwrap() == updated.unwrap()
    assert (await audio_agents_get(client, agent.id, version=1)).unwrap() == agent
    assert (await audio_agents_get(client, agent.id, version=3)).call.status == 404
    versions = paginate(audio_agents_list_versions, client, agent.id, page_size=1)
    assert [each.unwrap() async for each in versions] == [updated.unwrap(), agent]
    assert (await audio_agents_delete(client, agent.id)).unwrap() is None
    assert (await audio_agents_get(client, agent.id)).call.status == 404


async def test_agents_are_listed(client: MistralCore) -> None:
    """On several pages, or filtered by a part of the name."""
    for name in ("one", "two", "three"):
        await audio_agents_create(client, name=name, configuration=CONFIGURATION)
    for search, expected in ((None, ["three", "two", "one"]), ("t", ["three", "two"])):
        listed = paginate(audio_agents_list, client, page_size=2, search=search)
        agents = [each.unwrap() async for each in listed]
        assert [each.name for each in agents if isinstance(each, AudioAgentResponse)] == expected


async def test_the_life_of_a_session(client: MistralCore) -> None:
    """It has the data to join a room, and the functions of the agent or its own."""
    agent = (await audio_agents_create(client, name="a", configuration=CONFIGURATION)).unwrap()
    session = (await audio_sessions_create(client, agent_id=agent.id)).unwrap()
    assert session.participant_token
    assert str(session.server_url).startswith("wss://")
    assert [each.function.name for each in session.function_tools or []] == ["find"]
    own = await audio_sessions_create(client, agent_id=agent.id, tools=[HangUpTool()])
    assert own.unwrap().function_tools == []
    free = (await audio_sessions_create(client, instructions="Be brief.")).unwrap()
    listed = paginate(audio_agents_list_sessions, client, agent.id, page_size=1)
    sessions = [each.unwrap() async for each in listed]
    ids = [each.id for each in sessions if isinstance(each, AudioAgentSessionSummary)]
    assert ids == [own.unwrap().id, session.id]
    for status in ("active", "ended"):
        assert (await audio_sessions_get(client, free.id)).unwrap().status == status
        assert (await audio_sessions_close(client, free.id)).unwrap() is None
    assert (await audio_sessions_get(client, "nope")).call.status == 404
    assert (await audio_sessions_create(client, agent_id="nope")).call.status == 404


async def test_a_key_for_realtime_sessions_expires(client: MistralCore) -> None:
    """After the time in the call."""
    create = realtime_sessions_create
    short, long = [
        (await create(client, model="voxtral", ttl_seconds=seconds)).unwrap()
        for seconds in (None, 120)
    ]
    assert short.client_secret is not None
    assert long.expires_at is not None
    assert short.expires_at is not None
    assert str(short.client_secret.value) not in repr(short)
    assert long.expires_at - short.expires_at == timedelta(seconds=61)
    assert (await create(client, model="voxtral", ttl_seconds=0)).call.status == 422
