"""Agents, their versions and aliases."""

from datetime import datetime
from typing import Any, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.shared.completion_args import CompletionArgs
from mistral_funcs.schemas.shared.guardrails import GuardrailConfig
from mistral_funcs.schemas.shared.tools import AgentTool


@final
@attrs.frozen(kw_only=True)
class Agent(Schema):
    """An agent.

    Attributes:
        object: `"agent"`.
        id: ID of the agent.
        model: ID of the model.
        name: Name of the agent.
        version: Version number.
        versions: All version numbers.
        created_at: When it was created.
        updated_at: When it was last updated.
        deployment_chat: Whether the agent is available in Le Chat.
        source: Where the agent was created.
        instructions: Instructions for the model, as a system prompt.
        tools: Tools that the model may call.
        completion_args: Settings of the completions.
        guardrails: Guardrails to apply.
        description: Description of the agent.
        handoffs: IDs of the agents that it can hand over to.
        metadata: Your own metadata.
        owner_id: ID of the owner.
        version_message: Description of the changes in this version.
    """

    object: str = "agent"
    id: str
    model: str | None = None
    name: str | None = None
    version: int | None = None
    versions: list[int] = attrs.field(factory=list[int])
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deployment_chat: bool | None = None
    source: str | None = None
    instructions: str | None = None
    tools: list[AgentTool] | None = None
    completion_args: CompletionArgs | None = None
    guardrails: list[GuardrailConfig] | None = None
    description: str | None = None
    handoffs: list[str] | None = None
    metadata: dict[str, Any] | None = None
    owner_id: str | None = None
    version_message: str | None = None


@final
@attrs.frozen(kw_only=True)
class AgentAliasResponse(Schema):
    """An alias of a version of an agent.

    Attributes:
        alias: The alias.
        version: Number of its version.
        created_at: When it was created.
        updated_at: When it was last updated.
    """

    alias: str
    version: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@final
@attrs.frozen(kw_only=True)
class AgentListPage(Schema):
    """A page of agents.

    Attributes:
        object: `"list"`.
        data: Agents on this page.
        next_page_token: Token of the next page. `None` on the last page.
    """

    object: str = "list"
    data: list[Agent | Unknown] = attrs.field(factory=list[Agent | Unknown])
    next_page_token: str | None = None
