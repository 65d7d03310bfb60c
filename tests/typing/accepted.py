"""Code that both type checkers must accept in every line. It is checked, but never run."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Literal, TypeAlias, assert_never, assert_type, final

import attrs

from mistral_core import (
    JSON,
    UNSET,
    APIConnectionError,
    Attempt,
    Call,
    Err,
    Failure,
    Headers,
    Hooks,
    HTTPValidationError,
    InvalidDataError,
    InvalidRequestError,
    MistralCore,
    MistralError,
    Ok,
    Operation,
    RateLimit,
    Request,
    RequestOptions,
    RequestTimeoutError,
    Response,
    ResponseValidationError,
    Result,
    RetryConfig,
    Schema,
    SDKError,
    Timeout,
    Transport,
    Unknown,
    Unset,
    ValidationError,
    from_dict,
    from_json,
    to_dict,
    to_json,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    models_archive,
    models_delete,
    models_list,
    models_retrieve,
    models_unarchive,
    models_update,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    ArchiveModelResponse,
    BaseModelCard,
    ClassifierFineTunedModel,
    CompletionFineTunedModel,
    DeleteModelResponse,
    EmbeddingResponse,
    FineTunedModel,
    FTModelCard,
    ModelCard,
    ModelList,
    UnarchiveModelResponse,
)

# --------------------------------------------------------------------------------- results of calls


async def six_operations(client: MistralCore) -> None:
    """Each function returns a result of its own schema, with the same union of failures."""
    assert_type(await models_list(client), Result[ModelList, Failure])
    assert_type(await models_retrieve(client, "id"), Result[ModelCard, Failure])
    assert_type(await models_delete(client, "id"), Result[DeleteModelResponse, Failure])
    assert_type(await models_update(client, "id"), Result[FineTunedModel, Failure])
    assert_type(await models_archive(client, "id"), Result[ArchiveModelResponse, Failure])
    assert_type(await models_unarchive(client, "id"), Result[UnarchiveModelResponse, Failure])


async def arguments(client: MistralCore, name: str | None) -> None:
    """Filters, options, and fields of a body as a string, `None` or omitted."""
    options = RequestOptions(
        headers={"x-team": "search"},
        timeout=5,
        retries=RetryConfig(strategy="none"),
        server_url="https://gateway.example.com",
    )
    await models_list(client, provider="mistralai", model=None, options=options)
    await models_retrieve(client, model_id="id", options=RequestOptions(timeout=Timeout(total=1)))
    await models_update(client, "id", name=None, description=UNSET)
    await models_update(client, "id", name="new", options=None)
    renaming: str | None | Unset = UNSET if name == "" else name
    await models_update(client, "id", name=renaming)


# ---------------------------------------------------------------------------------- Ok, Err, Result


def two_levels(result: Result[ModelList, Failure]) -> str:
    """Match the result, then the error. Both checkers know that all cases are handled."""
    match result:
        case Ok(models):
            assert_type(models, ModelList)
            return f"{len(models.data)} models"
        case Err(error):
            assert_type(error, Failure)
            return advice(error)
        case _:
            assert_never(result)


def advice(error: Failure) -> str:
    """Match each of the six errors, with its attributes."""
    match error:
        case SDKError(status=410):
            text = "retired"
        case SDKError(status=status, message=text):
            assert_type(status, int)
        case HTTPValidationError(detail=detail):
            assert_type(detail, tuple[ValidationError, ...])
            text = "; ".join(fault.msg for fault in detail)
        case ResponseValidationError(path=path, body=body):
            assert_type(body, bytes)
            text = path
        case RequestTimeoutError(phase=phase):
            assert_type(phase, Literal["connect", "read", "total", "deadline"])
            text = phase
        case APIConnectionError(sent=sent):
            assert_type(sent, bool)
            text = error.message
        case InvalidRequestError(param=param):
            text = param or "the call"
        case _:
            assert_never(error)
    return text


def in_one_match(result: Result[ModelList, Failure]) -> str:
    """Match in one level with a default."""
    match result:
        case Ok(ModelList(data=[BaseModelCard(id=first), *_])):
            return first
        case Err(SDKError(status=404 | 410) as error):
            assert_type(error, SDKError)
            return error.message
        case _:
            return "nothing"


def by_isinstance(result: Result[ModelList, Failure]) -> ModelList | None:
    """Narrow a result with `isinstance` in both branches."""
    if isinstance(result, Ok):
        assert_type(result, Ok[ModelList])
        return result.value
    assert_type(result.error, Failure)
    if isinstance(result.error, SDKError | HTTPValidationError):
        assert_type(result.error.request_id, str | None)
    return None


def methods(result: Result[ModelList, Failure], fallback: ModelList) -> None:
    """Unwrap and map a result of either kind."""
    assert_type(result.unwrap(), ModelList)
    assert_type(result.unwrap_or(None), ModelList | None)
    assert_type(result.unwrap_or(fallback), ModelList)
    counted = result.map(lambda models: len(models.data))
    assert_type(counted.unwrap(), int)
    assert_type(counted.unwrap_or("none"), int | str)
    explained = result.map_err(lambda error: ValueError(error.message))
    assert_type(explained.unwrap(), ModelList)
    if isinstance(explained, Err):
        assert_type(explained.error, ValueError)


def covariance(listed: Ok[ModelList], failed: Err[SDKError]) -> list[Result[object, Exception]]:
    """A result of a narrow type is accepted where a wider one is expected."""
    return [listed, failed]


def how_it_went(result: Result[ModelList, Failure]) -> None:
    """Both kinds of results have the metadata of the call."""
    assert_type(result.call, Call)
    assert_type(result.call.status, int | None)
    assert_type(result.call.rate_limit, RateLimit)
    assert_type(result.call.headers, Headers)


def errors_are_exceptions(result: Result[ModelList, Failure]) -> str:
    """The exception of `unwrap` can be caught by its class, or by the base class."""
    try:
        return result.unwrap().object
    except SDKError as error:
        return f"{error.status} {error.code}"
    except MistralError as error:
        return f"{error.message} {error.retryable}"


# -------------------------------------------------------------------------------------------- cards


def by_class(card: ModelCard) -> str | None:
    """Narrow a card by its class until no case is left."""
    if isinstance(card, FTModelCard):
        return card.root
    if isinstance(card, BaseModelCard):
        return card.owned_by
    assert_type(card, Unknown)
    return card.reason


def by_match(model: FineTunedModel) -> str | None:
    """Narrow a fine-tuned model in a match."""
    match model:
        case CompletionFineTunedModel(root=root):
            return root
        case ClassifierFineTunedModel(classifier_targets=targets):
            return targets[0].name
        case Unknown(raw=raw):
            assert_type(raw, Any)
            return None
        case _:
            assert_never(model)


def by_tag(card: BaseModelCard | FTModelCard) -> str | None:
    """Narrow a card by its tag."""
    return card.job if card.type == "fine-tuned" else card.owned_by


def extra(card: BaseModelCard) -> object:
    """Read fields that the specification does not contain."""
    return card.additional_properties.get("price")


def built_by_hand() -> ModelList:
    """Create schema objects in a test."""
    return ModelList(data=[BaseModelCard(id="a"), FTModelCard(id="b"), Unknown({"id": 3})])


# -------------------------------------------------------------------------------------- concurrency


async def gathered(client: MistralCore) -> None:
    """Each result of a `gather` keeps its type."""
    listed, one = await asyncio.gather(models_list(client), models_retrieve(client, "id"))
    assert_type(listed, Result[ModelList, Failure])
    assert_type(one, Result[ModelCard, Failure])
    gone = await asyncio.gather(*(models_delete(client, each) for each in ("a", "b")))
    assert_type(gone, list[Result[DeleteModelResponse, Failure]])


async def grouped(client: MistralCore) -> ModelList:
    """A task in a group has the type of its result."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(models_list(client))
    return task.result().unwrap()


# -------------------------------------------------------------------------------- custom operations


@final
@attrs.frozen(kw_only=True)
class Quota(Schema):
    """A response of an operation that the SDK lacks.

    Attributes:
        left: A number of its own.
    """

    left: int


Either: TypeAlias = Quota | BaseModelCard

ONE = Operation("GET", "/v1/quota", returns=JSON(Quota))
MANY = Operation("POST", "/v1/quotas", returns=JSON(list[Quota]))
MAP = Operation("GET", "/v1/quotas/{team}", returns=JSON(dict[str, Quota]))
UNION = Operation("GET", "/v1/either", returns=JSON(Quota | BaseModelCard | None))
ALIAS = Operation("PUT", "/v1/either", returns=JSON(Either), nullable=["comment"])


async def own_operations(client: MistralCore) -> None:
    """`execute` returns the declared type of an operation."""
    assert_type(await client.execute(ONE), Result[Quota, Failure])
    assert_type(await client.execute(MANY, json={"teams": ["a"]}), Result[list[Quota], Failure])
    assert_type(await client.execute(MAP, path={"team": "a"}), Result[dict[str, Quota], Failure])
    assert_type(
        await client.execute(UNION, query={"page": 1, "tag": ["a", "b"]}),
        Result[Quota | BaseModelCard | None, Failure],
    )
    assert_type(
        await client.execute(ALIAS, json={"comment": None}, options=RequestOptions()),
        Result[Either, Failure],
    )


# --------------------------------------------------------------------------------------- the client


@final
class OwnTransport:
    """A transport without a base class."""

    async def send(self, request: Request) -> Response:
        """Return a response."""
        body = request.body if isinstance(request.body, bytes) else b"{}"
        return Response(200, Headers(request.headers.items()), body)

    async def aclose(self) -> None:
        """Do nothing."""


def key() -> str:
    """Return a key."""
    return "key"


async def key_from_afar() -> str:
    """Return a key asynchronously."""
    return "key"


def count(attempt: Attempt) -> None:
    """Observe an attempt."""
    assert_type(attempt.outcome, Response | Failure | None)


async def trace(attempt: Attempt) -> Request:
    """Replace the request of an attempt."""
    headers = {**attempt.request.headers, "traceparent": "00-1-2-00"}
    return attrs.evolve(attempt.request, headers=headers)


async def wait(attempt: Attempt) -> None:
    """Wait before an attempt."""
    await asyncio.sleep(attempt.pause or 0)


def fields_of_any_kind(models: ModelList) -> list[str]:
    """Read a field whose items may be unknown."""
    for card in models.data:
        match card:
            case BaseModelCard() | FTModelCard():
                assert_type(card.id, str)
            case Unknown():
                assert_type(card.id, Any)
            case _:
                assert_never(card)
    return [card.id for card in models.data]


def restore(text: str) -> None:
    """Deserialize saved data."""
    assert_type(from_json(ModelList, text), Result[ModelList, InvalidDataError])
    assert_type(from_dict(list[BaseModelCard], []), Result[list[BaseModelCard], InvalidDataError])
    assert_type(to_dict(BaseModelCard(id="a")), dict[str, Any])
    assert_type(to_json([BaseModelCard(id="a")], indent=2), str)
    error = SDKError("no", 429)
    assert_type(error.retry_after, float | None)
    assert_type(Ok(1).call.body, bytes | None)
    assert_type(EmbeddingResponse().vectors, list[list[float]])


def clients(settings: Mapping[str, str]) -> list[MistralCore]:
    """Create clients with all options."""
    transport: Transport = OwnTransport()
    return [
        MistralCore(),
        MistralCore("key"),
        MistralCore(api_key=settings.get("key")),
        MistralCore(key),
        MistralCore(key_from_afar),
        MistralCore(lambda: "key"),
        MistralCore(server="eu", timeout=10, retry_config=RetryConfig(max_tries=2)),
        MistralCore(server_url="https://localhost:8080", timeout=Timeout(connect=None), ssl=False),
        MistralCore(headers={"x-team": "search"}, user_agent="mine/1", proxy="http://proxy:3128"),
        MistralCore(hooks=Hooks(before_request=trace, after_response=count, before_retry=wait)),
        MistralCore(hooks=Hooks(before_request=wait, after_response=print)),
        MistralCore(transport=transport),
        MistralCore(transport=OwnTransport()),
        MistralCore(transport=Sandbox()),
        MistralCore(transport=ScriptedTransport(json_response([]), SDKError("no", 500))),
    ]


@asynccontextmanager
async def lifespan(app: dict[str, MistralCore]) -> AsyncGenerator[None, None]:
    """Keep a client for the lifetime of an application."""
    async with MistralCore() as client:
        assert_type(client, MistralCore)
        app["mistral"] = client
        yield
