"""Declared operations that both type checkers must accept. Never run."""

from collections.abc import Awaitable, Callable
from typing import Any, assert_type

from mistral_core import (
    JSON,
    Events,
    EventStream,
    Failure,
    MistralCore,
    NoContent,
    Operation,
    RequestOptions,
    Result,
    operation,
    operation_of,
    streamed,
)
from mistral_funcs import chat_complete, chat_stream, models_list, models_retrieve
from mistral_funcs.schemas import (
    ChatCompletionResponse,
    CompletionChunk,
    ModelCard,
    ModelList,
    UserMessage,
)


@operation("GET", "/v1/models/{model_id}", returns=JSON(ModelList), headers=("last_seen",))
async def models_like(
    client: MistralCore,
    model_id: str,
    *,
    last_seen: str | None = None,
    options: RequestOptions | None = None,
) -> Result[ModelList, Failure]:
    """A custom operation: its body is `...`, and its types are the declared ones."""
    ...


@streamed(models_like, Events(CompletionChunk))
async def models_like_stream(
    *args: Any, **kwargs: Any
) -> Result[EventStream[CompletionChunk], Failure]:
    """A streaming twin: its parameters are those of the plain operation."""
    ...


@operation("DELETE", "/v1/models", returns=NoContent())
async def models_clear(
    client: MistralCore, *, options: RequestOptions | None = None
) -> Result[None, Failure]:
    """An operation without a response body."""
    ...


async def own_operations(client: MistralCore) -> None:
    """Custom operations are called like all others."""
    assert_type(await models_like(client, "id", last_seen="x"), Result[ModelList, Failure])
    assert_type(await models_like(client=client, model_id="id"), Result[ModelList, Failure])
    assert_type(
        await models_like_stream(client, "id", last_seen=None),
        Result[EventStream[CompletionChunk], Failure],
    )
    assert_type(await models_clear(client), Result[None, Failure])


async def twins(client: MistralCore) -> None:
    """A streaming twin takes the arguments of its plain operation."""
    messages = [UserMessage(content="hi")]
    plain = await chat_complete(client, model="m", messages=messages, temperature=None)
    stream = await chat_stream(client, model="m", messages=messages, temperature=None)
    assert_type(plain, Result[ChatCompletionResponse, Failure])
    assert_type(stream, Result[EventStream[CompletionChunk], Failure])


async def by_keyword(client: MistralCore) -> None:
    """The client and path parameters can be keyword arguments."""
    assert_type(await models_retrieve(client=client, model_id="m"), Result[ModelCard, Failure])


def as_values() -> None:
    """Operations can be passed as functions."""
    lists: Callable[[MistralCore], Awaitable[Result[ModelList, Failure]]] = models_list
    gets: Callable[[MistralCore, str], Awaitable[Result[ModelCard, Failure]]] = models_retrieve
    assert callable(lists)
    assert callable(gets)


def as_data() -> None:
    """Declarations are data, for any function and response."""
    declared = operation_of(chat_stream)
    assert_type(declared, Operation[Any])
    assert_type([each.name for each in declared.parameters], list[str])
    assert_type([each.required for each in operation_of(models_like).parameters], list[bool])
