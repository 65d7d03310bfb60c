"""Responses of the fine-tuning jobs API, including unusual ones."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import pytest

from mistral_core import (
    Failure,
    MistralCore,
    Result,
    RetryConfig,
    Unknown,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    fine_tuning_jobs_cancel,
    fine_tuning_jobs_create,
    fine_tuning_jobs_get,
    fine_tuning_jobs_list,
    fine_tuning_jobs_start,
)
from mistral_funcs.schemas import (
    ClassifierDetailedJobOut,
    ClassifierJobOut,
    CompletionDetailedJobOut,
    CompletionJobOut,
    CreatedJobOut,
    DetailedJobOut,
    GithubRepositoryOut,
    LegacyJobMetadataOut,
    WandbIntegrationOut,
)

CallIt: TypeAlias = Callable[[MistralCore], Awaitable[Result[object, Failure]]]

FIVE: dict[str, CallIt] = {
    "list": fine_tuning_jobs_list,
    "create": lambda client: fine_tuning_jobs_create(client, model="m", hyperparameters={}),
    "get": lambda client: fine_tuning_jobs_get(client, "j"),
    "cancel": lambda client: fine_tuning_jobs_cancel(client, "j"),
    "start": lambda client: fine_tuning_jobs_start(client, "j"),
}
"""Calls of the five operations."""


def client_of(value: object, status: int = 200) -> MistralCore:
    """Return a client that receives one response and does not retry."""
    transport = ScriptedTransport(json_response(value, status))
    return MistralCore(transport=transport, retry_config=RetryConfig(strategy="none"))


async def created(value: object) -> CreatedJobOut:
    """Return the value that `fine_tuning_jobs_create` reads from a response."""
    client = client_of(value)
    return (await fine_tuning_jobs_create(client, model="m", hyperparameters={})).unwrap()


async def retrieved(value: object) -> DetailedJobOut:
    """Return the job that `fine_tuning_jobs_get` reads from a response."""
    return (await fine_tuning_jobs_get(client_of(value), "j")).unwrap()


async def completion(value: dict[str, Any]) -> CompletionDetailedJobOut:
    """Return a job for a completion model."""
    job = await retrieved({"id": "j", "job_type": "completion", **value})
    assert isinstance(job, CompletionDetailedJobOut)
    return job


# ------------------------------------------------------------------------------- kinds of responses

CREATED: dict[str, tuple[dict[str, Any], type]] = {
    "completion": ({"id": "j", "object": "job", "job_type": "completion"}, CompletionJobOut),
    "classifier": ({"id": "j", "object": "job", "job_type": "classifier"}, ClassifierJobOut),
    "as in older servers": ({"id": "j", "job_type": "FT"}, CompletionJobOut),
    "a new type": ({"id": "j", "object": "job", "job_type": "reinforcement"}, Unknown),
    "no type": ({"id": "j", "object": "job", "model": "m"}, CompletionJobOut),
    "null for a type": ({"id": "j", "job_type": None, "repositories": []}, CompletionJobOut),
    "no string": ({"id": "j", "job_type": 7}, Unknown),
    "an estimate": ({"object": "job.metadata", "details": "d"}, LegacyJobMetadataOut),
    "an estimate without details": (
        {"object": "job.metadata", "cost": 1.5, "train_tokens": 7},
        LegacyJobMetadataOut,
    ),
    "an estimate without object": ({"details": "d", "cost": 1.5}, LegacyJobMetadataOut),
    "an estimate of a new type": ({"object": "job.metadata", "job_type": "new"}, Unknown),
}
"""Responses to the creation of a job, and the class that is read."""

DETAILED: dict[str, tuple[dict[str, Any], type]] = {
    "completion": ({"id": "j", "job_type": "completion"}, CompletionDetailedJobOut),
    "classifier": ({"id": "j", "job_type": "classifier"}, ClassifierDetailedJobOut),
    "as in older servers": ({"id": "j", "job_type": "FT"}, CompletionDetailedJobOut),
    "a new type": ({"id": "j", "job_type": "reinforcement"}, Unknown),
    "no type": ({"id": "j"}, CompletionDetailedJobOut),
    "no type, and targets": ({"id": "j", "classifier_targets": []}, ClassifierDetailedJobOut),
    "no type, and repositories": ({"id": "j", "repositories": []}, CompletionDetailedJobOut),
}
"""A job in JSON, and the class that is read."""


@pytest.mark.parametrize("row", CREATED)
async def test_created_job_has_the_class_of_its_type(row: str) -> None:
    """Decided by `job_type`. An estimate has none, and is recognized by its fields."""
    value, expected = CREATED[row]
    assert type(await created(value)) is expected


@pytest.mark.parametrize("row", DETAILED)
@pytest.mark.parametrize("operation", ["get", "cancel", "start"])
async def test_job_has_the_class_of_its_type(operation: str, row: str) -> None:
    """`job_type` decides, or else the fields, for all operations."""
    value, expected = DETAILED[row]
    assert type((await FIVE[operation](client_of(value))).unwrap()) is expected


# ------------------------------------------------------------------ missing, null or unknown fields


async def test_new_kinds_of_integrations_and_repositories_are_unknown() -> None:
    """They are kept, and known ones are read."""
    integrations = [{"type": "mlflow", "uri": "u"}, {"type": "wandb", "project": "p"}, "odd"]
    repositories = [{"type": "gitlab", "name": "n"}, {"type": "github", "name": "n"}]
    job = await completion({"integrations": integrations, "repositories": repositories})
    assert job.integrations == [
        Unknown({"type": "mlflow", "uri": "u"}),
        WandbIntegrationOut(project="p"),
        Unknown("odd"),
    ]
    assert job.repositories == [
        Unknown({"type": "gitlab", "name": "n"}),
        GithubRepositoryOut(name="n"),
    ]
