"""Declared operations that both checkers reject: each line that is marked. Checked, never run."""

from typing import Any, assert_never

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
from mistral_funcs import (
    beta_agents_create_version_alias,
    beta_connectors_create,
    beta_conversations_append,
    beta_conversations_start,
    beta_conversations_start_stream,
    chat_complete,
    chat_stream,
    models_retrieve,
    responses_stream,
)
from mistral_funcs.schemas import (
    CompletionChunk,
    ConversationEventsData,
    CreateConnectorRequest,
    FunctionResultEntry,
    MessageOutputEvent,
    ModelCard,
    ModelList,
)

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


async def conversation_arguments(client: MistralCore) -> None:
    """Names and types of arguments are checked, those of streams too."""
    await beta_conversations_start(client, input="Hi")  # error: it is `inputs`
    await beta_conversations_start_stream(client, inputs=1)  # error: a string or entries
    await beta_conversations_append(client, inputs="Hi")  # error: it has no conversation
    await beta_agents_create_version_alias(client, "a", alias="b")  # error: it has no version
    await responses_stream(client, model="m", input="Hi", stream=True)  # error: it always is
    new = CreateConnectorRequest(name="n", description="d")  # error: it has no server
    await beta_connectors_create(client, new)  # error: it is named


def conversation_entries() -> None:
    """An entry requires what the API does."""
    FunctionResultEntry(result="1")  # error: it names no call


def conversation_events(event: ConversationEventsData) -> None:
    """A match that leaves events out is reported."""
    match event:
        case MessageOutputEvent():
            assert event.txt  # error: it is `text`
        case _:
            assert_never(event)  # error: there are others
