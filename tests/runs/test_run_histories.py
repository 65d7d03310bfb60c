"""The messages of a run can be sent and continued, whatever happened in the run.

The judge is `mistral-common`, which implements the rules of every API version.
"""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any, cast

import pytest
from hypothesis import given, settings, strategies as st
from mistral_common.protocol.instruct.request import ChatCompletionRequest
from mistral_common.protocol.instruct.validator import (
    ValidationMode,
    get_validator,  # pyright: ignore[reportUnknownVariableType] - its validators are generic
)
from mistral_common.tokens.tokenizers.base import TokenizerVersion

from mistral_core import Err, MistralCore
from mistral_core.request.encode import encode_json
from mistral_core.testing import json_response
from mistral_funcs import (
    Approve,
    Decision,
    Reject,
    RunState,
    ToolError,
    Tools,
    chat_complete,
    chat_stream,
    run,
    run_stream,
    tool,
)
from tests.runs.scripted_model import ScriptedModel, Turn, calls, says, streamed

QUESTION = {"role": "user", "content": "Do it."}


@tool
async def succeed(text: str = "") -> str:
    """Succeed."""
    await asyncio.sleep(0)
    return text


@tool
async def fail() -> str:
    """Fail."""
    raise ToolError("no")


@tool
async def crash() -> None:
    """Fail unexpectedly."""
    raise KeyError("secret")


@tool(timeout=0.001)
async def hang() -> None:
    """Time out."""
    await asyncio.Event().wait()


@tool
async def wait() -> str:
    """Take some time."""
    await asyncio.sleep(0.002)
    return "waited"


@tool(confirm=True)
async def send() -> str:
    """A tool that requires confirmation."""
    return "sent"


TOOLS = (succeed, fail, crash, hang, wait, send)
NAMES = [each.definition.name for each in TOOLS]

names = st.sampled_from([*NAMES, "unknown", "not a name!", "", "x" * 70])
arguments = st.sampled_from(["", "null", "{}", '{"text": "hi"}', '{"text": 7}', '{"te', "[1]", "7"])
ids = st.sampled_from([None, "", "null", "abcdefghi", "call_123", "sameid000"])
texts = st.sampled_from([None, "", "Well.", " "])
decisions: st.SearchStrategy[Decision | None] = st.sampled_from(
    [Approve(), Approve({}), Reject(), Reject("not now"), None]
)


@st.composite
def tool_turns(draw: st.DrawFn) -> Turn:
    """Return a turn with tool calls, with or without text."""
    requested = draw(st.lists(st.tuples(names, arguments), min_size=1, max_size=4))
    chosen = [draw(ids) for _ in requested]
    return calls(*requested, ids=chosen, text=draw(texts) or "")


def _failures() -> list[Turn]:
    return [
        lambda _: json_response({"message": "Down"}, 400),
        lambda _: json_response({"id": "c", "model": "m", "choices": []}),
        lambda _: streamed(says("It is"), cut_off=True),
    ]


turns = st.one_of(tool_turns(), st.builds(says, texts), st.sampled_from(_failures()))


def check(messages: Sequence[Any]) -> None:
    """Check that every API version accepts the messages, also with another question."""
    body: list[dict[str, Any]] = json.loads(encode_json([*messages, QUESTION]))
    for message in body:
        for call in message.get("tool_calls") or ():
            json.loads(call["function"]["arguments"])
            call.pop("index", None)
    request_class: Any = ChatCompletionRequest
    for version in TokenizerVersion:
        validator = cast("Any", get_validator(version, ValidationMode.serving))
        validator.validate_request(request_class.model_validate({"model": "m", "messages": body}))
    for before, after in pairwise(body):
        assert (before["role"], after["role"]) != ("tool", "user")


async def complete(client: MistralCore, tools: Tools, messages: Any, *, streams: bool) -> RunState:
    """Run to the end, and return the last state."""
    if not streams:
        result = await run(tools, chat_complete, client, model="m", messages=messages)
        return result.error.state if isinstance(result, Err) else result.value.state
    opened = await run_stream(tools, chat_stream, client, model="m", messages=messages)
    if isinstance(opened, Err):
        return opened.error.state
    async with opened.value as events:
        async for _ in events:
            pass
    return opened.value.state


@pytest.mark.parametrize("streams", [False, True])
@settings(deadline=None, max_examples=150)
@given(
    script=st.lists(turns, min_size=1, max_size=5),
    options=st.fixed_dictionaries(
        {
            "max_turns": st.integers(1, 4),
            "on_error": st.sampled_from(["report", "stop"]),
            "respond_at_limit": st.booleans(),
        }
    ),
    decided=st.lists(decisions, min_size=6, max_size=6),
    cancel_after=st.one_of(st.none(), st.integers(0, 12)),
)
def test_every_history_can_be_sent_and_continued(
    streams: bool,  # noqa: FBT001
    script: list[Turn],
    options: dict[str, Any],
    decided: list[Decision | None],
    cancel_after: int | None,
) -> None:
    """Finished, out of turns, failed, timed out, rejected, resumed, cancelled or crashed."""
    states: list[RunState] = []
    tasks: list[asyncio.Task[RunState]] = []

    def on_state(state: RunState) -> None:
        states.append(state)
        if len(states) == cancel_after:
            tasks[-1].cancel()

    async def scenario() -> None:
        tools = Tools(*TOOLS, **options, on_state=on_state)
        async with MistralCore(transport=ScriptedModel(*script, says("Done."))) as client:

            async def go_on(tools: Tools, messages: Any) -> RunState:
                coroutine = complete(client, tools, messages, streams=streams)
                tasks.append(asyncio.create_task(coroutine))
                return await tasks[-1]

            with suppress(asyncio.CancelledError):
                state = await go_on(tools, [QUESTION])
                for _ in range(3):
                    pending = zip(state.pending, decided, strict=False)
                    chosen = {call.id: each for call, each in pending if each is not None}
                    saved = RunState.from_json(state.to_json()).unwrap()
                    if not chosen:
                        break
                    state = await go_on(tools.resume(saved, chosen), saved.messages)
            assert len(asyncio.all_tasks()) == 1

    asyncio.run(scenario())
    for state in states:  # A process may end after any of them.
        check(state.messages)
