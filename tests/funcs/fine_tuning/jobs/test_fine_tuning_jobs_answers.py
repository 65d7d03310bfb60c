"""How the answers of the fine-tuning jobs API are read, odd ones too."""

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
"""Each of the five operations, called."""


def client_of(value: object, status: int = 200) -> MistralCore:
    """Return a client that gets one answer, and does not ask twice."""
    transport = ScriptedTransport(json_response(value, status))
    return MistralCore(transport=transport, retry_config=RetryConfig(strategy="none"))


async def created(value: object) -> CreatedJobOut:
    """Return what `fine_tuning_jobs_create` makes of an answer."""
    client = client_of(value)
    return (await fine_tuning_jobs_create(client, model="m", hyperparameters={})).unwrap()


async def got(value: object) -> DetailedJobOut:
    """Return the job that `fine_tuning_jobs_get` makes of an answer."""
    return (await fine_tuning_jobs_get(client_of(value), "j")).unwrap()


async def completion(value: dict[str, Any]) -> CompletionDetailedJobOut:
    """Return a job for a model that completes text."""
    job = await got({"id": "j", "job_type": "completion", **value})
    assert isinstance(job, CompletionDetailedJobOut)
    return job


# ---------------------------------------------------------------------------- what kind of answer

CREATED: dict[str, tuple[dict[str, Any], type]] = {
    "completion": ({"id": "j", "object": "job", "job_type": "completion"}, CompletionJobOut),
    "classifier": ({"id": "j", "object": "job", "job_type": "classifier"}, ClassifierJobOut),
    "as older servers say": ({"id": "j", "job_type": "FT"}, CompletionJobOut),
    "a new type": ({"id": "j", "object": "job", "job_type": "reinforcement"}, Unknown),
    "no type": ({"id": "j", "object": "job", "model": "m"}, CompletionJobOut),
    "null for a type": ({"id": "j", "job_type": None, "repositories": []}, CompletionJobOut),
    "not even a text": ({"id": "j", "job_type": 7}, Unknown),
    "an estimate": ({"object": "job.metadata", "details": "d"}, LegacyJobMetadataOut),
    "an estimate without details": (
        {"object": "job.metadata", "cost": 1.5, "train_tokens": 7},
        LegacyJobMetadataOut,
    ),
    "an estimate without object": ({"details": "d", "cost": 1.5}, LegacyJobMetadataOut),
    "an estimate of a new type": ({"object": "job.metadata", "job_type": "new"}, Unknown),
}
"""What creating a job is answered with, and the class that it is read as."""

DETAILED: dict[str, tuple[dict[str, Any], type]] = {
    "completion": ({"id": "j", "job_type": "completion"}, CompletionDetailedJobOut),
    "classifier": ({"id": "j", "job_type": "classifier"}, ClassifierDetailedJobOut),
    "as older servers say": ({"id": "j", "job_type": "FT"}, CompletionDetailedJobOut),
    "a new type": ({"id": "j", "job_type": "reinforcement"}, Unknown),
    "no type": ({"id": "j"}, CompletionDetailedJobOut),
    "no type, and targets": ({"id": "j", "classifier_targets": []}, ClassifierDetailedJobOut),
    "no type, and repositories": ({"id": "j", "repositories": []}, CompletionDetailedJobOut),
}
"""A job in JSON, and the class that it is read as."""


@pytest.mark.parametrize("row", CREATED)
async def test_created_is_of_the_class_that_it_says(row: str) -> None:
    """Jobs are told apart by `job_type`; an estimate has none, and is told by its fields."""
    value, expected = CREATED[row]
    assert type(await created(value)) is expected


@pytest.mark.parametrize("row", DETAILED)
@pytest.mark.parametrize("operation", ["get", "cancel", "start"])
async def test_job_is_of_the_class_that_its_type_says(operation: str, row: str) -> None:
    """`job_type` or else the fields decide, whichever operation tells of the job."""
    value, expected = DETAILED[row]
    assert type((await FIVE[operation](client_of(value))).unwrap()) is expected


# ------------------------------------------------------------- what is missing, null or not known


async def test_new_kinds_of_integrations_and_repositories_are_unknown() -> None:
    """They are kept, and those that are known are read."""
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
