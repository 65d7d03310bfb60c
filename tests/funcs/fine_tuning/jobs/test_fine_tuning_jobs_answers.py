"""How the answers of the fine-tuning jobs API are read, odd ones too."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import pytest

from mistral_core import (
    Err,
    Failure,
    MistralCore,
    ResponseValidationError,
    Result,
    RetryConfig,
    SDKError,
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
    CheckpointOut,
    ClassifierDetailedJobOut,
    ClassifierJobOut,
    ClassifierTargetOut,
    ClassifierTrainingParameters,
    CompletionDetailedJobOut,
    CompletionJobOut,
    CompletionTrainingParameters,
    CreatedJobOut,
    DetailedJobOut,
    EventOut,
    GithubRepositoryOut,
    JobMetadataOut,
    JobsOut,
    LegacyJobMetadataOut,
    MetricOut,
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


async def listed(value: object) -> JobsOut:
    """Return the page that `fine_tuning_jobs_list` makes of an answer."""
    return (await fine_tuning_jobs_list(client_of(value))).unwrap()


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


# -------------------------------------------------------------------------------- the usual answer


async def test_completion_job_is_read_whole() -> None:
    """Every field of a job, its events and its checkpoints come out as their Python types."""
    value = {
        "id": "j",
        "auto_start": False,
        "model": "open-mistral-7b",
        "status": "SUCCESS",
        "created_at": 1,
        "modified_at": 2,
        "training_files": ["t"],
        "validation_files": ["v"],
        "object": "job",
        "fine_tuned_model": "ft:open-mistral-7b:x",
        "suffix": "x",
        "integrations": [
            {"type": "wandb", "project": "p", "name": "n", "run_name": "r", "url": "https://w/"}
        ],
        "trained_tokens": 131072,
        "metadata": {
            "expected_duration_seconds": 220,
            "cost": 10,
            "cost_currency": "EUR",
            "train_tokens_per_step": 131072,
            "train_tokens": 1310720,
            "data_tokens": 305375,
            "estimated_start_time": 3,
        },
        "job_type": "completion",
        "hyperparameters": {
            "training_steps": 10,
            "learning_rate": 0.0002,
            "weight_decay": None,
            "warmup_fraction": 0.1,
            "epochs": 4,
            "seq_len": 100,
            "fim_ratio": None,
        },
        "repositories": [
            {
                "type": "github",
                "name": "n",
                "owner": "o",
                "ref": "main",
                "weight": 2,
                "commit_id": "c" * 40,
            }
        ],
        "events": [
            {"name": "status-updated", "data": {"status": "SUCCESS"}, "created_at": 5},
            {"name": "status-updated", "created_at": 4},
        ],
        "checkpoints": [
            {
                "metrics": {
                    "train_loss": 0.5,
                    "valid_loss": 0.6,
                    "valid_mean_token_accuracy": 1.7,
                },
                "step_number": 10,
                "created_at": 5,
            }
        ],
    }
    assert await got(value) == CompletionDetailedJobOut(
        id="j",
        auto_start=False,
        model="open-mistral-7b",
        status="SUCCESS",
        created_at=1,
        modified_at=2,
        training_files=["t"],
        validation_files=["v"],
        fine_tuned_model="ft:open-mistral-7b:x",
        suffix="x",
        integrations=[
            WandbIntegrationOut(project="p", name="n", run_name="r", url="https://w/"),
        ],
        trained_tokens=131072,
        metadata=JobMetadataOut(
            expected_duration_seconds=220,
            cost=10.0,
            cost_currency="EUR",
            train_tokens_per_step=131072,
            train_tokens=1310720,
            data_tokens=305375,
            estimated_start_time=3,
        ),
        hyperparameters=CompletionTrainingParameters(
            training_steps=10,
            learning_rate=0.0002,
            weight_decay=None,
            warmup_fraction=0.1,
            epochs=4.0,
            seq_len=100,
            fim_ratio=None,
        ),
        repositories=[
            GithubRepositoryOut(name="n", owner="o", ref="main", weight=2.0, commit_id="c" * 40)
        ],
        events=[
            EventOut(name="status-updated", data={"status": "SUCCESS"}, created_at=5),
            EventOut(name="status-updated", created_at=4),
        ],
        checkpoints=[
            CheckpointOut(
                metrics=MetricOut(train_loss=0.5, valid_loss=0.6, valid_mean_token_accuracy=1.7),
                step_number=10,
                created_at=5,
            )
        ],
    )


async def test_classifier_job_is_read_whole() -> None:
    """A job for a classifier has its targets, and its own hyperparameters."""
    value = {
        "id": "j",
        "job_type": "classifier",
        "hyperparameters": {"epochs": 2},
        "classifier_targets": [
            {"name": "mood", "labels": ["good"], "weight": 1, "loss_function": "single_class"}
        ],
    }
    assert await got(value) == ClassifierDetailedJobOut(
        id="j",
        hyperparameters=ClassifierTrainingParameters(epochs=2.0),
        classifier_targets=[
            ClassifierTargetOut(
                name="mood", labels=["good"], weight=1.0, loss_function="single_class"
            )
        ],
    )


async def test_page_is_read_whole() -> None:
    """A page has both kinds of jobs, and says how many there are on all pages."""
    page = await listed(
        {
            "object": "list",
            "total": 87,
            "data": [{"id": "a", "job_type": "classifier"}, {"id": "b", "job_type": "completion"}],
        }
    )
    assert page == JobsOut(data=[ClassifierJobOut(id="a"), CompletionJobOut(id="b")], total=87)


async def test_dry_run_is_an_estimate() -> None:
    """The answer to a dry run is no job, and is not taken for one."""
    value = {
        "object": "job.metadata",
        "details": "no job was made",
        "deprecated": True,
        "expected_duration_seconds": 220,
        "cost": 10,
        "cost_currency": "EUR",
        "train_tokens_per_step": 131072,
        "train_tokens": 1310720,
        "data_tokens": 305375,
        "estimated_start_time": None,
        "epochs": 4.2922,
        "training_steps": 10,
    }
    assert await created(value) == LegacyJobMetadataOut(
        details="no job was made",
        expected_duration_seconds=220,
        cost=10.0,
        cost_currency="EUR",
        train_tokens_per_step=131072,
        train_tokens=1310720,
        data_tokens=305375,
        epochs=4.2922,
        training_steps=10,
    )


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


async def test_one_odd_job_does_not_take_the_page_down() -> None:
    """A job of a new type and one that cannot be read stand at their places as `Unknown`."""
    new = {"id": "r", "job_type": "reinforcement", "reward": "r"}
    broken = {"id": 7, "job_type": "completion"}
    page = await listed({"data": [{"id": "a"}, new, broken, {"id": "b"}], "total": 4})
    assert page.data == [
        CompletionJobOut(id="a"),
        Unknown(new),
        Unknown(broken),
        CompletionJobOut(id="b"),
    ]
    assert [each.reason for each in page.data if isinstance(each, Unknown)] == [
        "unknown job_type 'reinforcement'",
        "`$.id` must be a string, got a number",
    ]


# ------------------------------------------------------------- what is missing, null or not known


@pytest.mark.parametrize("status", ["QUEUED", "CANCELLATION_REQUESTED", "PAUSED", ""])
async def test_status_that_is_not_yet_known_comes_through(status: str) -> None:
    """A new status is the text that was sent."""
    assert (await completion({"status": status})).status == status


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


async def test_job_with_only_an_id_is_read() -> None:
    """What a server leaves out has the default of the specification, or is empty or `None`."""
    job = await completion({})
    assert (job.status, job.training_files, job.validation_files, job.events) == (None, [], [], [])
    assert (job.integrations, job.metadata, job.repositories) == (None, None, [])
    assert job.hyperparameters == CompletionTrainingParameters(
        learning_rate=0.0001, weight_decay=0.1, warmup_fraction=0.05, fim_ratio=0.9
    )
    assert await listed({"object": "list"}) == JobsOut(data=[], total=None)


async def test_null_is_the_default_where_the_specification_has_none() -> None:
    """Where it has one, `null` is `None`."""
    job = await completion(
        {
            "status": None,
            "training_files": None,
            "validation_files": None,
            "object": None,
            "integrations": None,
            "hyperparameters": None,
            "repositories": None,
            "events": None,
            "checkpoints": None,
        }
    )
    assert job == CompletionDetailedJobOut(id="j", validation_files=None)


async def test_events_and_checkpoints_may_be_bare() -> None:
    """An event without data, a checkpoint without measures."""
    job = await completion({"events": [{}], "checkpoints": [{"metrics": None}, {}]})
    assert job.events == [EventOut()]
    assert job.checkpoints == [CheckpointOut(metrics=MetricOut())] * 2


async def test_unknown_fields_are_kept_at_every_depth() -> None:
    """What the specification does not name is reachable, where it stood."""
    job = await completion(
        {
            "priority": "low",
            "hyperparameters": {"lora_rank": 8},
            "events": [{"name": "n", "level": "info"}],
            "checkpoints": [{"metrics": {"perplexity": 3.5}}],
        }
    )
    assert job.additional_properties == {"priority": "low"}
    assert job.hyperparameters.additional_properties == {"lora_rank": 8}
    assert job.events[0].additional_properties == {"level": "info"}
    assert job.checkpoints[0].metrics.additional_properties == {"perplexity": 3.5}


async def test_documented_example_of_old_is_read() -> None:
    """A job as the API's first documents show it, with `FT` and with what is no more specified."""
    value = {
        "id": "fe7e6fc1-d4a6-4b2b-8d2c-2b0d9a1c0e11",
        "hyperparameters": {"training_steps": 10, "learning_rate": 0.0001},
        "fine_tuned_model": None,
        "model": "open-mistral-7b",
        "status": "QUEUED",
        "job_type": "FT",
        "created_at": 1717170356,
        "modified_at": 1717170357,
        "training_files": ["66f96d02-8b51-4c76-a5ac-a78e28b2584f"],
        "validation_files": [],
        "object": "job",
        "integrations": [],
    }
    job = await created(value)
    assert isinstance(job, CompletionJobOut)
    assert (job.job_type, job.status) == ("FT", "QUEUED")
    assert job.additional_properties == {}


# ------------------------------------------------------------------------------ what is an error


@pytest.mark.parametrize("operation", FIVE)
async def test_retired_api_is_told_by_its_status(operation: str) -> None:
    """Where the API is no more, each operation is `SDKError` with 410: match on that."""
    result = await FIVE[operation](client_of({"detail": "Gone"}, 410))
    match result:
        case Err(SDKError(status=410) as error):
            assert error.message == "Gone"
            assert not error.retryable
        case _:
            pytest.fail(f"not the error of a retired API: {result}")


UNREADABLE: dict[str, tuple[str, object, str]] = {
    "id missing": ("get", {"job_type": "completion"}, "$.id"),
    "id missing, created": ("create", {"object": "job", "model": "m"}, "$.id"),
    "nothing": ("create", {}, "$.id"),
    "file a number": ("get", {"id": "j", "training_files": [7]}, "$.training_files[0]"),
    "flag a text": ("start", {"id": "j", "auto_start": "yes"}, "$.auto_start"),
    "deep in a checkpoint": (
        "cancel",
        {"id": "j", "checkpoints": [{"metrics": {"train_loss": "low"}}]},
        "$.checkpoints[0].metrics.train_loss",
    ),
    "page a text": ("list", "jobs", "$"),
    "data an object": ("list", {"data": {}}, "$.data"),
    "job an array": ("get", [], "$"),
}
"""An operation, an answer that it cannot read, and the JSON path of what is wrong."""


@pytest.mark.parametrize("row", UNREADABLE)
async def test_wrong_field_is_named_by_its_json_path(row: str) -> None:
    """What cannot be a job at all is an error that says where the fault is."""
    operation, value, path = UNREADABLE[row]
    result = await FIVE[operation](client_of(value))
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert result.error.path == path
