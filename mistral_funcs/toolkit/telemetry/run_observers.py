"""Spans and metrics of runs and their tool calls."""

from contextlib import AbstractContextManager
from typing import Any, Final, final

from opentelemetry.trace import SpanKind, Tracer

from mistral_core import Err, Observer, Ok, Result
from mistral_core.structuring.converter import converter
from mistral_funcs.toolkit.runs.run_calls import RunCall, RunUsage
from mistral_funcs.toolkit.runs.run_errors import RunError
from mistral_funcs.toolkit.runs.run_events import Run
from mistral_funcs.toolkit.runs.run_state import RunState
from mistral_funcs.toolkit.runs.run_tasks import StartedRun, StartedTool
from mistral_funcs.toolkit.telemetry.genai_operations import PROVIDER
from mistral_funcs.toolkit.telemetry.instruments import Instruments
from mistral_funcs.toolkit.telemetry.message_parts import decoded
from mistral_funcs.toolkit.telemetry.recorded_content import (
    Content,
    request_content,
    response_content,
)
from mistral_funcs.toolkit.telemetry.request_attributes import Value, completion_attributes
from mistral_funcs.toolkit.telemetry.response_facts import ResponseFacts
from mistral_funcs.toolkit.telemetry.spans import ABANDONED, CANCELLED, WorkSpan

TOOL_ERRORS: Final = {"timed_out": "timeout"}
"""Error types of calls that ended without an exception."""


@final
class RunObserver(Observer):
    """The span of a run, below which are those of its calls and tool calls, and its metrics."""

    def __init__(
        self, started: StartedRun, tracer: Tracer, instruments: Instruments, content: Content
    ) -> None:
        """Start the span of a run."""
        attributes: dict[str, Value] = {
            "gen_ai.operation.name": "invoke_agent",
            "gen_ai.provider.name": PROVIDER,
            **completion_attributes(started.arguments),
        }
        if started.state.conversation_id is not None:
            attributes["gen_ai.conversation.id"] = started.state.conversation_id
        self._span = WorkSpan(tracer, "invoke_agent", SpanKind.INTERNAL, attributes)
        self._instruments = instruments
        self._content = content if self._span.recording else Content()
        self._span.set(
            self._content.record(lambda: request_content("invoke_agent", started.arguments))
        )
        self._usage_before = started.state.usage
        self._is_streamed = started.streamed

    def active(self) -> AbstractContextManager[object]:
        """Make the span the current one while the run is in progress."""
        return self._span.current()

    def ended(self, result: Any) -> None:
        """Set all that is known, end the span, and record the metric."""
        try:
            self._describe(result)
        finally:
            duration = self._span.end()
            attributes = self._span.attributes
            dimensions = ("gen_ai.request.model", "error.type")
            shared = {name: attributes[name] for name in dimensions if name in attributes}
            self._instruments.record("gen_ai.invoke_agent.duration", duration, shared)

    def _describe(self, result: Result[Run[Any], RunError] | None) -> None:
        if isinstance(result, Ok):
            self._set_state(result.value.state)
        elif isinstance(result, Err):
            self._set_state(result.error.state)
            self._span.fail(result.error)
        elif self._is_streamed:
            self._span.set(ABANDONED)
        else:
            self._span.fail(CANCELLED)

    def _set_state(self, state: RunState) -> None:
        facts = ResponseFacts("invoke_agent")
        facts.add(state.response)
        for name in ("gen_ai.response.id", "gen_ai.response.model"):
            facts.attributes.pop(name, None)
        self._span.set(facts.attributes)
        self._span.set(_usage(state.usage, self._usage_before))
        self._span.set(self._content.record(lambda: response_content(state.response)))


def _usage(usage: RunUsage, before: RunUsage) -> dict[str, Value]:
    """Return the tokens that a run used, without those before it was resumed."""
    if usage == before:
        return {}
    return {
        "gen_ai.usage.input_tokens": usage.prompt_tokens - before.prompt_tokens,
        "gen_ai.usage.output_tokens": usage.completion_tokens - before.completion_tokens,
    }


@final
class ToolObserver(Observer):
    """The span of a tool call, and its metric."""

    def __init__(
        self, started: StartedTool, tracer: Tracer, instruments: Instruments, content: Content
    ) -> None:
        """Start the span of a tool call."""
        call, definition = started.call, started.definition
        attributes: dict[str, Value] = {
            "gen_ai.operation.name": "execute_tool",
            "gen_ai.tool.name": call.name,
            "gen_ai.tool.type": "function",
            "gen_ai.tool.call.id": call.id,
        }
        if definition.description:
            attributes["gen_ai.tool.description"] = definition.description
        self._span = WorkSpan(tracer, f"execute_tool {call.name}", SpanKind.INTERNAL, attributes)
        self._instruments = instruments
        self._content = content if self._span.recording else Content()
        self._span.set(
            self._content.record(
                lambda: {
                    "gen_ai.tool.call.arguments": decoded(converter.unstructure(call.arguments))
                }
            )
        )

    def active(self) -> AbstractContextManager[object]:
        """Make the span the current one while the tool runs."""
        return self._span.current()

    def ended(self, result: Any) -> None:
        """Set the outcome, end the span, and record the metric."""
        call: RunCall | None = result
        if call is None:
            self._span.fail(CANCELLED)
        elif call.status != "succeeded":
            kind = TOOL_ERRORS.get(call.status) or type(call.exception).__name__
            self._span.fail({"error.type": kind})
        else:
            output = call.output
            self._span.set(
                self._content.record(
                    lambda: {"gen_ai.tool.call.result": decoded(converter.unstructure(output))}
                )
            )
        duration = self._span.end()
        attributes = self._span.attributes
        dimensions = ("gen_ai.tool.name", "gen_ai.tool.type", "error.type")
        shared = {name: attributes[name] for name in dimensions if name in attributes}
        self._instruments.record("gen_ai.execute_tool.duration", duration, shared)
