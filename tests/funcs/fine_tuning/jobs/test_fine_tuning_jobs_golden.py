"""What each of the five functions sends, to the byte."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, TypeAlias, final

import attrs
import pytest

from mistral_core import (
    UNSET,
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestOptions,
    Response,
    Result,
    Schema,
)
from mistral_core.testing import ScriptedTransport
from mistral_funcs import (
    fine_tuning_jobs_cancel,
    fine_tuning_jobs_create,
    fine_tuning_jobs_get,
    fine_tuning_jobs_list,
    fine_tuning_jobs_start,
)
from mistral_funcs.schemas import (
    ClassifierTargetIn,
    ClassifierTrainingParametersIn,
    CompletionTrainingParametersIn,
    GithubRepositoryIn,
    TrainingFile,
    WandbIntegration,
)

CallIt: TypeAlias = Callable[[MistralCore], Awaitable[Result[object, Failure]]]

JOBS = "/v1/fine_tuning/jobs"
JOB_ID = "0a2c6f1e-5b0d-4a53-9d5c-3f9a1c0e7b11"
FILE_ID = "5b0d4a53-9d5c-4f9a-8c0e-7b110a2c6f1e"
ANSWER = b'{"id":"j","data":[]}'
PARIS = timezone(timedelta(hours=2))
SECRET = "0123456789" * 4


async def sent(call: CallIt) -> tuple[str, str, bytes | None]:
    """Return the method, the target and the body of the one request that a call makes."""
    transport = ScriptedTransport(Response(200, body=ANSWER))
    result = await call(MistralCore(transport=transport))
    assert isinstance(result, Ok), result
    (request,) = transport.requests
    assert request.body is None or isinstance(request.body, bytes)
    return request.method, request.url.removeprefix("https://api.mistral.ai"), request.body


async def body(**fields: Any) -> str:
    """Return the body that `fine_tuning_jobs_create` makes of fields, without the required two."""
    required: dict[str, Any] = {"model": "m", "hyperparameters": {}}
    arguments = {**required, **fields}
    _, _, made = await sent(lambda client: fine_tuning_jobs_create(client, **arguments))
    assert made is not None
    return made.decode()


# --------------------------------------------------------------------------------- which request


@final
@attrs.frozen
class Golden:
    """Hold a call, and what it sends.

    Attributes:
        call: The call.
        method: The HTTP method.
        target: The path with the query.
    """

    call: CallIt
    method: str
    target: str


GOLDEN: dict[str, Golden] = {
    "list": Golden(fine_tuning_jobs_list, "GET", JOBS),
    "list, the first page": Golden(
        lambda client: fine_tuning_jobs_list(client, page=0, page_size=1),
        "GET",
        f"{JOBS}?page=0&page_size=1",
    ),
    "list, all parameters": Golden(
        lambda client: fine_tuning_jobs_list(
            client,
            page=2,
            page_size=50,
            model="open-mistral-7b",
            created_after=datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC),
            created_before=datetime(2025, 6, 1, tzinfo=PARIS),
            created_by_me=True,
            status="RUNNING",
            wandb_project="p",
            wandb_name="n",
            suffix="s",
        ),
        "GET",
        f"{JOBS}?page=2&page_size=50&model=open-mistral-7b"
        "&created_after=2025-01-02T03%3A04%3A05%2B00%3A00"
        "&created_before=2025-06-01T00%3A00%3A00%2B02%3A00"
        "&created_by_me=true&status=RUNNING&wandb_project=p&wandb_name=n&suffix=s",
    ),
    "list, a false flag is sent": Golden(
        lambda client: fine_tuning_jobs_list(client, created_by_me=False),
        "GET",
        f"{JOBS}?created_by_me=false",
    ),
    "list, any text": Golden(
        lambda client: fine_tuning_jobs_list(client, wandb_project="Zoë & Söhne", suffix="a/b+c"),
        "GET",
        f"{JOBS}?wandb_project=Zo%C3%AB%20%26%20S%C3%B6hne&suffix=a%2Fb%2Bc",
    ),
    "list, a status that is not yet known": Golden(
        lambda client: fine_tuning_jobs_list(client, status="PAUSED"),
        "GET",
        f"{JOBS}?status=PAUSED",
    ),
    "create": Golden(
        lambda client: fine_tuning_jobs_create(client, model="m", hyperparameters={}),
        "POST",
        JOBS,
    ),
    "create, a dry run": Golden(
        lambda client: fine_tuning_jobs_create(client, model="m", hyperparameters={}, dry_run=True),
        "POST",
        f"{JOBS}?dry_run=true",
    ),
    "create, no dry run": Golden(
        lambda client: fine_tuning_jobs_create(
            client, model="m", hyperparameters={}, dry_run=False
        ),
        "POST",
        f"{JOBS}?dry_run=false",
    ),
    "get": Golden(lambda client: fine_tuning_jobs_get(client, JOB_ID), "GET", f"{JOBS}/{JOB_ID}"),
    "get, an id that must be quoted": Golden(
        lambda client: fine_tuning_jobs_get(client, "a/b?c"), "GET", f"{JOBS}/a%2Fb%3Fc"
    ),
    "cancel": Golden(
        lambda client: fine_tuning_jobs_cancel(client, JOB_ID), "POST", f"{JOBS}/{JOB_ID}/cancel"
    ),
    "start": Golden(
        lambda client: fine_tuning_jobs_start(client, JOB_ID), "POST", f"{JOBS}/{JOB_ID}/start"
    ),
}
"""Each call, with the request that it makes."""


@pytest.mark.parametrize("name", GOLDEN)
async def test_request_is_exactly_this(name: str) -> None:
    """Method, path and query; a body only where a job is created."""
    golden = GOLDEN[name]
    method, target, made = await sent(golden.call)
    assert (method, target) == (golden.method, golden.target)
    is_create = name.startswith("create")
    assert made == (b'{"model":"m","hyperparameters":{}}' if is_create else None)


OPTIONS = RequestOptions(server_url="https://gateway.example.com/mistral/")

WITH_OPTIONS: dict[str, CallIt] = {
    "list": lambda client: fine_tuning_jobs_list(client, options=OPTIONS),
    "create": lambda client: fine_tuning_jobs_create(
        client, model="m", hyperparameters={}, options=OPTIONS
    ),
    "get": lambda client: fine_tuning_jobs_get(client, "j", options=OPTIONS),
    "cancel": lambda client: fine_tuning_jobs_cancel(client, "j", options=OPTIONS),
    "start": lambda client: fine_tuning_jobs_start(client, "j", options=OPTIONS),
}
"""Each of the five functions, called with options."""


@pytest.mark.parametrize("name", WITH_OPTIONS)
async def test_options_are_handed_on(name: str) -> None:
    """Every function takes another server for one call."""
    _, url, _ = await sent(WITH_OPTIONS[name])
    assert url.startswith("https://gateway.example.com/mistral/v1/fine_tuning/jobs")


# ------------------------------------------------------------------------------- the body of a job

FIELDS: dict[str, tuple[dict[str, Any], str]] = {
    "no files": ({"training_files": []}, '"training_files":[]'),
    "validation files": ({"validation_files": [FILE_ID]}, f'"validation_files":["{FILE_ID}"]'),
    "no validation files": ({"validation_files": None}, '"validation_files":null'),
    "suffix": ({"suffix": "Zoë"}, '"suffix":"Zoë"'),
    "no suffix": ({"suffix": None}, '"suffix":null'),
    "no integrations": ({"integrations": None}, '"integrations":null'),
    "started at once": ({"auto_start": True}, '"auto_start":true'),
    "not started": ({"auto_start": False}, '"auto_start":false'),
    "skipping none": (
        {"invalid_sample_skip_percentage": 0},
        '"invalid_sample_skip_percentage":0',
    ),
    "skipping some": (
        {"invalid_sample_skip_percentage": 0.25},
        '"invalid_sample_skip_percentage":0.25',
    ),
    "completion": ({"job_type": "completion"}, '"job_type":"completion"'),
    "classifier": ({"job_type": "classifier"}, '"job_type":"classifier"'),
    "a new type": ({"job_type": "reinforcement"}, '"job_type":"reinforcement"'),
    "no type": ({"job_type": None}, '"job_type":null'),
    "no repositories": ({"repositories": None}, '"repositories":null'),
    "no targets": ({"classifier_targets": None}, '"classifier_targets":null'),
}
"""Arguments beside the required two, and what they are in the body."""


@pytest.mark.parametrize("row", FIELDS)
async def test_field_is_sent_as_it_is(row: str) -> None:
    """One by one; what the specification lets be `null` is `null`."""
    arguments, expected = FIELDS[row]
    before = f'{{"model":"m",{expected},"hyperparameters":{{}}}}'
    after = f'{{"model":"m","hyperparameters":{{}},{expected}}}'
    assert await body(**arguments) in (before, after)


async def test_what_may_not_be_null_is_left_out() -> None:
    """`None` is then as good as nothing, and so is `UNSET`."""
    made = await body(
        training_files=None,
        auto_start=None,
        invalid_sample_skip_percentage=None,
        suffix=UNSET,
        integrations=UNSET,
    )
    assert made == '{"model":"m","hyperparameters":{}}'


NESTED: dict[str, tuple[str, Schema, dict[str, Any], str]] = {
    "file": ("training_files", TrainingFile(file_id="f"), {"file_id": "f"}, '{"file_id":"f"}'),
    "file, whole": (
        "training_files",
        TrainingFile(file_id="f", weight=0.5),
        {"file_id": "f", "weight": 0.5},
        '{"file_id":"f","weight":0.5}',
    ),
    "integration": (
        "integrations",
        WandbIntegration(project="p", api_key=SECRET),
        {"type": "wandb", "project": "p", "api_key": SECRET},
        f'{{"type":"wandb","project":"p","api_key":"{SECRET}"}}',
    ),
    "integration, whole": (
        "integrations",
        WandbIntegration(project="p", name="n", api_key=SECRET, run_name="r"),
        {"type": "wandb", "project": "p", "name": "n", "api_key": SECRET, "run_name": "r"},
        f'{{"type":"wandb","project":"p","name":"n","api_key":"{SECRET}","run_name":"r"}}',
    ),
    "integration, nulls": (
        "integrations",
        WandbIntegration(project="p", name=None, api_key=SECRET, run_name=None),
        {"type": "wandb", "project": "p", "name": None, "api_key": SECRET, "run_name": None},
        f'{{"type":"wandb","project":"p","name":null,"api_key":"{SECRET}","run_name":null}}',
    ),
    "repository": (
        "repositories",
        GithubRepositoryIn(name="n", owner="o", token=SECRET),
        {"type": "github", "name": "n", "owner": "o", "token": SECRET},
        f'{{"type":"github","name":"n","owner":"o","token":"{SECRET}"}}',
    ),
    "repository, whole": (
        "repositories",
        GithubRepositoryIn(name="n", owner="o", ref="main", weight=2, token=SECRET),
        {"type": "github", "name": "n", "owner": "o", "ref": "main", "weight": 2, "token": SECRET},
        f'{{"type":"github","name":"n","owner":"o","ref":"main","weight":2,"token":"{SECRET}"}}',
    ),
    "repository, null": (
        "repositories",
        GithubRepositoryIn(name="n", owner="o", ref=None, token=SECRET),
        {"type": "github", "name": "n", "owner": "o", "ref": None, "token": SECRET},
        f'{{"type":"github","name":"n","owner":"o","ref":null,"token":"{SECRET}"}}',
    ),
    "target": (
        "classifier_targets",
        ClassifierTargetIn(name="mood", labels=["good", "bad"]),
        {"name": "mood", "labels": ["good", "bad"]},
        '{"name":"mood","labels":["good","bad"]}',
    ),
    "target, whole": (
        "classifier_targets",
        ClassifierTargetIn(name="mood", labels=["é"], weight=0.0, loss_function="multi_class"),
        {"name": "mood", "labels": ["é"], "weight": 0.0, "loss_function": "multi_class"},
        '{"name":"mood","labels":["é"],"weight":0.0,"loss_function":"multi_class"}',
    ),
    "target, null": (
        "classifier_targets",
        ClassifierTargetIn(name="mood", labels=[], loss_function=None),
        {"name": "mood", "labels": [], "loss_function": None},
        '{"name":"mood","labels":[],"loss_function":null}',
    ),
}
"""An argument, an item of it as a schema and as a mapping, and what both are in the body."""


@pytest.mark.parametrize("row", NESTED)
async def test_schema_and_mapping_are_sent_alike(row: str) -> None:
    """What an item leaves out is left out of the body, and the item is sent for all that."""
    argument, schema, mapping, expected = NESTED[row]
    made = await body(**{argument: [schema]})
    assert f'"{argument}":[{expected}]' in made
    assert await body(**{argument: [mapping]}) == made
    assert await body(**{argument: (schema,)}) == made


HYPERPARAMETERS: dict[str, tuple[Schema, dict[str, Any]]] = {
    "completion, nothing": (CompletionTrainingParametersIn(), {}),
    "completion, whole": (
        CompletionTrainingParametersIn(
            training_steps=10,
            learning_rate=0.0001,
            weight_decay=0.1,
            warmup_fraction=0.05,
            epochs=1.5,
            seq_len=100,
            fim_ratio=0.9,
        ),
        {
            "training_steps": 10,
            "learning_rate": 0.0001,
            "weight_decay": 0.1,
            "warmup_fraction": 0.05,
            "epochs": 1.5,
            "seq_len": 100,
            "fim_ratio": 0.9,
        },
    ),
    "completion, nulls": (
        CompletionTrainingParametersIn(training_steps=None, epochs=None, fim_ratio=None),
        {"training_steps": None, "epochs": None, "fim_ratio": None},
    ),
    "classifier, nothing": (ClassifierTrainingParametersIn(), {}),
    "classifier, whole": (
        ClassifierTrainingParametersIn(
            training_steps=10,
            learning_rate=1e-05,
            weight_decay=0.0,
            warmup_fraction=0.0,
            epochs=2,
            seq_len=100,
        ),
        {
            "training_steps": 10,
            "learning_rate": 1e-05,
            "weight_decay": 0.0,
            "warmup_fraction": 0.0,
            "epochs": 2,
            "seq_len": 100,
        },
    ),
    "what the specification does not name": (
        CompletionTrainingParametersIn(epochs=3, additional_properties={"lora_rank": 8}),
        {"epochs": 3, "lora_rank": 8},
    ),
}
"""Hyperparameters as a schema and as a mapping."""


@pytest.mark.parametrize("row", HYPERPARAMETERS)
async def test_hyperparameters_are_sent_alike(row: str) -> None:
    """As a schema or as a mapping; only what was set is sent."""
    schema, mapping = HYPERPARAMETERS[row]
    assert await body(hyperparameters=schema) == await body(hyperparameters=mapping)


async def test_whole_completion_job_is_exactly_this() -> None:
    """Every field of a job that makes a model for text, in the order of the specification."""
    assert await body(
        model="open-mistral-7b",
        hyperparameters=CompletionTrainingParametersIn(training_steps=10, fim_ratio=0.5),
        training_files=[TrainingFile(file_id=FILE_ID, weight=1.0)],
        validation_files=[JOB_ID],
        suffix="support",
        integrations=[WandbIntegration(project="p", api_key=SECRET)],
        auto_start=False,
        invalid_sample_skip_percentage=0.1,
        job_type="completion",
        repositories=[GithubRepositoryIn(name="n", owner="o", token=SECRET)],
    ) == (
        '{"model":"open-mistral-7b",'
        f'"training_files":[{{"file_id":"{FILE_ID}","weight":1.0}}],'
        f'"validation_files":["{JOB_ID}"],'
        '"suffix":"support",'
        f'"integrations":[{{"type":"wandb","project":"p","api_key":"{SECRET}"}}],'
        '"auto_start":false,'
        '"invalid_sample_skip_percentage":0.1,'
        '"job_type":"completion",'
        '"hyperparameters":{"training_steps":10,"fim_ratio":0.5},'
        f'"repositories":[{{"type":"github","name":"n","owner":"o","token":"{SECRET}"}}]}}'
    )


async def test_whole_classifier_job_is_exactly_this() -> None:
    """A job that makes a classifier has its targets."""
    assert await body(
        model="ministral-3b-latest",
        hyperparameters=ClassifierTrainingParametersIn(learning_rate=0.0002),
        training_files=[{"file_id": FILE_ID}],
        job_type="classifier",
        classifier_targets=[ClassifierTargetIn(name="mood", labels=["good", "bad"])],
    ) == (
        '{"model":"ministral-3b-latest",'
        f'"training_files":[{{"file_id":"{FILE_ID}"}}],'
        '"job_type":"classifier",'
        '"hyperparameters":{"learning_rate":0.0002},'
        '"classifier_targets":[{"name":"mood","labels":["good","bad"]}]}'
    )


@pytest.mark.parametrize(
    "schema",
    [
        WandbIntegration(project="p", api_key=SECRET),
        GithubRepositoryIn(name="n", owner="o", token=SECRET),
    ],
)
async def test_secrets_are_sent_and_not_shown(schema: Schema) -> None:
    """The key of Weights & Biases and the token of GitHub are in no log that prints an object."""
    assert SECRET not in repr(schema)
    assert SECRET in await body(integrations=[schema])


# ---------------------------------------------------------------------------- what cannot be sent


async def refused(call: CallIt) -> InvalidRequestError:
    """Return the error of a call that sends nothing."""
    transport = ScriptedTransport()
    result = await call(MistralCore(transport=transport))
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert transport.requests == []
    return result.error


@pytest.mark.parametrize("name", ["created_after", "created_before"])
async def test_date_without_a_zone_is_refused(name: str) -> None:
    """It could be any of two dozen moments."""
    naive: dict[str, Any] = {name: datetime(2025, 1, 1)}  # noqa: DTZ001
    error = await refused(lambda client: fine_tuning_jobs_list(client, **naive))
    assert error.param == name
    assert "no time zone" in error.message


@pytest.mark.parametrize(
    "function", [fine_tuning_jobs_get, fine_tuning_jobs_cancel, fine_tuning_jobs_start]
)
@pytest.mark.parametrize("job_id", ["", "..", "../models"])
async def test_id_that_leads_elsewhere_is_refused(
    function: Callable[[MistralCore, str], Awaitable[Result[object, Failure]]], job_id: str
) -> None:
    """An id stays in its place of the path."""
    assert (await refused(lambda client: function(client, job_id))).param == "job_id"


NOT_JSON: Sequence[dict[str, Any]] = [
    {"hyperparameters": {"learning_rate": float("nan")}},
    {"training_files": [TrainingFile(file_id="f", weight=float("inf"))]},
]


@pytest.mark.parametrize("fields", NOT_JSON)
async def test_number_that_json_has_not_is_refused(fields: dict[str, Any]) -> None:
    """At any depth."""
    arguments: dict[str, Any] = {"model": "m", "hyperparameters": {}, **fields}
    error = await refused(lambda client: fine_tuning_jobs_create(client, **arguments))
    assert "cannot be written as JSON" in error.message
