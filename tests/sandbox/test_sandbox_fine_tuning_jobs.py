"""Fine-tuning jobs of the sandbox, in process and over HTTP."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, TypeAlias

import pytest

from mistral_core import (
    Err,
    HTTPValidationError,
    MistralCore,
    Ok,
    SDKError,
)
from mistral_core.errors import Failure
from mistral_core.result import Result
from mistral_funcs import (
    fine_tuning_jobs_cancel,
    fine_tuning_jobs_create,
    fine_tuning_jobs_get,
    fine_tuning_jobs_list,
    fine_tuning_jobs_start,
    models_delete,
    models_retrieve,
    models_update,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors.files import store_file
from mistral_funcs.schemas import (
    ClassifierDetailedJobOut,
    ClassifierFineTunedModel,
    ClassifierJobOut,
    ClassifierTargetIn,
    ClassifierTargetOut,
    ClassifierTrainingParameters,
    ClassifierTrainingParametersIn,
    CompletionDetailedJobOut,
    CompletionJobOut,
    CompletionTrainingParameters,
    CompletionTrainingParametersIn,
    FTModelCard,
    GithubRepositoryIn,
    GithubRepositoryOut,
    LegacyJobMetadataOut,
    ModelCapabilities,
    TrainingFile,
    WandbIntegration,
    WandbIntegrationOut,
)

Detailed: TypeAlias = CompletionDetailedJobOut | ClassifierDetailedJobOut
Act: TypeAlias = Callable[[MistralCore, str], Coroutine[Any, Any, Result[object, Failure]]]

BASE = "open-mistral-7b"
TUNED = "ft:open-mistral-7b:587a6b29:20240514:7e773925"
SECRET = "0123456789" * 4
CHATS = b'{"messages": []}\n{"messages": []}\n'
ACTS: list[Act] = [fine_tuning_jobs_get, fine_tuning_jobs_cancel, fine_tuning_jobs_start]


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a sandbox whose jobs progress only on demand."""
    return Sandbox(progress="manual")


def file_of(sandbox: Sandbox, content: bytes = CHATS, filename: str = "train.jsonl") -> str:
    """Store a file in a sandbox, and return its ID."""
    return store_file(sandbox.state, content=content, filename=filename).id


async def create(client: MistralCore, sandbox: Sandbox, **changes: Any) -> str:
    """Create a job with a file of two samples, and return its ID."""
    wanted: dict[str, Any] = {
        "model": BASE,
        "hyperparameters": CompletionTrainingParametersIn(training_steps=9),
        "training_files": [TrainingFile(file_id=file_of(sandbox))],
        **changes,
    }
    job = (await fine_tuning_jobs_create(client, **wanted)).unwrap()
    assert isinstance(job, CompletionJobOut | ClassifierJobOut)
    return job.id


async def get(client: MistralCore, job_id: str) -> Detailed:
    """Return a job."""
    job = (await fine_tuning_jobs_get(client, job_id)).unwrap()
    assert isinstance(job, CompletionDetailedJobOut | ClassifierDetailedJobOut)
    return job


async def statuses(client: MistralCore, sandbox: Sandbox, job_id: str, steps: int) -> list[object]:
    """Advance the sandbox step by step, and return the status after each step."""
    collected: list[object] = []
    for _ in range(steps):
        sandbox.advance()
        collected.append((await get(client, job_id)).status)
    return collected


async def ids(client: MistralCore, **filters: Any) -> list[str]:
    """Return the IDs of the listed jobs."""
    page = (await fine_tuning_jobs_list(client, **filters)).unwrap()
    return [job.id for job in page.data if isinstance(job, CompletionJobOut | ClassifierJobOut)]


def refused(result: Result[object, Failure]) -> SDKError:
    """Return the error of a refused call."""
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    return result.error


def invalid(result: Result[object, Failure]) -> HTTPValidationError:
    """Return the validation error of a refused call."""
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    return result.error


# ---------------------------------------------------------------------------------- successful jobs


async def test_a_job_progresses_on_demand_and_creates_a_model(
    client: MistralCore, sandbox: Sandbox
) -> None:
    """From QUEUED to SUCCESS, one status per step."""
    job_id = await create(client, sandbox)
    assert (await get(client, job_id)).status == "QUEUED"
    assert (await get(client, job_id)).status == "QUEUED"
    way = await statuses(client, sandbox, job_id, 8)
    assert way == ["VALIDATING", "VALIDATED", *["RUNNING"] * 4, "SUCCESS", "SUCCESS"]
    job = await get(client, job_id)
    assert job.trained_tokens == 9 * 131_072
    assert job.fine_tuned_model is not None
    assert (await models_retrieve(client, job.fine_tuned_model)).unwrap() == FTModelCard(
        id="ft:open-mistral-7b:587a6b29:20250901:56c4db0d",
        capabilities=ModelCapabilities(completion_chat=True, function_calling=True),
        created=job.modified_at,
        owned_by="sandbox",
        job=job_id,
        root=BASE,
    )


async def test_each_change_of_status_is_an_event(client: MistralCore, sandbox: Sandbox) -> None:
    """The newest event comes first, and its time is that of the last change."""
    job_id = await create(client, sandbox)
    sandbox.advance(7)
    job = await get(client, job_id)
    assert [event.data for event in job.events] == [
        {"status": status} for status in ("SUCCESS", "RUNNING", "VALIDATED", "VALIDATING", "QUEUED")
    ]
    assert {event.name for event in job.events} == {"status-updated"}
    moments = [event.created_at or 0 for event in job.events]
    assert moments == sorted(set(moments), reverse=True)
    assert job.modified_at == moments[0]


async def test_the_loss_decreases(here: MistralCore, sandbox: Sandbox) -> None:
    """The newest checkpoint comes first. Validation losses require validation files."""
    job_id = await create(here, sandbox, validation_files=[file_of(sandbox)])
    plain_id = await create(here, sandbox)
    sandbox.advance(6)
    checkpoints = (await get(here, job_id)).checkpoints
    assert [each.step_number for each in checkpoints] == [9, 6, 3]
    for name in ("train_loss", "valid_loss"):
        losses = [getattr(each.metrics, name) for each in checkpoints]
        assert losses == sorted(set(losses))
    rates = [each.metrics.valid_mean_token_accuracy or 0 for each in checkpoints]
    assert rates == sorted(set(rates), reverse=True)
    assert {each.metrics.valid_loss for each in (await get(here, plain_id)).checkpoints} == {None}


async def test_a_job_without_auto_start_waits(client: MistralCore, sandbox: Sandbox) -> None:
    """It stays VALIDATED until it is started."""
    job_id = await create(client, sandbox, auto_start=False)
    assert await statuses(client, sandbox, job_id, 3) == ["VALIDATING", "VALIDATED", "VALIDATED"]
    started = (await fine_tuning_jobs_start(client, job_id)).unwrap()
    assert isinstance(started, CompletionDetailedJobOut)
    assert started.status == "STARTED"
    assert await statuses(client, sandbox, job_id, 5) == [*["RUNNING"] * 4, "SUCCESS"]


async def test_a_classifier_is_trained(client: MistralCore, sandbox: Sandbox) -> None:
    """The job and the model have the targets, with the API's defaults."""
    job_id = await create(
        client,
        sandbox,
        model="open-mistral",
        suffix="moods",
        hyperparameters=ClassifierTrainingParametersIn(epochs=2),
        classifier_targets=[
            ClassifierTargetIn(name="mood", labels=["good", "bad"]),
            ClassifierTargetIn(name="tags", labels=["a"], weight=0, loss_function="multi_class"),
        ],
    )
    sandbox.advance(7)
    job = await get(client, job_id)
    assert isinstance(job, ClassifierDetailedJobOut)
    assert job.hyperparameters == ClassifierTrainingParameters(training_steps=1, epochs=2)
    assert job.classifier_targets == [
        ClassifierTargetOut(
            name="mood", labels=["good", "bad"], weight=1.0, loss_function="single_class"
        ),
        ClassifierTargetOut(name="tags", labels=["a"], weight=0.0, loss_function="multi_class"),
    ]
    assert job.fine_tuned_model is not None
    assert job.fine_tuned_model.startswith("ft:classifier:open-mistral-7b:moods:20250901:")
    model = (await models_update(client, job.fine_tuned_model, name="new")).unwrap()
    assert isinstance(model, ClassifierFineTunedModel)
    assert [target.name for target in model.classifier_targets] == ["mood", "tags"]
    assert (model.job, model.root, model.capabilities.classification) == (job_id, BASE, True)


async def test_a_short_job_has_checkpoints(here: MistralCore, sandbox: Sandbox) -> None:
    """No step number is 0."""
    job_id = await create(here, sandbox, hyperparameters={"training_steps": 1})
    sandbox.advance(6)
    checkpoints = (await get(here, job_id)).checkpoints
    assert [each.step_number for each in checkpoints] == [1, 1, 1]


async def test_two_jobs_progress_independently(here: MistralCore, sandbox: Sandbox) -> None:
    """Each creates its own model."""
    first = await create(here, sandbox)
    sandbox.advance(2)
    second = await create(here, sandbox)
    sandbox.advance(5)
    assert (await get(here, first)).status == "SUCCESS"
    assert (await get(here, second)).status == "RUNNING"
    sandbox.advance(2)
    models = {(await get(here, job_id)).fine_tuned_model for job_id in (first, second)}
    assert len(models) == 2
    assert models <= sandbox.state.models.keys()


# ------------------------------------------------------------------------ failed and cancelled jobs


@pytest.mark.parametrize("steps", range(6))
async def test_a_job_can_be_cancelled_in_each_status(
    client: MistralCore, sandbox: Sandbox, steps: int
) -> None:
    """It is cancelled by the next step. Cancelling twice changes nothing."""
    job_id = await create(client, sandbox)
    sandbox.advance(steps)
    for _ in range(2):
        job = (await fine_tuning_jobs_cancel(client, job_id)).unwrap()
        assert isinstance(job, CompletionDetailedJobOut)
        assert job.status == "CANCELLATION_REQUESTED"
    assert await statuses(client, sandbox, job_id, 2) == ["CANCELLED", "CANCELLED"]
    reported = [(event.data or {})["status"] for event in (await get(client, job_id)).events]
    assert reported[:2] == ["CANCELLED", "CANCELLATION_REQUESTED"]
    assert len(reported) == len(set(reported))


async def test_a_doomed_job_fails(here: MistralCore, sandbox: Sandbox) -> None:
    """During training, with a reason and without a model."""
    job_id = await create(here, sandbox)
    sandbox.state.jobs[job_id].doomed = True
    assert await statuses(here, sandbox, job_id, 5) == [
        "VALIDATING",
        "VALIDATED",
        "RUNNING",
        "FAILED",
        "FAILED",
    ]
    job = await get(here, job_id)
    assert job.fine_tuned_model is None
    assert (job.events[0].data or {})["error"] == (
        "The training failed, as planned in the sandbox."
    )


BROKEN: dict[str, tuple[bytes, float | None, str]] = {
    "nothing": (b"", None, "train.jsonl has no samples."),
    "blank lines": (b"\n  \n", 0.5, "train.jsonl has no samples."),
    "no JSON": (b"{}\n\n{oops\n{}", None, "train.jsonl, line 3: it is not a JSON object."),
    "no object": (b"[1]\n{}", 0.4, "train.jsonl, line 1: it is not a JSON object."),
    "no text": (b'{"a": "\xff"}', None, "train.jsonl, line 1: it is not a JSON object."),
    "too deep": (b"[" * 100_000, None, "train.jsonl, line 1: it is not a JSON object."),
    "much": (
        b"{}\n1\n2\n3\n",
        0.5,
        "train.jsonl, line 2: it is not a JSON object, and 2 more are not.",
    ),
}
"""The content of a file, the accepted share of invalid lines, and the error."""


@pytest.mark.parametrize("row", BROKEN)
async def test_an_invalid_file_fails_the_validation(
    here: MistralCore, sandbox: Sandbox, row: str
) -> None:
    """The event has the line, and the job ends."""
    content, skip, message = BROKEN[row]
    job_id = await create(
        here,
        sandbox,
        training_files=[{"file_id": file_of(sandbox, content)}],
        invalid_sample_skip_percentage=skip,
    )
    way = await statuses(here, sandbox, job_id, 3)
    assert way == ["VALIDATING", "FAILED_VALIDATION", "FAILED_VALIDATION"]
    event = (await get(here, job_id)).events[0]
    assert event.data == {"status": "FAILED_VALIDATION", "error": message}


async def test_some_invalid_samples_are_accepted(here: MistralCore, sandbox: Sandbox) -> None:
    """Up to the share in the job's arguments."""
    half = file_of(sandbox, b"{}\n1\n")
    files = [{"file_id": half}]
    job_id = await create(here, sandbox, training_files=files, invalid_sample_skip_percentage=0.5)
    assert await statuses(here, sandbox, job_id, 2) == ["VALIDATING", "VALIDATED"]


async def test_the_other_files_are_validated_too(here: MistralCore, sandbox: Sandbox) -> None:
    """Validation files, and files that were deleted meanwhile."""
    broken = file_of(sandbox, b"oops", "valid.jsonl")
    measured = await create(here, sandbox, validation_files=[broken])
    gone = file_of(sandbox)
    robbed = await create(here, sandbox, training_files=[{"file_id": gone}])
    del sandbox.state.files[gone]
    sandbox.advance(2)
    reported = [(await get(here, job_id)).events[0].data or {} for job_id in (measured, robbed)]
    assert [each["error"] for each in reported] == [
        "valid.jsonl, line 1: it is not a JSON object.",
        f"File {gone} has been deleted.",
    ]


# ----------------------------------------------------------------------------------- fields of jobs


async def test_a_job_has_the_fields_of_its_creation(client: MistralCore, sandbox: Sandbox) -> None:
    """Files, integrations and repositories, with the API's additions and without secrets."""
    file_id = file_of(sandbox)
    job = (
        await fine_tuning_jobs_create(
            client,
            model=BASE,
            hyperparameters={"training_steps": 10, "fim_ratio": None},
            training_files=[TrainingFile(file_id=file_id)],
            validation_files=[file_id],
            suffix="support",
            auto_start=False,
            job_type="completion",
            integrations=[
                WandbIntegration(project="p", name="n", api_key=SECRET),
                WandbIntegration(project="q", api_key=SECRET, run_name="r"),
            ],
            repositories=[
                GithubRepositoryIn(name="code", owner="me", token=SECRET),
                GithubRepositoryIn(name="code", owner="me", ref="main", weight=2, token=SECRET),
            ],
        )
    ).unwrap()
    assert isinstance(job, CompletionJobOut)
    assert (job.model, job.suffix, job.auto_start, job.status) == (
        BASE,
        "support",
        False,
        "QUEUED",
    )
    assert (job.training_files, job.validation_files) == ([file_id], [file_id])
    assert job.hyperparameters == CompletionTrainingParameters(training_steps=10, fim_ratio=None)
    runs = "https://wandb.ai/sandbox"
    assert job.integrations == [
        WandbIntegrationOut(project="p", name="n", url=f"{runs}/p/runs/{job.id}"),
        WandbIntegrationOut(project="q", run_name="r", url=f"{runs}/q/runs/{job.id}"),
    ]
    one, two = job.repositories
    assert isinstance(one, GithubRepositoryOut)
    assert isinstance(two, GithubRepositoryOut)
    assert (one.ref, one.weight, two.ref, two.weight) == (None, 1.0, "main", 2.0)
    assert {len(one.commit_id or ""), len(two.commit_id or "")} == {40}
    assert one.commit_id != two.commit_id
    assert job.metadata is not None
    assert (job.metadata.cost_currency, job.metadata.train_tokens) == ("EUR", 10 * 131_072)
    assert SECRET not in repr(sandbox.state)


async def test_repositories_are_enough(here: MistralCore, sandbox: Sandbox) -> None:
    """No file is validated."""
    job_id = await create(
        here,
        sandbox,
        training_files=[],
        repositories=[GithubRepositoryIn(name="n", owner="o", token=SECRET)],
    )
    sandbox.advance(7)
    assert (await get(here, job_id)).status == "SUCCESS"


async def test_a_dry_run_estimates_a_job(client: MistralCore, sandbox: Sandbox) -> None:
    """From the size of the file and the steps, or the number of epochs."""
    files = [{"file_id": file_of(sandbox, b'{"text": "' + b"x" * 400_000 + b'"}')}]

    async def estimate(hyperparameters: dict[str, Any]) -> LegacyJobMetadataOut:
        response = await fine_tuning_jobs_create(
            client,
            model=BASE,
            hyperparameters=hyperparameters,
            training_files=files,
            dry_run=True,
        )
        reported = response.unwrap()
        assert isinstance(reported, LegacyJobMetadataOut)
        return reported

    assert await estimate({"training_steps": 10}) == LegacyJobMetadataOut(
        expected_duration_seconds=200,
        cost=2.62,
        cost_currency="EUR",
        train_tokens_per_step=131_072,
        train_tokens=1_310_720,
        data_tokens=100_003,
        estimated_start_time=sandbox.state.now,
        details="An estimate of the sandbox. No job was created.",
        epochs=13.1068,
        training_steps=10,
    )
    assert (await estimate({"epochs": 3})).training_steps == 3
    assert (await estimate({})).training_steps == 1
    assert sandbox.state.jobs == {}
    assert (await fine_tuning_jobs_list(client)).unwrap().total == 0


# -------------------------------------------------------------------------------------------- lists


async def test_jobs_are_listed_the_newest_first(client: MistralCore, sandbox: Sandbox) -> None:
    """Both kinds, without their events, in pages with the total number."""
    targets = [ClassifierTargetIn(name="mood", labels=["good"])]
    first = await create(client, sandbox)
    second = await create(client, sandbox, job_type="classifier", classifier_targets=targets)
    third = await create(client, sandbox)
    page = (await fine_tuning_jobs_list(client)).unwrap()
    assert [type(job) for job in page.data] == [
        CompletionJobOut,
        ClassifierJobOut,
        CompletionJobOut,
    ]
    assert page.total == 3
    assert await ids(client) == [third, second, first]
    assert await ids(client, page_size=2) == [third, second]
    assert await ids(client, page_size=2, page=1) == [first]
    assert (await fine_tuning_jobs_list(client, page_size=2)).unwrap().total == 3


async def test_lists_are_filtered(client: MistralCore, sandbox: Sandbox) -> None:
    """By each filter, and by several at once."""
    run = WandbIntegration(project="p", name="n", api_key=SECRET, run_name="r")
    small = await create(client, sandbox, suffix="small", integrations=[run])
    sandbox.advance()
    large = await create(client, sandbox, model="mistral-large-latest")
    sandbox.state.jobs[large].created_by_me = False
    assert await ids(client, model=BASE) == [small]
    assert await ids(client, status="QUEUED") == [large]
    assert await ids(client, suffix="small") == [small]
    assert await ids(client, created_by_me=True) == [small]
    assert await ids(client, created_by_me=False) == [large, small]
    assert await ids(client, wandb_project="p") == [small]
    assert await ids(client, wandb_name="n") == [small]
    assert await ids(client, wandb_name="r") == [small]
    assert await ids(client, wandb_name="other") == []
    assert await ids(client, status="VALIDATING", suffix="small", model=BASE) == [small]
    assert await ids(client, status="QUEUED", suffix="small") == []


async def test_lists_are_filtered_by_date(client: MistralCore, sandbox: Sandbox) -> None:
    """After and before a time."""
    first = await create(client, sandbox)
    second = await create(client, sandbox)
    moment = datetime.fromtimestamp((await get(client, second)).created_at or 0, UTC)
    assert await ids(client, created_after=moment) == [second]
    assert await ids(client, created_before=moment) == [first]
    assert await ids(client, created_after=moment, created_before=moment) == []


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("created_after", "yesterday", "datetime_parsing"),
        ("created_by_me", "yes", "bool_parsing"),
        ("page", "one", "int_parsing"),
    ],
)
async def test_an_invalid_filter_is_refused(
    here: MistralCore, name: str, value: Any, kind: str
) -> None:
    """With 422 and the path of the fault."""
    filters: dict[str, Any] = {name: value}
    (fault,) = invalid(await fine_tuning_jobs_list(here, **filters)).detail
    assert (fault.loc, fault.type) == (("query", name), kind)


# ------------------------------------------------------------------------------------ refused calls


@pytest.mark.parametrize("act", ACTS)
async def test_an_unknown_job_is_not_found(client: MistralCore, act: Act) -> None:
    """With 404 and the message of the API."""
    error = refused(await act(client, "00000001-0000-4000-8000-000000000001"))
    assert (error.status, error.message) == (404, "No fine tuning job matches the given query.")


@pytest.mark.parametrize("steps", [0, 1, 3, 7])
async def test_only_a_validated_job_is_started(
    here: MistralCore, sandbox: Sandbox, steps: int
) -> None:
    """Neither before, nor twice, nor after its end."""
    job_id = await create(here, sandbox)
    sandbox.advance(steps)
    before = await get(here, job_id)
    error = refused(await fine_tuning_jobs_start(here, job_id))
    assert (error.status, error.type) == (400, "invalid_request_error")
    assert error.message == f"The job is {before.status}, and cannot be started."
    assert await get(here, job_id) == before


@pytest.mark.parametrize("end", ["SUCCESS", "FAILED", "CANCELLED", "FAILED_VALIDATION"])
async def test_a_job_that_has_ended_cannot_be_cancelled(
    here: MistralCore, sandbox: Sandbox, end: str
) -> None:
    """Whatever its final status."""
    content = b"oops" if end == "FAILED_VALIDATION" else CHATS
    files = [{"file_id": file_of(sandbox, content)}]
    job_id = await create(here, sandbox, training_files=files)
    sandbox.state.jobs[job_id].doomed = end == "FAILED"
    if end == "CANCELLED":
        await fine_tuning_jobs_cancel(here, job_id)
    sandbox.advance(7)
    error = refused(await fine_tuning_jobs_cancel(here, job_id))
    assert (error.status, error.message) == (400, f"The job is {end}, and cannot be cancelled.")


WRONG: dict[str, tuple[dict[str, Any], tuple[str | int, ...], str]] = {
    "a number for a model": ({"model": 7}, ("body", "model"), "string_type"),
    "no hyperparameters": ({"hyperparameters": None}, ("body", "hyperparameters"), "missing"),
    "wrong hyperparameters": (
        {"hyperparameters": {"epochs": "many"}},
        ("body", "hyperparameters", "epochs"),
        "value_error",
    ),
    "a file without id": (
        {"training_files": [{"file_id": "f"}, {"weight": 1}]},
        ("body", "training_files", 1, "file_id"),
        "missing",
    ),
    "no files at all": ({"training_files": []}, ("body", "job_in"), "value_error"),
    "a share above 1": ({"invalid_sample_skip_percentage": 0.6}, ("body",), "value_error"),
    "a negative share": (
        {"invalid_sample_skip_percentage": -0.1},
        ("body",),
        "value_error",
    ),
    "an unknown type": (
        {"job_type": "reinforcement"},
        ("body", "job_type"),
        "value_error",
    ),
    "an unknown integration": (
        {"integrations": [{"type": "mlflow", "project": "p", "api_key": SECRET}]},
        ("body", "integrations", 0, "type"),
        "value_error",
    ),
    "a classifier without targets": (
        {"job_type": "classifier"},
        ("body", "job_in"),
        "value_error",
    ),
}
"""Invalid arguments, with the path and type of the fault."""


@pytest.mark.parametrize("row", WRONG)
async def test_an_invalid_job_is_refused(here: MistralCore, sandbox: Sandbox, row: str) -> None:
    """With 422 and the path of the fault. Nothing is created, in a dry run either."""
    changes, loc, kind = WRONG[row]
    wanted: dict[str, Any] = {
        "model": BASE,
        "hyperparameters": {},
        "training_files": [{"file_id": file_of(sandbox)}],
        **changes,
    }
    for dry_run in (True, False):
        result = await fine_tuning_jobs_create(here, **wanted, dry_run=dry_run)
        (fault,) = invalid(result).detail
        assert (fault.loc, fault.type) == (loc, kind)
    assert sandbox.state.jobs == {}


async def test_an_unknown_model_is_refused(here: MistralCore, sandbox: Sandbox) -> None:
    """With the type and code of the API."""
    error = refused(
        await fine_tuning_jobs_create(
            here,
            model="none",
            hyperparameters={},
            training_files=[{"file_id": file_of(sandbox)}],
        )
    )
    assert (error.status, error.type, error.code) == (400, "invalid_model", "1500")


@pytest.mark.parametrize(
    ("model", "kind"), [("mistral-embed", "completion"), (TUNED, "classifier")]
)
async def test_only_some_models_can_be_fine_tuned(
    here: MistralCore, sandbox: Sandbox, model: str, kind: str
) -> None:
    """Those with the capability. Otherwise the status is 422."""
    result = await fine_tuning_jobs_create(
        here,
        model=model,
        hyperparameters={},
        training_files=[{"file_id": file_of(sandbox)}],
        job_type=kind,
        classifier_targets=[{"name": "n", "labels": ["a"]}],
    )
    reported = f"Model not available for this type of fine-tuning ({kind})."
    assert invalid(result).message == reported


@pytest.mark.parametrize("argument", ["training_files", "validation_files"])
async def test_a_missing_file_is_not_found(
    here: MistralCore, sandbox: Sandbox, argument: str
) -> None:
    """With 404, whatever the file is for."""
    wanted: dict[str, Any] = {
        "model": BASE,
        "hyperparameters": {},
        "training_files": [{"file_id": file_of(sandbox)}],
        argument: [{"file_id": "f"} if argument == "training_files" else "f"],
    }
    error = refused(await fine_tuning_jobs_create(here, **wanted))
    assert (error.status, error.message) == (404, "No file matches the given query.")


async def test_the_api_can_be_retired(client: MistralCore, sandbox: Sandbox) -> None:
    """All five operations return 410, as Mistral's own servers may, until they are restored."""
    job_id = await create(client, sandbox)
    sandbox.state.fine_tuning_retired = True
    results: list[Result[object, Failure]] = [
        await fine_tuning_jobs_list(client),
        await fine_tuning_jobs_create(client, model=BASE, hyperparameters={}),
        *[await act(client, job_id) for act in ACTS],
    ]
    assert {refused(result).status for result in results} == {410}
    sandbox.state.fine_tuning_retired = False
    assert isinstance(await fine_tuning_jobs_list(client), Ok)


async def test_a_model_is_independent_of_its_job(here: MistralCore, sandbox: Sandbox) -> None:
    """The base model may be deleted before the job ends, and the new model at any time."""
    job_id = await create(here, sandbox)
    del sandbox.state.models[BASE]
    sandbox.advance(7)
    model = (await get(here, job_id)).fine_tuned_model
    assert model is not None
    assert isinstance(await models_delete(here, model), Ok)
    assert (await get(here, job_id)).fine_tuned_model == model
