"""Voice agents. Each update creates a version."""

from collections.abc import Mapping
from typing import Any

from mistral_core.structuring.converter import converter
from mistral_funcs.audio.agents.create import audio_agents_create
from mistral_funcs.audio.agents.delete import audio_agents_delete
from mistral_funcs.audio.agents.get import audio_agents_get
from mistral_funcs.audio.agents.list import audio_agents_list
from mistral_funcs.audio.agents.list_sessions import audio_agents_list_sessions
from mistral_funcs.audio.agents.list_versions import audio_agents_list_versions
from mistral_funcs.audio.agents.update import audio_agents_update
from mistral_funcs.sandbox.behaviors.beta_libraries import OWNER
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.state import MOST_KEPT, State, keep
from mistral_funcs.schemas.audio.agents import (
    AudioAgentConfigurationResponseConfig,
    AudioAgentListPage,
    AudioAgentResponse,
    AudioAgentSessionListPage,
    AudioAgentSessionSummary,
)


@responds_to(audio_agents_list)
def list_agents(state: State, arguments: Mapping[str, Any], search: str = "") -> AudioAgentListPage:
    """List the latest versions of the agents whose name contains a string."""
    latest = [versions[-1] for versions in reversed(state.voice_agents.values())]
    return _page([each for each in latest if search in (each.name or "")], arguments)


@responds_to(audio_agents_create)
def create_agent(state: State, arguments: Mapping[str, Any]) -> AudioAgentResponse:
    """Create an agent."""
    now = state.moment()
    agent = AudioAgentResponse(
        id=state.new_id(),
        version=1,
        owner_id=OWNER,
        created_at=now,
        updated_at=now,
        **_sent(arguments),
    )
    keep(state.voice_agents, agent.id, [agent])
    return agent


@responds_to(audio_agents_get)
def get_agent(state: State, agent_id: str, version: int | None = None) -> AudioAgentResponse:
    """Return a version of an agent, by default the latest."""
    return find_agent(state, agent_id, version)


@responds_to(audio_agents_update)
def update_agent(state: State, agent_id: str, arguments: Mapping[str, Any]) -> AudioAgentResponse:
    """Create a version of an agent."""
    latest = find_agent(state, agent_id)
    agent = AudioAgentResponse(
        id=agent_id,
        version=1 + (latest.version or 0),
        owner_id=OWNER,
        created_at=latest.created_at,
        updated_at=state.moment(),
        **_sent(arguments),
    )
    state.voice_agents[agent_id] = [*state.voice_agents[agent_id], agent][-MOST_KEPT:]
    return agent


@responds_to(audio_agents_delete)
def delete_agent(state: State, agent_id: str) -> None:
    """Delete an agent and its versions."""
    find_agent(state, agent_id)
    del state.voice_agents[agent_id]


@responds_to(audio_agents_list_versions)
def list_versions(state: State, agent_id: str, arguments: Mapping[str, Any]) -> AudioAgentListPage:
    """List the versions of an agent, newest first."""
    find_agent(state, agent_id)
    return _page([*reversed(state.voice_agents[agent_id])], arguments)


@responds_to(audio_agents_list_sessions)
def list_sessions(
    state: State, agent_id: str, arguments: Mapping[str, Any]
) -> AudioAgentSessionListPage:
    """List the sessions of an agent, newest first."""
    find_agent(state, agent_id)
    sessions = [
        AudioAgentSessionSummary(id=each.about.id, agent_id=agent_id)
        for each in reversed(state.voice_sessions.values())
        if each.agent_id == agent_id
    ]
    page, described = page_of(sessions, arguments)
    return AudioAgentSessionListPage(data=[*page], next_page_token=described.get("next_page_token"))


def find_agent(state: State, agent_id: str, version: int | None = None) -> AudioAgentResponse:
    """Return a version of an agent, or respond with 404."""
    versions = state.voice_agents.get(agent_id, [])
    matching = [each for each in versions if version in (None, each.version)]
    if not matching:
        refuse(404, f"No agent matches {agent_id!r}.", "not_found")
    return matching[-1]


def _page(agents: list[AudioAgentResponse], arguments: Mapping[str, Any]) -> AudioAgentListPage:
    page, described = page_of(agents, arguments)
    return AudioAgentListPage(data=[*page], next_page_token=described.get("next_page_token"))


def _sent(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an agent that the request contains."""
    configuration = converter.unstructure(arguments["configuration"])
    return {
        "name": arguments["name"],
        "description": arguments.get("description"),
        "configuration": converter.structure(configuration, AudioAgentConfigurationResponseConfig),
    }
