"""The agents of a sandbox, found by id, and their versions, found by number or alias."""

from datetime import UTC, datetime

import attrs

from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored import CREATED, StoredAgent
from mistral_funcs.schemas.beta.agents import Agent


def all_agents(state: State) -> dict[str, StoredAgent]:
    """Return all agents by id, oldest first."""
    return {each: find_agent(state, each) for each in {**state.agents, **state.created_agents}}


def find_agent(state: State, agent_id: str) -> StoredAgent:
    """Return an agent, or respond with 404."""
    if agent_id in state.created_agents:
        return state.created_agents[agent_id]
    if agent_id not in state.agents:
        refuse(404, f"No agent matches {agent_id!r}.", "not_found")
    created = datetime.fromtimestamp(CREATED, UTC)
    first = Agent(
        id=agent_id,
        model=state.agents[agent_id],
        name=agent_id,
        version=0,
        versions=[0],
        created_at=created,
        updated_at=created,
    )
    return StoredAgent({0: first})


def version_of(agent: StoredAgent, version: str | int | None = None) -> Agent:
    """Return a version of an agent, or respond with 404.

    Args:
        agent: The agent.
        version: The number of the version, or an alias. Defaults to the current version.
    """
    number = agent.current if version is None else version
    if isinstance(number, str):
        alias = agent.aliases.get(number)
        numbers = {str(each): each for each in agent.versions}
        number = numbers.get(number, -1) if alias is None else alias.version or 0
    if number not in agent.versions:
        refuse(404, f"No version matches {version!r}.", "not_found")
    return attrs.evolve(agent.versions[number], versions=[*agent.versions])
