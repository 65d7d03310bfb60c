"""Calls of many kinds, for tests of what a sandbox keeps."""

from typing import Any

from mistral_core import File, MistralCore
from mistral_funcs import (
    audio_voices_create,
    batch_jobs_create,
    batch_jobs_get,
    chat_complete,
    embeddings_create,
    files_upload,
    fine_tuning_jobs_create,
    fine_tuning_jobs_get,
    models_list,
)

MODEL = "open-mistral-7b"


def asking(text: str) -> list[dict[str, str]]:
    """Return the messages of a question."""
    return [{"role": "user", "content": text}]


async def run_a_batch(client: MistralCore, number: int) -> None:
    """Create a batch of one request, and poll it until it has ended."""
    job = await batch_jobs_create(
        client,
        endpoint="/v1/chat/completions",
        model=MODEL,
        requests=[{"custom_id": str(number), "body": {"messages": asking("Hi")}}],
    )
    for _ in range(3):
        await batch_jobs_get(client, job.unwrap().id)


async def tune_a_model(client: MistralCore, number: int) -> None:
    """Create a fine-tuning job, and poll it until it has created a model."""
    repository = {"type": "github", "name": f"r{number}", "owner": "o", "token": "0123456789" * 4}
    job: Any = await fine_tuning_jobs_create(
        client, model=MODEL, hyperparameters={}, repositories=[repository], auto_start=True
    )
    for _ in range(9):
        await fine_tuning_jobs_get(client, job.unwrap().id)


async def make_calls(client: MistralCore, first: int, rounds: int) -> None:
    """Make rounds of nine calls of different kinds, each with new values."""
    for number in range(first, first + rounds):
        await models_list(client, model=str(number))
        await chat_complete(client, model=MODEL, messages=asking(f"Number {number}?"))
        await embeddings_create(client, model="mistral-embed", input=f"word{number}")
        await files_upload(client, file=File(b"{}\n" * 10, file_name=f"{number}.jsonl"))
        await audio_voices_create(client, name=str(number), sample_audio="AAAA")
        await run_a_batch(client, number)
