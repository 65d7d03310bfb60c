"""Responses of the sandbox in a conversation: handoffs, tool calls and messages.

If the user's message contains the name of a tool, it runs. If it contains the name of another
agent, that agent takes over.
"""

from collections.abc import Mapping, Sequence
from typing import Any, final

import attrs

from mistral_funcs.sandbox.behaviors.conversation_entries import identified, messages_of
from mistral_funcs.sandbox.behaviors.message_rules import Message
from mistral_funcs.sandbox.behaviors.replies import new_call_id, reply, text_of_message
from mistral_funcs.sandbox.behaviors.server_tools import (
    ServerTool,
    arguments_for,
    execute,
    output_of,
    server_tools,
)
from mistral_funcs.sandbox.behaviors.stored_agents import find_agent, version_of
from mistral_funcs.sandbox.behaviors.tokens import contains_word
from mistral_funcs.sandbox.behaviors.tool_rules import functions_of
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.beta.agents import Agent
from mistral_funcs.schemas.beta.conversations.conversation import (
    AgentConversation,
    ModelConversation,
)
from mistral_funcs.schemas.beta.conversations.entries import (
    AgentHandoffEntry,
    Entry,
    FunctionCallEntry,
    FunctionResultEntry,
    MessageOutputEntry,
)
from mistral_funcs.schemas.shared.chunks import TextChunk
from mistral_funcs.schemas.shared.completion_args import CompletionArgs
from mistral_funcs.schemas.shared.completions import ChatCompletionChoice
from mistral_funcs.schemas.shared.messages import ToolMessage
from mistral_funcs.schemas.shared.tools import Tool

SETTINGS = ("stop", "max_tokens", "response_format", "reasoning_effort", "tool_choice")
"""The completion settings that the sandbox supports."""


def speaker_of(
    state: State, about: AgentConversation | ModelConversation, entries: Sequence[Entry]
) -> Agent:
    """Return the agent that responds next. A model is an agent without an id."""
    if isinstance(about, ModelConversation):
        names = ("model", "instructions", "tools", "completion_args")
        return Agent(id="", **{name: getattr(about, name) for name in names})
    for entry in reversed(entries):
        if isinstance(entry, AgentHandoffEntry):
            return version_of(find_agent(state, entry.next_agent_id))
    return version_of(find_agent(state, about.agent_id or ""), about.agent_version)


@final
@attrs.define
class Turn:
    """A response of a conversation under construction.

    Attributes:
        state: The state of the sandbox.
        speaker: The agent that responds.
        entries: The entries of the conversation, including those of the request.
        settings: The settings of the request, which override those of the agent.
        follows_handoffs: Whether the server continues after a handoff.
        outputs: The entries of the response so far.
        chunks: The chunks that tools add to the message.
        results: The results of tools on the server, or the reasons why they did not run.
    """

    state: State
    speaker: Agent
    entries: Sequence[Entry]
    settings: Mapping[str, Any]
    follows_handoffs: bool
    outputs: list[Entry] = attrs.field(factory=list[Entry])
    chunks: list[Any] = attrs.field(factory=list[Any])
    results: list[str] = attrs.field(factory=list[str])

    def respond(self, decided: Sequence[FunctionCallEntry]) -> list[Entry]:
        """Return the entries of the response.

        Args:
            decided: The server-side calls that the request allows or denies.
        """
        messages = messages_of(self.entries)
        for decision in decided:
            self._finish(decision)
        if decided or isinstance(self.entries[-1], FunctionResultEntry):
            self._say(self._reply(messages))
            return self.outputs
        text = text_of_message(messages[-1]) if messages[-1].role == "user" else ""
        if self._hand_over(text):
            return self.outputs
        pending = [
            self._pending(tool, text) for tool in self._named(text) if not self._run(tool, text)
        ]
        choice = self._reply(messages, with_results=False)
        calls = (choice.message and choice.message.tool_calls) or ()
        for each in calls:
            name, arguments = each.function.name, each.function.arguments
            call = FunctionCallEntry(
                tool_call_id=each.id or "", name=name, arguments=arguments, **self._origin
            )
            self._add(call)
        self.outputs += pending
        if not calls and not pending:
            self._say(self._reply(messages) if self.results else choice)
        return self.outputs

    @property
    def _origin(self) -> dict[str, Any]:
        """The fields of an entry that identify its author."""
        return {"model": self.speaker.model, "agent_id": self.speaker.id or None}

    @property
    def _settings(self) -> dict[str, Any]:
        """The settings of the completion."""
        own = self.speaker.completion_args or CompletionArgs()
        settings = {name: getattr(own, name) for name in SETTINGS}
        return {**settings, **{n: each for n, each in self.settings.items() if each is not None}}

    def _add(self, entry: Any) -> None:
        self.outputs.append(identified(self.state, entry))

    def _hand_over(self, text: str) -> bool:
        """Hand over to the agents that the user names. Return whether the client must continue."""
        seen = {self.speaker.id}
        while following := self._following(text, seen):
            seen.add(following.id)
            self._add(
                AgentHandoffEntry(
                    previous_agent_id=self.speaker.id,
                    previous_agent_name=self.speaker.name or "",
                    next_agent_id=following.id,
                    next_agent_name=following.name or "",
                )
            )
            self.speaker = following
            if not self.follows_handoffs:
                return True
        return False

    def _following(self, text: str, seen: set[str]) -> Agent | None:
        handoffs = [each for each in self.speaker.handoffs or () if each not in seen]
        agents = [version_of(find_agent(self.state, each)) for each in handoffs]
        return next((each for each in agents if contains_word(text, each.name or each.id)), None)

    def _named(self, text: str) -> list[ServerTool]:
        """Return the server-side tools that the user names, if tools may be called."""
        if self._settings["tool_choice"] == "none":
            return []
        return [each for each in server_tools(self.speaker.tools) if contains_word(text, each.name)]

    def _run(self, tool: ServerTool, text: str) -> bool:
        """Run a tool, unless it requires confirmation. Return whether it ran."""
        if not tool.confirm:
            self._execute(tool.name, arguments_for(text))
        return not tool.confirm

    def _execute(self, name: str, arguments: str) -> None:
        entry, chunks = execute(self.state, name, arguments, **self._origin)
        self._add(entry)
        self.chunks += chunks
        self.results.append(output_of(name))

    def _pending(self, tool: ServerTool, text: str) -> Entry:
        """Return a call that waits for confirmation."""
        call = FunctionCallEntry(
            tool_call_id=new_call_id(self.state),
            name=tool.name,
            arguments=arguments_for(text),
            confirmation_status="pending",
            **self._origin,
        )
        pending: Entry = identified(self.state, call)
        return pending

    def _finish(self, call: FunctionCallEntry) -> None:
        """Run a call that was allowed, or record that it was denied."""
        if call.confirmation_status == "allowed":
            self._execute(call.name, str(call.arguments))
        else:
            self.results.append(f"{call.name} was denied")

    def _reply(
        self, messages: Sequence[Message], *, with_results: bool = True
    ) -> ChatCompletionChoice:
        """Return the response that a chat would give."""
        results = [ToolMessage(content=each) for each in self.results if with_results]
        tools = [Tool(function=each) for each in functions_of(self.speaker.tools)]
        arguments = {**self._settings, "tools": tools, "messages": [*messages, *results]}
        return reply(self.state, arguments, 0)

    def _say(self, choice: ChatCompletionChoice) -> None:
        """Add a message, with references to the sources and files of the tools."""
        content: Any = choice.message.content if choice.message else ""
        if self.chunks:
            text = [TextChunk(text=content)] if isinstance(content, str) else content
            content = [*text, *self.chunks]
        self._add(MessageOutputEntry(content=content, **self._origin))
