"""How the answers of the batch API are read, odd ones too; and the wait for a job."""

from typing import Any

import attrs
import pytest

from mistral_core import (
    Err,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestTimeoutError,
    ResponseValidationError,
    RetryConfig,
    SDKError,
    Unknown,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    batch_jobs_cancel,
    batch_jobs_create,
    batch_jobs_delete,
    batch_jobs_get,
    batch_jobs_list,
    batch_jobs_wait,
    batch_jobs_watch,
    paginate,
)
from mistral_funcs.schemas import (
    BatchError,
    BatchJob,
    DeleteBatchJobResponse,
    ListBatchJobsResponse,
)
from tests.funcs.wire import CallIt, read

JOB: dict[str, Any] = {
    "id": "5f0b1a0e-0000-4000-8000-000000000000",
    "object": "batch",
    "input_files": ["a621cf02-1cd9-4cf5-8403-315211a509a3"],
    "metadata": {"team": "a"},
    "endpoint": "/v1/chat/completions",
    "model": "mistral-small-latest",
    "agent_id": None,
    "output_file": "bfd3a4d5-0000-4000-8000-000000000000",
    "error_file": "c0ffee00-0000-4000-8000-000000000000",
    "outputs": [{"custom_id": "0", "response": {"status_code": 200, "body": {"n": None}}}],
    "status": "SUCCESS",
    "created_at": 1759500189,
    "total_requests": 3,
    "completed_requests": 3,
    "succeeded_requests": 2,
    "failed_requests": 1,
    "started_at": 1759500190,
    "completed_at": 1759500191,
}
"""A job, whole but for its errors."""

ERRORS: list[dict[str, Any]] = [{"message": "Line 2 is not JSON", "count": 3}, {"message": "Odd"}]

ONE: dict[str, CallIt[BatchJob]] = {
    "create": lambda client: batch_jobs_create(client, endpoint="/v1/ocr"),
    "get": lambda client: batch_jobs_get(client, "j"),
    "cancel": lambda client: batch_jobs_cancel(client, "j"),
}
"""Each of the operations that give a job, called."""


async def got(value: object) -> BatchJob:
    """Return the job that `batch_jobs_get` makes of an answer."""
    return (await read(ONE["get"], value)).unwrap()


async def listed(value: object) -> ListBatchJobsResponse:
    """Return the page that `batch_jobs_list` makes of an answer."""
    return (await read(batch_jobs_list, value)).unwrap()


@pytest.mark.parametrize("operation", ONE)
async def test_job_is_read_whole(operation: str) -> None:
    """Each field comes out under the name that it has in the API; outputs stay as they came."""
    job = (await read(ONE[operation], {**JOB, "errors": ERRORS})).unwrap()
    errors = [BatchError(message="Line 2 is not JSON", count=3), BatchError(message="Odd")]
    assert job == BatchJob(**JOB, errors=errors)


async def test_job_with_only_an_id_is_read() -> None:
    """What a server leaves out or sends as `null` is `None`, or empty."""
    assert await got({"id": "j"}) == BatchJob(id="j")
    assert await got({**dict.fromkeys({**JOB, "errors": None}), "id": "j"}) == BatchJob(id="j")
    job = BatchJob(id="j")
    assert (job.input_files, job.errors, job.outputs, job.object) == ([], [], None, "batch")


async def test_outputs_are_not_shown() -> None:
    """There may be thousands of them, and a log has no room for that."""
    assert "status_code" not in repr(await got(JOB))


async def test_status_that_is_not_yet_known_comes_through() -> None:
    """As the text that was sent; so does an endpoint."""
    job = await got({**JOB, "status": "PAUSED", "endpoint": "/v2/new"})
    assert (job.status, job.endpoint) == ("PAUSED", "/v2/new")


async def test_page_is_read_whole() -> None:
    """The jobs, and how many there are on all pages."""
    page = await listed({"object": "list", "total": 31, "data": [JOB, JOB]})
    assert page == ListBatchJobsResponse(data=[BatchJob(**JOB)] * 2, total=31)
    assert await listed({"total": 0}) == ListBatchJobsResponse(data=[], object="list", total=0)
    assert await listed({"data": None}) == ListBatchJobsResponse()


async def test_one_odd_job_does_not_take_the_page_down() -> None:
    """What cannot be read stands at its place as `Unknown`, with its reason."""
    page = await listed({"data": [{"id": "a"}, {"id": "b", "errors": [7]}, None]})
    assert page.data == [BatchJob(id="a"), Unknown({"id": "b", "errors": [7]}), Unknown(None)]
    reasons = [each.reason for each in page.data if isinstance(each, Unknown)]
    assert reasons[0].startswith("`$.errors[0]` must be an object")


async def test_unknown_fields_are_kept() -> None:
    """Of a job, of its errors and of a page."""
    page = await listed(
        {"data": [{"id": "a", "cost": 1, "errors": [{"message": "m", "line": 2}]}], "more": True}
    )
    (job,) = page.data
    assert isinstance(job, BatchJob)
    assert job.additional_properties == {"cost": 1}
    assert job.errors[0].additional_properties == {"line": 2}
    assert page.additional_properties == {"more": True}


async def test_confirmation_is_read() -> None:
    """A job is deleted, and the answer says which; it need not say that it is."""
    for value in ({"id": "j", "object": "batch", "deleted": True}, {"id": "j"}):
        result = await read(lambda client: batch_jobs_delete(client, "j"), value)
        assert result.unwrap() == DeleteBatchJobResponse(id="j", deleted=True)


UNREADABLE: dict[str, tuple[object, str]] = {
    "id missing": ({"status": "QUEUED"}, "$.id"),
    "id a number": ({"id": 7}, "$.id"),
    "counts as text": ({"id": "j", "total_requests": "many"}, "$.total_requests"),
    "errors an object": ({"id": "j", "errors": {}}, "$.errors"),
    "outputs of texts": ({"id": "j", "outputs": ["x"]}, "$.outputs[0]"),
    "an array": ([JOB], "$"),
}
"""An answer that cannot be read, and the JSON path of what is wrong."""


@pytest.mark.parametrize("row", UNREADABLE)
async def test_wrong_field_is_named_by_its_json_path(row: str) -> None:
    """An answer without what was asked for is an error, and says where the fault is."""
    value, path = UNREADABLE[row]
    result = await read(ONE["get"], value)
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert result.error.path == path


async def test_all_jobs_of_all_pages_come() -> None:
    """`paginate` turns the pages."""
    pages = [{"data": [{"id": "a"}, {"id": "b"}], "total": 3}, {"data": [{"id": "c"}], "total": 3}]
    transport = ScriptedTransport(*map(json_response, pages))
    client = MistralCore(transport=transport)
    found = [each async for each in paginate(batch_jobs_list, client, page_size=2)]
    assert found == [Ok(BatchJob(id=each)) for each in "abc"]
    assert [each.url.partition("?")[2] for each in transport.requests] == [
        "page=0&page_size=2",
        "page=1&page_size=2",
    ]


# ---------------------------------------------------------------------------------------- waiting


def client_of(*answers: Any) -> MistralCore:
    """Return a client that is given these answers, one after another."""
    once = RetryConfig(strategy="none")
    return MistralCore(transport=ScriptedTransport(*answers), retry_config=once)


def job(status: str) -> Any:
    """Return the answer that a job has this status."""
    return json_response({"id": "j", "status": status})


@pytest.mark.parametrize("end", ["SUCCESS", "FAILED", "TIMEOUT_EXCEEDED", "CANCELLED"])
async def test_a_wait_ends_when_the_job_has(end: str) -> None:
    """With whatever came of it, through a server that is busy on the way."""
    busy = json_response({"message": "busy"}, 503)
    client = client_of(job("QUEUED"), busy, job("CANCELLATION_REQUESTED"), job(end))
    result = await batch_jobs_wait(client, "j", interval=0)
    assert result == Ok(BatchJob(id="j", status=end))


async def test_a_wait_may_be_for_another_status() -> None:
    """Such as the beginning of the work."""
    result = await batch_jobs_wait(
        client_of(job("QUEUED"), job("RUNNING")), "j", interval=0, until=["RUNNING"]
    )
    assert result.unwrap().status == "RUNNING"


async def test_a_watch_gives_each_snapshot() -> None:
    """The last of them is the end."""
    client = client_of(job("QUEUED"), job("RUNNING"), job("RUNNING"), job("SUCCESS"))
    seen = [each.unwrap().status async for each in batch_jobs_watch(client, "j", interval=0)]
    assert seen == ["QUEUED", "RUNNING", "RUNNING", "SUCCESS"]


async def test_a_wait_that_cannot_go_on_ends() -> None:
    """Where there is no such job, where the deadline comes first, or where the limits are none."""
    gone = await batch_jobs_wait(client_of(json_response({"message": "gone"}, 404)), "j")
    assert isinstance(gone, Err)
    assert isinstance(gone.error, SDKError)
    late = await batch_jobs_wait(client_of(job("QUEUED")), "j", interval=9, deadline=0.01)
    assert isinstance(late, Err)
    assert isinstance(late.error, RequestTimeoutError)
    assert "Batch job j had status QUEUED" in late.error.message
    odd = await batch_jobs_wait(client_of(), "j", interval=-1)
    assert isinstance(odd, Err)
    assert isinstance(odd.error, InvalidRequestError)


def test_each_field_of_a_job_is_shown_here() -> None:
    """The job above has them all."""
    names = {field.name for field in attrs.fields(BatchJob)}
    assert names == {*JOB, "errors", "additional_properties"}
