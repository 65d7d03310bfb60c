"""The demo: the life of a model, through the real client, over real HTTP, on the sandbox."""

from collections.abc import Callable
from typing import TypeVar, assert_never

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    HTTPValidationError,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestTimeoutError,
    ResponseValidationError,
    Result,
    RetryConfig,
    SDKError,
    Unknown,
)
from mistral_funcs import (
    models_archive,
    models_delete,
    models_list,
    models_retrieve,
    models_unarchive,
    models_update,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas.models import FineTunedModel, ModelCard, ModelList

T = TypeVar("T")

MODEL = "ft:open-mistral-7b:587a6b29:20240514:7e773925"


async def demo() -> None:
    """Tell the life of a fine-tuned model, step by step."""
    sandbox = Sandbox()
    async with sandbox.serve() as url:
        print(f"A sandbox of the Mistral API listens at {url}: no key, no account, no network.")
        retry_config = RetryConfig(initial_interval=0.05)
        async with MistralCore(
            sandbox.api_key, server_url=url, retry_config=retry_config
        ) as client:
            await life_of_a_model(client, sandbox)


async def life_of_a_model(client: MistralCore, sandbox: Sandbox) -> None:
    """Call each of the six operations, and then what goes wrong."""
    step("models_list", "What is there?")
    tell(await models_list(client), table)

    step("models_retrieve", "One of them, fine-tuned:")
    tell(await models_retrieve(client, MODEL), in_brief)

    step("models_update", "It gets a better name, and no description.")
    updated = await models_update(client, MODEL, name="support-v2", description=None)
    tell(updated, named)

    step("models_archive", "It goes out of service ...")
    tell(await models_archive(client, MODEL), lambda answer: f"archived={answer.archived}")
    tell(await models_retrieve(client, MODEL), in_brief)

    step("models_unarchive", "... and comes back.")
    tell(await models_unarchive(client, MODEL), lambda answer: f"archived={answer.archived}")

    step("models_delete", "Its life ends.")
    tell(await models_delete(client, MODEL), lambda answer: f"deleted={answer.deleted}")

    step("models_retrieve", "It is gone: an error is a value, and nothing was raised.")
    tell(await models_retrieve(client, MODEL), in_brief)

    step("models_delete", "An id that would lead elsewhere never leaves the process.")
    tell(await models_delete(client, "../files/some-file"), lambda answer: answer.id)

    step("models_list", "The server fails twice, and the client tries again.")
    sandbox.fail(503, times=2)
    listed = await models_list(client, provider="sandbox")
    tell(listed, table)
    print(f"   It took {listed.call.attempts} attempts.")

    print("\nThat was the life of a model. README.md tells how to begin your own.")


def step(function: str, text: str) -> None:
    """Announce what is called next, and why."""
    print(f"\n{function}\n   {text}")


def tell(result: Result[T, Failure], describe: Callable[[T], str]) -> None:
    """Print a result: two levels of `match`, and a checker sees that none is forgotten."""
    match result:
        case Ok(value):
            print(f"   Ok: {describe(value)}")
        case Err(error):
            print(f"   Err: {advise(error)}")
        case _:
            assert_never(result)


def advise(error: Failure) -> str:
    """Say what each error means to the one who called."""
    match error:
        case SDKError(status=404):
            return f"there is no such thing. {error}"
        case SDKError() | HTTPValidationError():
            return f"the server refuses. {error}"
        case InvalidRequestError():
            return f"it was not even sent. {error}"
        case RequestTimeoutError() | APIConnectionError():
            return f"the server is not to be reached. {error}"
        case ResponseValidationError():
            return f"the answer makes no sense. {error}"
        case _:
            assert_never(error)


def table(models: ModelList) -> str:
    """Return a list of models as lines."""
    return "\n      ".join([f"{len(models.data)} models", *map(in_brief, models.data)])


def named(model: FineTunedModel) -> str:
    """Return the name of a fine-tuned model."""
    return (
        f"something new: {model.reason}" if isinstance(model, Unknown) else f"name={model.name!r}"
    )


def in_brief(card: ModelCard) -> str:
    """Return a model in one line."""
    if isinstance(card, Unknown):
        return f"something new: {card.reason}"
    state = ", archived" if card.type == "fine-tuned" and card.archived else ""
    return f"{card.id} ({card.type}{state}): {card.description or 'no description'}"
