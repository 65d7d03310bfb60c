"""Declared operations that both checkers reject: each line that is marked. Checked, never run."""

from typing import Any

from mistral_core import (
    JSON,
    Events,
    EventStream,
    Failure,
    MistralCore,
    NoContent,
    Result,
    operation,
    operation_of,
    streamed,
)
from mistral_funcs import chat_complete, chat_stream, models_retrieve
from mistral_funcs.schemas import CompletionChunk, ModelCard, ModelList

HI = [{"role": "user", "content": "hi"}]


@operation("GET", "/v1/a", returns=JSON(ModelList))  # error: it returns something else
async def another_response(client: MistralCore) -> Result[ModelCard, Failure]:
    """Return what the decorator does not."""
    ...


@operation("DELETE", "/v1/a", returns=NoContent())  # error: there is no body
async def no_response(client: MistralCore) -> Result[ModelCard, Failure]:
    """Return something where nothing is returned."""
    ...


@operation("GET", "/v1/a", returns=JSON(ModelList))  # error: no result
async def bare_response(client: MistralCore) -> ModelList:
    """Return a value that is in no result."""
    ...


@operation("GET", "/v1/a", returns=JSON(ModelList))  # error: no coroutine function
def not_async(client: MistralCore) -> Result[ModelList, Failure]:
    """Declare a function that cannot be awaited."""
    ...


@streamed(chat_complete, Events(CompletionChunk))  # error: other events
async def other_events(*args: Any, **kwargs: Any) -> Result[EventStream[ModelCard], Failure]:
    """Stream what the decorator does not."""
    ...


operation("FETCH", "/v1/a", returns=JSON(ModelList))  # error: no such method
operation("GET", "/v1/a")  # error: nothing is returned
operation("GET", "/v1/a", returns=ModelList)  # error: a schema says not how it is read
operation("GET", "/v1/a", JSON(ModelList))  # error: returns is by keyword
operation("GET", "/v1/a", returns=JSON(ModelList), places={})  # error: no such argument
streamed(chat_complete, JSON(ModelList))  # error: no events
operation_of("models_list")  # error: a name is no function


async def wrong_arguments(client: MistralCore) -> None:
    """The decorator leaves a signature as it is, and the twin has that of its plain operation."""
    await models_retrieve(client, model="m")  # error: another name
    await models_retrieve(core=client, model_id="m")  # error: no such argument
    await chat_complete(client, "m", messages=HI)  # error: model is by keyword
    await chat_complete(client, model="m")  # error: no messages
    await chat_stream(client, "m", messages=HI)  # error: model is by keyword
    await chat_stream(client, model="m")  # error: no messages
    await chat_stream(client, model="m", message=HI)  # error: a misspelt keyword
    await chat_stream(client, model="m", messages=HI, temperature="hot")  # error: a number
    await chat_stream(client, model="m", messages=HI, stream=True)  # error: no such argument
    await chat_stream("key", model="m", messages=HI)  # error: a key is no client
