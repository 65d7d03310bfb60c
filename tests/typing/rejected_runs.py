"""Mistakes with runs: rejected, never run."""

from collections.abc import Coroutine
from typing import assert_type

from mistral_core import MistralCore, Result
from mistral_funcs import (
    Approve,
    Reject,
    Run,
    RunError,
    Tools,
    beta_conversations_start,
    beta_conversations_start_stream,
    chat_complete,
    chat_stream,
    embeddings_create,
    models_list,
    run,
    run_stream,
    tool,
)
from mistral_funcs.schemas import ChatCompletionResponse, ConversationResponse


@tool
def weather(city: str) -> list[float]:
    """Return the temperatures."""
    return city  # error: the annotation of the result is wrong


@tool
def forecast(city: int) -> str:
    """Return the forecast."""
    return city.upper()  # error: the annotation of the parameter is wrong


@tool
def history(days: int = "7") -> str:  # error: the default is of another type
    """Return past weather."""
    return str(days)


def options() -> None:
    """Options that do not exist, or have another type."""
    Tools(7)  # error: a number is not a tool
    Tools("weather")  # error: a name is not a tool
    Tools(weather, max_turn=3)  # error: a typo
    Tools(weather, max_turns="3")  # error: a string is not a number
    Tools(weather, on_error="raise")  # error: no such choice
    Tools(weather, confirm=[7])  # error: a number is not a tool
    Tools(weather, on_state=7)  # error: a number is not a function
    Tools(weather).resume("{}")  # error: a string is not a state
    Approve("yes")  # error: arguments are a mapping
    Reject(7)  # error: a reason is a string


async def arguments(client: MistralCore, tools: Tools) -> None:
    """Arguments of the operation, checked at the call of `run`."""
    await run(tools, chat_complete, client, mdel="m", messages=[])  # error: a typo
    await run(tools, chat_complete, client, messages=[])  # error: a model is required
    await run(tools, chat_complete, client, model=7, messages=[])  # error: a number is not a model
    await run(tools, chat_complete, model="m", messages=[])  # error: a client is required
    await run(tools, beta_conversations_start, client)  # error: inputs are required
    await run(weather, chat_complete, client, model="m", messages=[])  # error: in `Tools`
    await run(tools, chat_stream, client, model="m", messages=[])  # error: a stream
    await run(tools, embeddings_create, client, model="m", inputs="a")  # error: vectors
    await run(tools, models_list, client)  # error: a list of models
    await run_stream(tools, chat_complete, client, model="m", messages=[])  # error: no stream
    await run_stream(tools, chat_stream, client, mdel="m", messages=[])  # error: a typo
    await run_stream(tools, beta_conversations_start_stream, client)  # error: inputs are required


async def outcomes(
    started: Coroutine[None, None, Result[Run[ConversationResponse], RunError]],
    finished: Run[ChatCompletionResponse],
) -> None:
    """Read attributes that do not exist."""
    result = await started
    result.value  # error: it may be an Err  # noqa: B018
    result.unwrap().response.choices  # error: a conversation has none  # noqa: B018
    finished.response.outputs  # error: a chat has none  # noqa: B018
    finished.text = "x"  # error: it is read-only
    assert_type(finished, Run[ConversationResponse])  # error: it is the state of a chat
