"""Declared operations that both type checkers must reject in each marked line. Never run."""

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
    """Return another type than the declared one."""
    ...


@operation("DELETE", "/v1/a", returns=NoContent())  # error: the response has no body
async def no_response(client: MistralCore) -> Result[ModelCard, Failure]:
    """Return a value although none is declared."""
    ...


@operation("GET", "/v1/a", returns=JSON(ModelList))  # error: no result
async def bare_response(client: MistralCore) -> ModelList:
    """Return a value instead of a result."""
    ...


@operation("GET", "/v1/a", returns=JSON(ModelList))  # error: not a coroutine function
def not_async(client: MistralCore) -> Result[ModelList, Failure]:
    """Declare a plain function."""
    ...


@streamed(chat_complete, Events(CompletionChunk))  # error: it declares other events
async def other_events(*args: Any, **kwargs: Any) -> Result[EventStream[ModelCard], Failure]:
    """Stream other events than the declared ones."""
    ...


operation("FETCH", "/v1/a", returns=JSON(ModelList))  # error: no such method
operation("GET", "/v1/a")  # error: nothing is returned
operation("GET", "/v1/a", returns=ModelList)  # error: a schema is not a response kind
operation("GET", "/v1/a", JSON(ModelList))  # error: returns is by keyword
operation("GET", "/v1/a", returns=JSON(ModelList), places={})  # error: no such argument
streamed(chat_complete, JSON(ModelList))  # error: no events
operation_of("models_list")  # error: a name is not a function


async def wrong_arguments(client: MistralCore) -> None:
    """The decorator keeps the signature, and the twin has that of its plain operation."""
    await models_retrieve(client, model="m")  # error: its name is different
    await models_retrieve(core=client, model_id="m")  # error: no such argument
    await chat_complete(client, "m", messages=HI)  # error: model is by keyword
    await chat_complete(client, model="m")  # error: no messages
    await chat_stream(client, "m", messages=HI)  # error: model is by keyword
    await chat_stream(client, model="m")  # error: no messages
    await chat_stream(client, model="m", message=HI)  # error: a misspelled keyword
    await chat_stream(client, model="m", messages=HI, temperature="hot")  # error: a number
    await chat_stream(client, model="m", messages=HI, stream=True)  # error: no such argument
    await chat_stream("key", model="m", messages=HI)  # error: a key is not a client


async def conversation_arguments(client: MistralCore) -> None:
    """Names and types of arguments are checked, including those of streams."""
    await beta_conversations_start(client, input="Hi")  # error: it is `inputs`
    await beta_conversations_start_stream(client, inputs=1)  # error: a string or entries
    await beta_conversations_append(client, inputs="Hi")  # error: it has no conversation
    await beta_agents_create_version_alias(client, "a", alias="b")  # error: it has no version
    await responses_stream(client, model="m", input="Hi", stream=True)  # error: it is always sent
    new = CreateConnectorRequest(name="n", description="d")  # error: it has no server
    await beta_connectors_create(client, new)  # error: it must be named


def conversation_entries() -> None:
    """An entry requires the API's required fields."""
    FunctionResultEntry(result="1")  # error: it needs the ID of the call


def conversation_events(event: ConversationEventsData) -> None:
    """A match that omits events is reported."""
    match event:
        case MessageOutputEvent():
            assert event.txt  # error: it is `text`
        case _:
            assert_never(event)  # error: there are others
