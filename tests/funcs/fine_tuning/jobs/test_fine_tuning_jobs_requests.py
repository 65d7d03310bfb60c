"""Creating and listing fine-tuning jobs: secrets, dates and numbers."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone
from typing import Any, TypeAlias

import pytest

from mistral_core import Err, Failure, InvalidRequestError, MistralCore, Result
from mistral_core.testing import ScriptedTransport
from mistral_funcs import fine_tuning_jobs_create, fine_tuning_jobs_list
from mistral_funcs.schemas import (
    TrainingFile,
)
from tests.funcs.wire import sent

Call: TypeAlias = Callable[[MistralCore], Awaitable[Result[object, Failure]]]

JOB: dict[str, Any] = {"model": "m", "hyperparameters": {}}
PARIS = timezone(timedelta(hours=2))


async def refused(call: Call) -> InvalidRequestError:
    """Return the error of a call, and check that nothing was sent."""
    transport = ScriptedTransport()
    result = await call(MistralCore(transport=transport))
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert transport.requests == []
    return result.error


async def test_date_is_sent_with_its_offset() -> None:
    """In ISO 8601, percent-encoded."""
    since = datetime(2025, 1, 2, 3, 4, 5, tzinfo=PARIS)
    request = await sent(lambda client: fine_tuning_jobs_list(client, created_after=since))
    assert request.url.endswith("?created_after=2025-01-02T03%3A04%3A05%2B02%3A00")


@pytest.mark.parametrize("name", ["created_after", "created_before"])
async def test_date_without_a_zone_is_refused(name: str) -> None:
    """It would be ambiguous."""
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
async def test_number_that_json_lacks_is_refused(fields: dict[str, Any]) -> None:
    """At any depth."""
    job: dict[str, Any] = {**JOB, **fields}
    error = await refused(lambda client: fine_tuning_jobs_create(client, **job))
    assert "cannot be encoded as JSON" in error.message
