"""Mistakes that both type checkers must report in each marked line, and in no other. Never run."""

from typing import assert_never

from mistral_core import (
    JSON,
    APIConnectionError,
    Err,
    EventStream,
    Failure,
    Hooks,
    HTTPValidationError,
    InvalidRequestError,
    MistralCore,
    Ok,
    Operation,
    Request,
    RequestOptions,
    ResponseValidationError,
    Result,
    RetryConfig,
    SDKError,
    Timeout,
    Unknown,
)
from mistral_funcs import (
    models_archive,
    models_delete,
    models_list,
    models_retrieve,
    models_update,
)
from mistral_funcs.schemas import BaseModelCard, CompletionChunk, FTModelCard, ModelCard, ModelList

# isort: split
from mistral_core import RetryCfg  # error: no such name
from mistral_funcs import models_retreive  # error: a typo in a function
from mistral_funcs.schemas import BaseModelCrad  # error: a typo in a schema

__all__ = ["BaseModelCrad", "RetryCfg", "models_retreive"]


def use(*_: object) -> None:
    """Use a value."""


# ------------------------------------------------------------------------------------ missing cases


def forgets_an_error(result: Result[ModelList, Failure]) -> int:
    """Handle five of the six errors."""
    match result:
        case Ok():
            return 200
        case Err(error):
            match error:
                case SDKError() | ResponseValidationError():
                    return 502
                case HTTPValidationError() | InvalidRequestError():
                    return 400
                case APIConnectionError():
                    return 504
                case _:
                    assert_never(error)  # error: forgets RequestTimeoutError
        case _:
            assert_never(result)


def forgets_an_error_without_a_net(error: Failure) -> None:
    """Handle five of the six errors without `assert_never`."""
    match error:  # error: forgets APIConnectionError
        case SDKError() | HTTPValidationError():
            use("refused")
        case InvalidRequestError() | ResponseValidationError():
            use("invalid")


def forgets_err(result: Result[ModelList, Failure]) -> None:
    """Handle only success."""
    match result:  # error: forgets Err
        case Ok(models):
            use(models.data)


def forgets_unknown(card: ModelCard) -> str:
    """Ignore unknown kinds of models."""
    match card:
        case BaseModelCard() | FTModelCard():
            return card.id
        case _:
            assert_never(card)  # error: forgets Unknown


# ------------------------------------------------------------------------- results and their values


async def takes_a_result_for_its_value(client: MistralCore) -> None:
    """Use a result as its value."""
    listed = await models_list(client)
    use(listed.data)  # error: a result is not a list of models
    use(listed.value)  # error: an Err has no value
    use(listed.error)  # error: an Ok has no error
    for _ in listed:  # error: a result is not iterable
        pass
    models: ModelList = listed  # error: a result is not a ModelList
    use(models)


async def takes_a_result_for_a_condition(client: MistralCore) -> None:
    """Use a result as a condition."""
    listed = await models_list(client)
    if listed:  # error: a result is neither true nor false
        use(1)
    if not listed:  # error: a result is neither true nor false
        use(2)
    use(listed[0])  # error: a result has no items
    use(*listed)  # error: a result is not iterable


async def forgets_to_enter(stream: EventStream[CompletionChunk]) -> None:
    """Iterate over a stream without entering it."""
    async for _ in stream:  # error: a stream must be entered first
        pass
    for _ in stream:  # error: a stream is asynchronous
        pass


async def forgets_to_await(client: MistralCore) -> None:
    """Use a coroutine as its result."""
    listed = models_list(client)
    use(listed.call)  # error: a coroutine has no call


def wrong_pattern(result: Result[ModelList, Failure]) -> None:
    """Match positional attributes that do not exist."""
    match result:
        case Ok(models, call):  # error: a call is not a positional attribute
            use(models, call)
        case Ok() | Err():
            pass


def wrong_map(result: Result[ModelList, Failure]) -> None:
    """Map with invalid functions."""
    result.map(lambda models: models.items)  # error: ModelList has no items
    result.map_err(lambda error: error.message)  # error: a string is not an exception


# ------------------------------------------------------------------------------------ invalid calls


async def wrong_calls(client: MistralCore) -> None:
    """Call functions with invalid arguments."""
    await models_list()  # error: no client
    await models_list("api-key")  # error: a key is not a client
    await models_list(client, "mistralai")  # error: provider is by keyword
    await models_list(client, providers="mistralai")  # error: a misspelled keyword
    await models_list(client, provider=["mistralai"])  # error: provider is a string
    await models_retrieve(client)  # error: no id
    await models_retrieve(client, 7)  # error: an id is a string
    await models_retrieve(client, None)  # error: an id is not optional
    await models_delete(client, "id", force=True)  # error: no such argument
    await models_update(client, "id", "name")  # error: name is by keyword
    await models_update(client, "id", name=7)  # error: a name is a string
    await models_archive(client, "id", options={"timeout": 5})  # error: options are RequestOptions
    await models_archive(client, "id", RequestOptions())  # error: options are by keyword


# -------------------------------------------------------------------------------- fields of schemas


def wrong_fields(card: BaseModelCard, either: ModelCard, error: Failure) -> None:
    """Read fields that do not exist, and set one that does."""
    use(card.max_context_lenght)  # error: a misspelled field
    use(card.job)  # error: a base model has no job
    use(either.status)  # error: no known kind of model has a status
    use(error.status)  # error: not every error has a status
    card.name = "new"  # error: a card is frozen
    use(card.description.upper())  # error: the description may be None
    BaseModelCard("id")  # error: fields are by keyword
    FTModelCard(archived=True)  # error: no id
    BaseModelCard(id="id", colour="red")  # error: no such field


def takes_known_for_unknown(card: ModelCard) -> str:
    """Read an attribute that only some of the classes have."""
    if isinstance(card, Unknown):
        return str(card.raw)
    return str(card.raw)  # error: only Unknown has the raw value


# ------------------------------------------------------------------------------------ configuration


class HalfATransport:
    """A transport without `aclose`."""

    async def send(self, request: Request) -> None:
        """Return no response."""


def wrong_configuration() -> None:
    """Configure a client and calls with invalid values."""
    MistralCore(7)  # error: a key is a string
    MistralCore(lambda: 7)  # error: a key function returns a string
    MistralCore("key", "eu")  # error: the server is by keyword
    MistralCore(server="mars")  # error: no such server
    MistralCore(timeout="5s")  # error: a timeout is a number
    MistralCore(transport=HalfATransport())  # error: it has no `aclose` and returns no response
    MistralCore(hooks=use)  # error: a function is not Hooks
    Hooks(before_request=lambda attempt: attempt.number)  # error: a number is not a request
    Hooks(after_retry=use)  # error: no such hook
    RetryConfig(strategy="forever")  # error: no such strategy
    Timeout(5)  # error: limits are by keyword
    RequestOptions(retries=3)  # error: retries are a RetryConfig
    Operation("FETCH", "/v1/models", returns=JSON(ModelList))  # error: no such method
    Operation("GET", "/v1/models")  # error: nothing is returned
    Operation("GET", "/v1/models", returns=ModelList)  # error: a schema is not a response kind


LIST = Operation("GET", "/v1/models", returns=JSON(list[BaseModelCard]))


async def wrong_type_of_execute(client: MistralCore) -> Result[ModelList, Failure]:
    """Return the result of an operation as another type."""
    return await client.execute(LIST)  # error: a list is not a ModelList
