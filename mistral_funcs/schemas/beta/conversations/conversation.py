"""Conversations, their responses and their history."""

from datetime import datetime
from typing import Any, final

import attrs

from mistral_core import Schema
from mistral_funcs.schemas.beta.conversations.entries import (
    ConversationResponseOutput,
    Entry,
    MessageEntries,
    MessageOutputEntry,
)
from mistral_funcs.schemas.shared.completion_args import CompletionArgs
from mistral_funcs.schemas.shared.guardrails import GuardrailConfig
from mistral_funcs.schemas.shared.tools import AgentTool


@final
@attrs.frozen(kw_only=True)
class ConversationUsageInfo(Schema):
    """Token usage of a response of a conversation.

    Attributes:
        prompt_tokens: Number of tokens in the prompt.
        completion_tokens: Number of generated tokens.
        total_tokens: Total number of tokens.
        connector_tokens: Number of tokens used by connectors.
        connectors: Number of uses of each connector.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0
    connector_tokens: int | None = None
    connectors: dict[str, int] | None = None


@final
@attrs.frozen(kw_only=True)
class ConversationResponse(Schema):
    """A response of a conversation.

    Attributes:
        object: `"conversation.response"`.
        conversation_id: ID of the conversation.
        outputs: Entries that the response added.
        usage: Token usage.
        guardrails: Results of the guardrails.
    """

    object: str = "conversation.response"
    conversation_id: str
    outputs: list[ConversationResponseOutput] = attrs.field(
        factory=list[ConversationResponseOutput]
    )
    usage: ConversationUsageInfo = attrs.field(factory=ConversationUsageInfo)
    guardrails: list[dict[str, Any]] | None = None

    @property
    def text(self) -> str:
        """The text of the messages in `outputs`. Empty if there is none."""
        return "".join(each.text for each in self.outputs if isinstance(each, MessageOutputEntry))


@final
@attrs.frozen(kw_only=True)
class AgentConversation(Schema):
    """A conversation with an agent.

    Attributes:
        object: `"conversation"`.
        id: ID of the conversation.
        created_at: When it was created.
        updated_at: When it was last updated.
        agent_id: ID of the agent.
        name: Name of the conversation.
        description: Description of the conversation.
        metadata: Your own metadata.
        agent_version: Version number or alias of the agent.
    """

    object: str = "conversation"
    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    agent_id: str | None = None
    name: str | None = None
    description: str | None = None
    metadata: dict[str, Any] | None = None
    agent_version: str | int | None = None


@final
@attrs.frozen(kw_only=True)
class ModelConversation(Schema):
    """A conversation with a model.

    Attributes:
        object: `"conversation"`.
        id: ID of the conversation.
        created_at: When it was created.
        updated_at: When it was last updated.
        model: ID of the model.
        instructions: Instructions for the model, as a system prompt.
        tools: Tools that the model may call.
        completion_args: Settings of the completions.
        guardrails: Guardrails to apply.
        name: Name of the conversation.
        description: Description of the conversation.
        metadata: Your own metadata.
    """

    object: str = "conversation"
    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    model: str | None = None
    instructions: str | None = None
    tools: list[AgentTool] | None = None
    completion_args: CompletionArgs | None = None
    guardrails: list[GuardrailConfig] | None = None
    name: str | None = None
    description: str | None = None
    metadata: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class ConversationHistory(Schema):
    """All entries of a conversation.

    Attributes:
        object: `"conversation.history"`.
        conversation_id: ID of the conversation.
        entries: The entries, oldest first.
    """

    object: str = "conversation.history"
    conversation_id: str | None = None
    entries: list[Entry] = attrs.field(factory=list[Entry])


@final
@attrs.frozen(kw_only=True)
class ConversationMessages(Schema):
    """The messages of a conversation.

    Attributes:
        object: `"conversation.messages"`.
        conversation_id: ID of the conversation.
        messages: The messages, oldest first.
    """

    object: str = "conversation.messages"
    conversation_id: str | None = None
    messages: list[MessageEntries] = attrs.field(factory=list[MessageEntries])
