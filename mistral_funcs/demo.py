"""The demo: train, use and delete a model, over HTTP against the sandbox."""

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
from mistral_funcs.schemas.fine_tuning.models import FineTunedModel
from mistral_funcs.schemas.models import ModelCard, ModelList
from mistral_funcs.schemas.shared.completions import CompletionChunk

T = TypeVar("T")

BASE = "open-mistral-7b"
BAR = 20
EXAMPLE = {
    "messages": [
        {"role": "user", "content": "My parcel has not arrived."},
        {"role": "assistant", "content": "I am sorry to hear that. What is the tracking number?"},
    ]
}


async def demo() -> None:
    """Follow a fine-tuned model from training to deletion, step by step."""
    sandbox = Sandbox()
    async with sandbox.serve() as url:
        print(f"A sandbox of the Mistral API listens at {url}: no API key, no account, no network.")
        retry_config = RetryConfig(initial_interval=0.05)
        async with MistralCore(
            sandbox.api_key, server_url=url, retry_config=retry_config
        ) as client:
            await follow_model(client, sandbox)


async def follow_model(client: MistralCore, sandbox: Sandbox) -> None:
    """Train, use and delete a model, then show how errors are handled."""
    step("models_list", "List the models.")
    print_result(await models_list(client), table)
    model = await train(client)
    await use(client, model)
    await show_errors(client, sandbox, model)
    print("\nThat was the demo. README.md shows how to call the real API.")


async def train(client: MistralCore) -> str:
    """Train a model on a file, and return its id."""
    step("files_upload", "Upload a file of examples.")
    examples = f"{json.dumps(EXAMPLE)}\n".encode() * 5_000
    file = File(examples, file_name="support.jsonl", progress=draw_progress)
    uploaded = await files_upload(client, file=file, purpose="fine-tune")
    print_result(uploaded, about_file)

    step("fine_tuning_jobs_create", "Start a fine-tuning job on it.")
    file_id = uploaded.value.id if isinstance(uploaded, Ok) else ""
    created = await fine_tuning_jobs_create(
        client,
        model=BASE,
        training_files=[{"file_id": file_id}],
        hyperparameters={"training_steps": 30, "learning_rate": 0.0001},
        suffix="support",
        auto_start=True,
    )
    print_result(created, about_job)

    step("fine_tuning_jobs_watch", "Watch the job until it has ended.")
    job_id = "" if isinstance(created, Err) else str(getattr(created.value, "id", ""))
    model = "none"
    async for state in fine_tuning_jobs_watch(client, job_id, interval=0, deadline=60):
        print_result(state, progress_of)
        if isinstance(state, Ok) and not isinstance(state.value, Unknown):
            model = state.value.fine_tuned_model or model
    return model


async def use(client: MistralCore, model: str) -> None:
    """Use a model, change it, and delete it."""
    step("models_retrieve", "Retrieve the new model.")
    print_result(await models_retrieve(client, model), in_brief)

    step("chat_stream", "Stream a response from it.")
    messages = [{"role": "user", "content": "My parcel has not arrived."}]
    opened = await chat_stream(client, model=model, messages=messages)
    if isinstance(opened, Ok):
        await print_stream(opened.value)
    else:
        print(f"   Err: {harmless(advise(opened.error))}")

    step("models_update", "Give it a name and a description.")
    updated = await models_update(client, model, name="support-v1", description="Finds parcels.")
    print_result(updated, named)

    step("models_archive", "Archive it.")
    print_result(
        await models_archive(client, model), lambda response: f"archived={response.archived}"
    )
    print_result(await models_retrieve(client, model), in_brief)

    step("models_unarchive", "Bring it back.")
    print_result(
        await models_unarchive(client, model), lambda response: f"archived={response.archived}"
    )

    step("models_delete", "Delete it.")
    print_result(await models_delete(client, model), lambda response: f"deleted={response.deleted}")


async def show_errors(client: MistralCore, sandbox: Sandbox, model: str) -> None:
    """Show that errors are values."""
    step("models_retrieve", "Retrieve it again: the error is a value, nothing is raised.")
    print_result(await models_retrieve(client, model), in_brief)

    step("models_delete", "An invalid id is rejected before anything is sent.")
    print_result(await models_delete(client, "../files/some-file"), lambda response: response.id)

    step("models_list", "The server fails twice, and the client retries.")
    sandbox.fail(503, times=2)
    listed = await models_list(client, provider="sandbox")
    print_result(listed, table)
    print(f"   It took {listed.call.attempts} attempts.")


async def print_stream(stream: EventStream[CompletionChunk]) -> None:
    """Print a response while it is streamed."""
    print("   Ok: ", end="")
    async with stream as events:
        async for event in events:
            if isinstance(event, Ok):
                print(harmless(event.value.text), end="", flush=True)
            else:
                print(f"\n   Err: {harmless(advise(event.error))}", end="")
    print()


def draw_progress(done: int, size: int | None) -> None:
    """Draw a progress bar, continuously on a terminal and once at the end elsewhere."""
    share = done / size if size else 1.0
    if share == 1 or sys.stdout.isatty():
        bar = ("#" * int(share * BAR)).ljust(BAR, ".")
        end = "\n" if share == 1 else "\r"
        with suppress(OSError):  # The upload continues without its bar.
            print(f"   [{bar}] {done / 1000:,.0f} kB", end=end, flush=True)


def step(function: str, text: str) -> None:
    """Print the next call and its purpose."""
    print(f"\n{function}\n   {text}")


def print_result(result: Result[T, Failure], describe: Callable[[T], str]) -> None:
    """Print a result: two levels of `match` let a type checker find missing cases."""
    match result:
        case Ok(value):
            print(f"   Ok: {harmless(describe(value))}")
        case Err(error):
            print(f"   Err: {harmless(advise(error))}")
        case _:
            assert_never(result)


def advise(error: Failure) -> str:
    """Return advice on an error."""
    match error:
        case SDKError(status=404):
            return f"it does not exist. {error}"
        case SDKError() | HTTPValidationError():
            return f"the server rejected it. {error}"
        case InvalidRequestError():
            return f"it was not sent. {error}"
        case RequestTimeoutError() | APIConnectionError():
            return f"the server cannot be reached. {error}"
        case ResponseValidationError():
            return f"the response is invalid. {error}"
        case _:
            assert_never(error)


def about_file(file: CreateFileResponse) -> str:
    """Return a file in one line."""
    return f"{file.filename}: {file.num_lines} lines, {file.sample_type}"


def about_job(job: CreatedJobOut) -> str:
    """Return a job in one line."""
    if isinstance(job, Unknown):
        return f"unknown kind: {job.reason}"
    return f"{job.object}, {getattr(job, 'status', 'a dry run')}"


def progress_of(job: DetailedJobOut) -> str:
    """Return the progress of a job."""
    if isinstance(job, Unknown):
        return f"unknown kind: {job.reason}"
    losses = [point.metrics.train_loss for point in job.checkpoints]
    loss = f", loss {losses[0]}" if losses and job.status == "RUNNING" else ""
    return f"{job.status}{loss}"


def table(models: ModelList) -> str:
    """Return a list of models, one per line."""
    return "\n      ".join([f"{len(models.data)} models", *map(in_brief, models.data)])


def named(model: FineTunedModel) -> str:
    """Return the name of a fine-tuned model."""
    return f"unknown kind: {model.reason}" if isinstance(model, Unknown) else f"name={model.name!r}"


def in_brief(card: ModelCard) -> str:
    """Return a model in one line."""
    if isinstance(card, Unknown):
        return f"unknown kind: {card.reason}"
    state = ", archived" if card.type == "fine-tuned" and card.archived else ""
    return f"{card.id} ({card.type}{state}): {card.description or 'no description'}"
