"""Output of conversations and of the Responses API: messages, calls, handoffs and failures."""

import asyncio
import json
from typing import Any

import pytest

from mistral_core import MistralCore
from mistral_core.testing import json_response, stream_response
from mistral_funcs import (
    beta_agents_create,
    beta_conversations_start,
    beta_conversations_start_stream,
    responses_create,
    responses_stream,
)
from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Run
from tests.cli.test_harmless import EVIL, assert_harmless

MODEL = "mistral-large-latest"
MAIL = {
    "type": "connector",
    "connector_id": "mail",
    "tool_configuration": {"requires_confirmation": ["send"]},
}
REFUND: dict[str, Any] = {"type": "function", "function": {"name": "refund", "parameters": {}}}
START = ["beta", "conversations", "start"]
STREAM = ["beta", "conversations", "start-stream"]


@pytest.fixture
def desk(sandbox: Sandbox) -> str:
    """Create an agent that hands over to another one with tools, and return its ID."""

    async def create() -> str:
        client = MistralCore(transport=sandbox)
        tools: list[dict[str, Any]] = [MAIL, REFUND]
        other = await beta_agents_create(client, model=MODEL, name="billing", tools=tools)
        handoffs = [other.unwrap().id]
        agent = await beta_agents_create(client, model=MODEL, name="desk", handoffs=handoffs)
        return agent.unwrap().id

    return asyncio.run(create())


@pytest.mark.parametrize("words", [START, STREAM], ids=["plain", "streamed"])
def test_messages_calls_and_handoffs_are_lines_of_text(
    run: Run, desk: str, words: list[str]
) -> None:
    """A call that waits for confirmation says so."""
    outcome = run("--sandbox", *words, "--agent-id", desk, "--inputs", "billing: refund and send")
    assert outcome.out.splitlines() == [
        "Handed over to billing.",
        "refund({})",
        'send({"query": "billing: refund and send"}) waits for confirmation',
    ]
    assert run("--sandbox", *words, "--model", MODEL, "--inputs", "hi").out == "You said: hi\n"


def test_input_is_text_or_json(run: Run) -> None:
    """Entries are a JSON list, JSON lines, or a file."""
    entry = json.dumps({"role": "user", "content": "hi"})
    for inputs in ("hi", f"[{entry}]"):
        assert (
            run("--sandbox", *START, "--model", MODEL, "--inputs", inputs).out == "You said: hi\n"
        )
        response = run("--sandbox", "responses", "create", inputs, "--model", MODEL)
        assert response.out == "You said: hi\n"


@pytest.mark.parametrize("verb", ["create", "stream"])
def test_function_calls_of_responses_are_lines_of_text(run: Run, verb: str) -> None:
    """They follow the text."""
    tool = json.dumps({"type": "function", "name": "f"})
    words = ["responses", verb, "use f", "--model", MODEL, "--tools", tool]
    assert run("--sandbox", *words).out == "f({})\n"


def test_arguments_may_be_an_object(run: Run, sandbox: Sandbox) -> None:
    """Some servers send objects instead of JSON strings."""
    call = {"type": "function.call", "tool_call_id": "a", "name": "f", "arguments": {"a": 1}}
    handoff = {
        "type": "agent.handoff",
        "previous_agent_id": "a",
        "previous_agent_name": "a",
        "next_agent_id": "b",
        "next_agent_name": "",
    }
    body = {"conversation_id": "c", "outputs": [call, handoff, {"type": "novelty"}]}
    sandbox.fail(json_response(body), on=beta_conversations_start)
    outcome = run("--sandbox", *START, "--model", MODEL, "--inputs", "hi")
    assert outcome.out == 'f({"a": 1})\nHanded over to b.\n'


@pytest.mark.parametrize("verb", ["create", "stream"])
def test_no_response_controls_the_terminal(run: Run, sandbox: Sandbox, verb: str) -> None:
    """Text, names and arguments are escaped, plain and streamed."""
    part = {"type": "output_text", "text": EVIL}
    message = {"type": "message", "id": "m", "status": "completed", "content": [part]}
    call = {"type": "function_call", "call_id": "a", "name": EVIL, "arguments": EVIL}
    body = {"id": "r", "tool_choice": "auto", "output": [message, call]}
    events = [
        {"type": "response.output_text.delta", "delta": EVIL},
        {"type": "response.output_item.done", "item": call},
        {"type": "response.completed", "response": body},
    ]
    if verb == "create":
        sandbox.fail(json_response(body), on=responses_create)
    else:
        sandbox.fail(_events(*events), on=responses_stream)
    outcome = run("--sandbox", "responses", verb, "hi", "--model", MODEL)
    assert outcome.out.count("oob") == 3
    assert_harmless(outcome.out)


def test_a_failure_in_a_stream_is_an_error(run: Run, sandbox: Sandbox) -> None:
    """The text before the failure is printed."""
    sandbox.fail(429, on=beta_conversations_start_stream, after=3)
    outcome = run("--sandbox", *STREAM, "--model", MODEL, "--inputs", "hi")
    assert (outcome.code, outcome.out) == (1, "You said:\n")
    assert outcome.err.startswith("Error: Too Many Requests")
    assert "1300" in outcome.err
    for status in (429, 503):
        sandbox.fail(status, on=responses_stream, after=2)
        outcome = run("--sandbox", "responses", "stream", "hi", "--model", MODEL)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.startswith("Error: ")
    unclear = {"type": "conversation.response.error"}
    sandbox.fail(_events(unclear), on=beta_conversations_start_stream)
    outcome = run("--sandbox", *STREAM, "--model", MODEL, "--inputs", "hi")
    assert "Error: The response failed" in outcome.err


def _events(*data: object) -> Any:
    return stream_response(*(f"data: {json.dumps(each)}\n\n".encode() for each in data))
