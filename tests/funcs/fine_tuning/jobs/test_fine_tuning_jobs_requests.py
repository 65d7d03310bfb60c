"""What is special about creating and listing fine-tuning jobs: secrets, dates and numbers."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone
from typing import Any, TypeAlias

import pytest

from mistral_core import Err, Failure, InvalidRequestError, MistralCore, Result, Schema
from mistral_core.testing import ScriptedTransport
from mistral_funcs import fine_tuning_jobs_create, fine_tuning_jobs_list
from mistral_funcs.schemas import (
    CompletionTrainingParametersIn,
    GithubRepositoryIn,
    TrainingFile,
    WandbIntegration,
)
from tests.funcs.wire import body, sent

Call: TypeAlias = Callable[[MistralCore], Awaitable[Result[object, Failure]]]

JOB: dict[str, Any] = {"model": "m", "hyperparameters": {}}
PARIS = timezone(timedelta(hours=2))
SECRET = "0123456789" * 4


async def refused(call: Call) -> InvalidRequestError:
    """Return the error of a call that sends nothing."""
    transport = ScriptedTransport()
    result = await call(MistralCore(transport=transport))
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert transport.requests == []
    return result.error


async def test_dry_run_is_a_parameter_of_the_query() -> None:
    """It is the only one of a request with a body."""
    request = await sent(lambda client: fine_tuning_jobs_create(client, **JOB, dry_run=False))
    assert request.url == "https://api.mistral.ai/v1/fine_tuning/jobs?dry_run=false"
    assert request.body == b'{"model":"m","hyperparameters":{}}'


async def test_date_is_sent_with_its_zone() -> None:
    """In ISO 8601, percent-encoded."""
    since = datetime(2025, 1, 2, 3, 4, 5, tzinfo=PARIS)
    request = await sent(lambda client: fine_tuning_jobs_list(client, created_after=since))
    assert request.url.endswith("?created_after=2025-01-02T03%3A04%3A05%2B02%3A00")


@pytest.mark.parametrize("name", ["created_after", "created_before"])
async def test_date_without_a_zone_is_refused(name: str) -> None:
    """It could be any of two dozen points in time."""
    naive: dict[str, Any] = {name: datetime(2025, 1, 1)}  # noqa: DTZ001
    error = await refused(lambda client: fine_tuning_jobs_list(client, **naive))
    assert error.param == name
    assert "no time zone" in error.message


@pytest.mark.parametrize(
    "fields",
    [
        {"hyperparameters": {"learning_rate": float("nan")}},
        {"training_files": [TrainingFile(file_id="f", weight=float("inf"))]},
    ],
)
async def test_number_that_json_has_not_is_refused(fields: dict[str, Any]) -> None:
    """At any depth."""
    job: dict[str, Any] = {**JOB, **fields}
    error = await refused(lambda client: fine_tuning_jobs_create(client, **job))
    assert "cannot be encoded as JSON" in error.message


async def test_additional_properties_are_sent() -> None:
    """A field that the schema does not have is beside the others."""
    parameters = CompletionTrainingParametersIn(epochs=3, additional_properties={"lora_rank": 8})
    job: dict[str, Any] = {**JOB, "hyperparameters": parameters}
    text = await body(lambda client: fine_tuning_jobs_create(client, **job))
    assert text == '{"model":"m","hyperparameters":{"epochs":3,"lora_rank":8}}'


@pytest.mark.parametrize(
    "schema",
    [
        WandbIntegration(project="p", api_key=SECRET),
        GithubRepositoryIn(name="n", owner="o", token=SECRET),
    ],
)
async def test_secrets_are_sent_and_not_shown(schema: Schema) -> None:
    """The key of Weights & Biases and the token of GitHub are in no log that prints an object."""
    job: dict[str, Any] = {**JOB, "integrations": [schema]}
    assert SECRET not in repr(schema)
    assert SECRET in await body(lambda client: fine_tuning_jobs_create(client, **job))
