"""The demo: the whole life of a model, through the real client, over real HTTP, on the sandbox."""

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar, assert_never

from mistral_core import (
    APIConnectionError,
    Err,
    EventStream,
    Failure,
    File,
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
from mistral_core.http.text import harmless
from mistral_funcs import (
    chat_stream,
    files_upload,
    fine_tuning_jobs_create,
    fine_tuning_jobs_watch,
    models_archive,
    models_delete,
    models_list,
    models_retrieve,
    models_unarchive,
    models_update,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas.files import CreateFileResponse
from mistral_funcs.schemas.fine_tuning.jobs import CreatedJobOut, DetailedJobOut
from mistral_funcs.schemas.models import FineTunedModel, ModelCard, ModelList
from mistral_funcs.schemas.shared.completions import CompletionChunk

T = TypeVar("T")

BASE = "open-mistral-7b"
BAR = 20
EXAMPLE = {
    "messages": [
        {"role": "user", "content": "My parcel has not come."},
        {"role": "assistant", "content": "I am sorry to hear that. Which number does it have?"},
    ]
}


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
    """Tell of each part of a model's life, and then of what goes wrong."""
    step("models_list", "What is there?")
    tell(await models_list(client), table)
    model = await birth(client)
    await days(client, model)
    await troubles(client, sandbox, model)
    print("\nThat was the life of a model. README.md tells how to begin your own.")


async def birth(client: MistralCore) -> str:
    """Make a model out of a file, and return its id."""
    step("files_upload", "A model begins as a file of examples.")
    examples = f"{json.dumps(EXAMPLE)}\n".encode() * 5_000
    file = File(examples, file_name="support.jsonl", progress=draw)
    uploaded = await files_upload(client, file=file, purpose="fine-tune")
    tell(uploaded, about_file)

    step("fine_tuning_jobs_create", "It becomes a job ...")
    file_id = uploaded.value.id if isinstance(uploaded, Ok) else ""
    created = await fine_tuning_jobs_create(
        client,
        model=BASE,
        training_files=[{"file_id": file_id}],
        hyperparameters={"training_steps": 30, "learning_rate": 0.0001},
        suffix="support",
        auto_start=True,
    )
    tell(created, about_job)

    step("fine_tuning_jobs_watch", "... which runs ...")
    job_id = "" if isinstance(created, Err) else str(getattr(created.value, "id", ""))
    model = "none"
    async for look in fine_tuning_jobs_watch(client, job_id, interval=0, deadline=60):
        tell(look, progress_of)
        if isinstance(look, Ok) and not isinstance(look.value, Unknown):
            model = look.value.fine_tuned_model or model
    return model


async def days(client: MistralCore, model: str) -> None:
    """Use a model, change it, and let it go."""
    step("models_retrieve", "... and ends as a model.")
    tell(await models_retrieve(client, model), in_brief)

    step("chat_stream", "It answers, piece by piece.")
    messages = [{"role": "user", "content": "My parcel has not come."}]
    asked = await chat_stream(client, model=model, messages=messages)
    if isinstance(asked, Ok):
        await read_aloud(asked.value)
    else:
        print(f"   Err: {harmless(advise(asked.error))}")

    step("models_update", "It gets a better name, and a description.")
    updated = await models_update(client, model, name="support-v1", description="Finds parcels.")
    tell(updated, named)

    step("models_archive", "It goes out of service ...")
    tell(await models_archive(client, model), lambda answer: f"archived={answer.archived}")
    tell(await models_retrieve(client, model), in_brief)

    step("models_unarchive", "... and comes back.")
    tell(await models_unarchive(client, model), lambda answer: f"archived={answer.archived}")

    step("models_delete", "Its life ends.")
    tell(await models_delete(client, model), lambda answer: f"deleted={answer.deleted}")


async def troubles(client: MistralCore, sandbox: Sandbox, model: str) -> None:
    """Show what goes wrong: as a value, each time."""
    step("models_retrieve", "It is gone: an error is a value, and nothing was raised.")
    tell(await models_retrieve(client, model), in_brief)

    step("models_delete", "An id that would lead elsewhere never leaves the process.")
    tell(await models_delete(client, "../files/some-file"), lambda answer: answer.id)

    step("models_list", "The server fails twice, and the client tries again.")
    sandbox.fail(503, times=2)
    listed = await models_list(client, provider="sandbox")
    tell(listed, table)
    print(f"   It took {listed.call.attempts} attempts.")


async def read_aloud(stream: EventStream[CompletionChunk]) -> None:
    """Print an answer while it comes."""
    print("   Ok: ", end="")
    async with stream as events:
        async for event in events:
            if isinstance(event, Ok):
                print(harmless(event.value.text), end="", flush=True)
            else:
                print(f"\n   Err: {harmless(advise(event.error))}", end="")
    print()


def draw(done: int, size: int | None) -> None:
    """Draw a bar of what is done: while it grows on a terminal, and once it is full elsewhere."""
    share = done / size if size else 1.0
    if share == 1 or sys.stdout.isatty():
        bar = ("#" * int(share * BAR)).ljust(BAR, ".")
        end = "\n" if share == 1 else "\r"
        with suppress(OSError):  # The upload goes on without its bar.
            print(f"   [{bar}] {done / 1000:,.0f} kB", end=end, flush=True)


def step(function: str, text: str) -> None:
    """Announce what is called next, and why."""
    print(f"\n{function}\n   {text}")


def tell(result: Result[T, Failure], describe: Callable[[T], str]) -> None:
    """Print a result: two levels of `match`, and a checker sees that none is forgotten."""
    match result:
        case Ok(value):
            print(f"   Ok: {harmless(describe(value))}")
        case Err(error):
            print(f"   Err: {harmless(advise(error))}")
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


def about_file(file: CreateFileResponse) -> str:
    """Return a file in one line."""
    return f"{file.filename}: {file.num_lines} lines, {file.sample_type}"


def about_job(job: CreatedJobOut) -> str:
    """Return a job in one line."""
    if isinstance(job, Unknown):
        return f"something new: {job.reason}"
    return f"{job.object}, {getattr(job, 'status', 'a dry run')}"


def progress_of(job: DetailedJobOut) -> str:
    """Return how far a job is."""
    if isinstance(job, Unknown):
        return f"something new: {job.reason}"
    losses = [point.metrics.train_loss for point in job.checkpoints]
    told = f", loss {losses[0]}" if losses and job.status == "RUNNING" else ""
    return f"{job.status}{told}"


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
