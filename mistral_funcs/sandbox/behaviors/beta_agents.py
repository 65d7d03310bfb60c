"""Agents. Each update creates a version, and versions can have aliases."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from mistral_core import Unknown
from mistral_funcs.beta.agents.create import beta_agents_create
from mistral_funcs.beta.agents.create_version_alias import beta_agents_create_version_alias
from mistral_funcs.beta.agents.delete import beta_agents_delete
from mistral_funcs.beta.agents.delete_version_alias import beta_agents_delete_version_alias
from mistral_funcs.beta.agents.get import beta_agents_get
from mistral_funcs.beta.agents.get_version import beta_agents_get_version
from mistral_funcs.beta.agents.list import beta_agents_list
from mistral_funcs.beta.agents.list_pages import beta_agents_list_pages
from mistral_funcs.beta.agents.list_version_aliases import beta_agents_list_version_aliases
from mistral_funcs.beta.agents.list_versions import beta_agents_list_versions
from mistral_funcs.beta.agents.update import beta_agents_update
from mistral_funcs.beta.agents.update_version import beta_agents_update_version
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.stored_agents import all_agents, find_agent, version_of
from mistral_funcs.sandbox.behaviors.tool_rules import check_functions
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.state import MOST_KEPT, State, keep
from mistral_funcs.sandbox.stored import StoredAgent
from mistral_funcs.schemas.beta.agents import Agent, AgentAliasResponse, AgentListPage

LONGEST_MESSAGE = 500


@responds_to(beta_agents_create)
def create_agent(state: State, arguments: Mapping[str, Any]) -> Agent:
    """Create an agent, with version 0."""
    fields = _fields(state, arguments)
    now = state.moment()
    agent = Agent(
        **fields,
        id=f"ag_{state.new_id()}",
        version=0,
        versions=[0],
        created_at=now,
        updated_at=now,
        source="api",
        deployment_chat=False,
    )
    keep(state.created_agents, agent.id, StoredAgent({0: agent}))
    return agent


@responds_to(beta_agents_get)
def get_agent(state: State, agent_id: str, agent_version: int | str | None = None) -> Agent:
    """Return an agent."""
    return version_of(find_agent(state, agent_id), agent_version)


@responds_to(beta_agents_update)
def update_agent(state: State, agent_id: str, arguments: Mapping[str, Any]) -> Agent:
    """Create a version of an agent with the changed fields."""
    fields = _fields(state, arguments)
    agent = find_agent(state, agent_id)
    number = max(agent.versions) + 1
    changed = {"version": number, "updated_at": state.moment(), "version_message": None, **fields}
    agent.versions[number] = attrs.evolve(version_of(agent), **changed)
    if len(agent.versions) > MOST_KEPT:
        del agent.versions[next(iter(agent.versions))]
    return _switch(state, agent_id, agent, number)


@responds_to(beta_agents_update_version)
def switch_version(state: State, agent_id: str, version: int) -> Agent:
    """Switch an agent to another version."""
    agent = find_agent(state, agent_id)
    version_of(agent, version)
    return _switch(state, agent_id, agent, version)


@responds_to(beta_agents_delete)
def delete_agent(state: State, agent_id: str) -> None:
    """Delete an agent."""
    find_agent(state, agent_id)
    state.created_agents.pop(agent_id, None)
    state.agents.pop(agent_id, None)


@responds_to(beta_agents_list)
def list_agents(state: State, arguments: Mapping[str, Any]) -> list[Agent | Unknown]:
    """Return a page of agents, newest first."""
    items, _ = page_of(_matching(state, arguments), arguments, default=20)
    return [*items]


@responds_to(beta_agents_list_pages)
def list_pages(state: State, arguments: Mapping[str, Any]) -> AgentListPage:
    """Return a page of agents, newest first, with a token for the next page."""
    items, page = page_of(_matching(state, arguments), arguments, default=20)
    return AgentListPage(data=[*items], next_page_token=page.get("next_page_token"))


@responds_to(beta_agents_get_version)
def get_version(state: State, agent_id: str, version: str) -> Agent:
    """Return a version of an agent, by number or alias."""
    return version_of(find_agent(state, agent_id), version)


@responds_to(beta_agents_list_versions)
def list_versions(
    state: State, agent_id: str, arguments: Mapping[str, Any]
) -> list[Agent | Unknown]:
    """Return a page of the versions of an agent, newest first."""
    versions = [*reversed(find_agent(state, agent_id).versions.values())]
    items, _ = page_of(versions, arguments, default=20)
    return [*items]


@responds_to(beta_agents_create_version_alias)
def create_alias(state: State, agent_id: str, alias: str, version: int) -> AgentAliasResponse:
    """Create an alias of a version, or move it to another."""
    agent = find_agent(state, agent_id)
    version_of(agent, version)
    if alias.isdecimal() or not alias:
        invalid("alias", "An alias must not be empty or a number", alias, place="query")
    now = state.moment()
    before = agent.aliases.get(alias)
    created = before.created_at if before else now
    response = AgentAliasResponse(alias=alias, version=version, created_at=created, updated_at=now)
    keep(agent.aliases, alias, response)
    state.created_agents[agent_id] = agent
    return response


@responds_to(beta_agents_list_version_aliases)
def list_aliases(state: State, agent_id: str) -> list[AgentAliasResponse | Unknown]:
    """List the aliases of an agent."""
    return [*find_agent(state, agent_id).aliases.values()]


@responds_to(beta_agents_delete_version_alias)
def delete_alias(state: State, agent_id: str, alias: str) -> None:
    """Delete an alias of an agent."""
    if find_agent(state, agent_id).aliases.pop(alias, None) is None:
        refuse(404, f"No alias matches {alias!r}.", "not_found")


def _switch(state: State, agent_id: str, agent: StoredAgent, number: int) -> Agent:
    """Set the current version of an agent."""
    agent.current = number
    keep(state.created_agents, agent_id, agent)
    return version_of(agent)


def _fields(state: State, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments that are fields of an agent, or respond with 422."""
    names = {field.name for field in attrs.fields(Agent)}
    fields = {name: value for name, value in arguments.items() if name in names}
    if isinstance(fields.get("model"), str):
        choose_model(state, fields["model"], lambda card: card.capabilities.completion_chat)
    if len(fields.get("version_message") or "") > LONGEST_MESSAGE:
        invalid("version_message", f"It has more than {LONGEST_MESSAGE} characters")
    for agent_id in fields.get("handoffs") or ():
        find_agent(state, agent_id)
    check_functions(fields.get("tools"))
    return fields


def _matching(state: State, arguments: Mapping[str, Any]) -> Sequence[Agent]:
    """Return the current versions of the agents that match the filters, newest first."""
    agents = [version_of(each) for each in reversed(all_agents(state).values())]
    return [each for each in agents if _matches(each, arguments)]


def _matches(agent: Agent, asked: Mapping[str, Any]) -> bool:
    texts = f"{agent.name} {agent.description}".lower()
    metadata = agent.metadata or {}
    return (
        all(
            getattr(agent, name) == asked[name]
            for name in ("name", "id", "deployment_chat")
            if asked.get(name) is not None
        )
        and (not asked.get("search") or asked["search"].lower() in texts)
        and (not asked.get("sources") or agent.source in asked["sources"])
        and (asked.get("metadata") or {}).items() <= metadata.items()
    )
