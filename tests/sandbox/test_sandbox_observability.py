"""Observability in the sandbox: datasets with records, judges, and paged searches."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from mistral_core import Err, Failure, MistralCore, Ok, Result, SDKError
from mistral_funcs import (
    beta_observability_datasets_create,
    beta_observability_datasets_create_record,
    beta_observability_datasets_delete,
    beta_observability_datasets_fetch,
    beta_observability_datasets_fetch_task,
    beta_observability_datasets_import_from_file,
    beta_observability_datasets_list,
    beta_observability_datasets_list_records,
    beta_observability_datasets_list_tasks,
    beta_observability_datasets_records_bulk_delete,
    beta_observability_datasets_records_delete,
    beta_observability_datasets_records_fetch,
    beta_observability_datasets_records_update_payload,
    beta_observability_evaluations_projects_get,
    beta_observability_evaluations_projects_list,
    beta_observability_evaluations_runs_search_all,
    beta_observability_judges_create,
    beta_observability_judges_fetch,
    beta_observability_judges_update,
    beta_observability_logs_search,
    beta_observability_spans_search_pipeline_results,
    beta_observability_spans_search_spans,
    beta_observability_traces_get_trace_spans,
    beta_observability_traces_search,
    paginate,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import DatasetRecord, JudgeRegressionOutput, Project


@pytest.fixture
def client() -> MistralCore:
    """Return a client of a new sandbox."""
    return MistralCore(transport=Sandbox())


async def dataset(client: MistralCore, name: str = "d") -> str:
    """Create a dataset, and return its ID."""
    created = await beta_observability_datasets_create(client, name=name, description="")
    return created.unwrap().id


def status_of(result: Result[Any, Failure]) -> int:
    """Return the status of an error."""
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    return result.error.status


async def test_record_belongs_to_its_dataset_and_has_its_own_path(
    client: MistralCore,
) -> None:
    """It is listed in its dataset only, and updated by its ID."""
    mine, other = await dataset(client), await dataset(client, "other")
    created = await beta_observability_datasets_create_record(client, mine, payload={"a": 1})
    record = created.unwrap()
    assert (record.dataset_id, record.payload) == (mine, {"a": 1})
    await beta_observability_datasets_records_update_payload(client, record.id, payload={"a": 2})
    read = (await beta_observability_datasets_records_fetch(client, record.id)).unwrap()
    assert read.payload == {"a": 2}
    pages = paginate(beta_observability_datasets_list_records, client, mine)
    assert [each.unwrap() async for each in pages] == [read]
    pages = paginate(beta_observability_datasets_list_records, client, other)
    assert [each async for each in pages] == []
    assert await beta_observability_datasets_records_delete(client, record.id) == Ok(None)
    assert status_of(await beta_observability_datasets_records_fetch(client, record.id)) == 404
    missing = await beta_observability_datasets_create_record(client, "nobody", payload={})
    assert status_of(missing) == 404


async def test_several_records_are_deleted(client: MistralCore) -> None:
    """Unknown IDs are ignored."""
    identifier = await dataset(client)
    ids = [
        (await beta_observability_datasets_create_record(client, identifier, payload={}))
        .unwrap()
        .id
        for _ in range(3)
    ]
    deleted = await beta_observability_datasets_records_bulk_delete(
        client, dataset_record_ids=[*ids[:2], "nobody"]
    )
    assert deleted == Ok(None)
    pages = paginate(beta_observability_datasets_list_records, client, identifier)
    left = [each.unwrap() async for each in pages]
    assert [each.id for each in left if isinstance(each, DatasetRecord)] == ids[2:]


async def test_import_is_listed_as_a_task(client: MistralCore) -> None:
    """The list is empty at first."""
    identifier = await dataset(client)
    tasks = await beta_observability_datasets_list_tasks(client, identifier)
    assert tasks.unwrap().data == []
    imported = await beta_observability_datasets_import_from_file(client, identifier, file_id="f")
    task = imported.unwrap()
    assert (task.dataset_id, task.status) == (identifier, "COMPLETED")
    read = await beta_observability_datasets_fetch_task(client, identifier, task.id)
    assert read.unwrap() == task
    await beta_observability_datasets_delete(client, identifier)
    assert status_of(await beta_observability_datasets_fetch(client, identifier)) == 404


async def test_pages_of_datasets_start_at_1(client: MistralCore) -> None:
    """In the signature and in `paginate`."""
    ids = [await dataset(client, str(number)) for number in range(5)]
    first = (await beta_observability_datasets_list(client, page_size=2)).unwrap()
    assert (first.total, len(first.data)) == (5, 2)
    pages = paginate(beta_observability_datasets_list, client, page_size=2)
    listed = [each.unwrap() async for each in pages]
    assert [getattr(each, "id", "") for each in listed] == ids[::-1]


async def test_judge_is_replaced(client: MistralCore) -> None:
    """The response has no body."""
    output = JudgeRegressionOutput(min_description="bad", max_description="good")
    fields: dict[str, Any] = {
        "description": "d", "instructions": "i", "model_name": "m", "output": output, "tools": []
    }  # fmt: skip
    created = await beta_observability_judges_create(client, name="one", **fields)
    judge = created.unwrap()
    assert judge.output == JudgeRegressionOutput(
        min_description="bad", max_description="good", min=None, max=None
    )
    assert await beta_observability_judges_update(client, judge.id, name="two", **fields) == Ok(
        None
    )
    assert (await beta_observability_judges_fetch(client, judge.id)).unwrap().name == "two"


async def test_project_is_identified_by_its_name(client: MistralCore) -> None:
    """Instead of its ID."""
    (project,) = (await beta_observability_evaluations_projects_list(client)).unwrap().data
    assert isinstance(project, Project)
    slug = project.slug or ""
    assert (await beta_observability_evaluations_projects_get(client, slug)).unwrap() == project
    missing = await beta_observability_evaluations_projects_get(client, project.id)
    assert status_of(missing) == 404


SEARCHES: list[Callable[[MistralCore], AsyncIterator[Result[Any, Failure]]]] = [
    lambda client: paginate(beta_observability_logs_search, client),
    lambda client: paginate(beta_observability_spans_search_spans, client),
    lambda client: paginate(beta_observability_traces_search, client),
    lambda client: paginate(beta_observability_traces_get_trace_spans, client, "t"),
    lambda client: paginate(
        beta_observability_spans_search_pipeline_results, client, pipeline_config_slugs=["p"]
    ),
    lambda client: paginate(beta_observability_evaluations_runs_search_all, client),
]
"""Searches with a request body, and one without."""


@pytest.mark.parametrize("search", SEARCHES)
async def test_search_has_a_page(
    search: Callable[[MistralCore], AsyncIterator[Result[Any, Failure]]], client: MistralCore
) -> None:
    """It has one example. There is no further page."""
    assert [type(each) async for each in search(client)] == [Ok]
