"""Batch jobs of the sandbox, in process and over HTTP."""

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from mistral_core import (
    Err,
    Failure,
    HTTPValidationError,
    MistralCore,
    Result,
    SDKError,
)
from mistral_funcs import (
    audio_speech_complete,
    batch_jobs_cancel,
    batch_jobs_create,
    batch_jobs_delete,
    batch_jobs_get,
    batch_jobs_list,
    batch_jobs_wait,
    files_delete,
    files_download,
    files_retrieve,
    files_upload,
    paginate,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors import batch_jobs
from mistral_funcs.sandbox.behaviors.files import store_file
from mistral_funcs.schemas import BatchError, BatchJob, BatchRequest

CHAT = "/v1/chat/completions"
MODEL = "mistral-large-latest"


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a sandbox whose jobs progress only on demand."""
    return Sandbox(progress="manual")


def asking(text: str) -> dict[str, Any]:
    """Return the body of a chat request."""
    return {"messages": [{"role": "user", "content": text}]}


def lines(*requests: object) -> bytes:
    """Return a requests file."""
    return b"".join(json.dumps(each).encode() + b"\n" for each in requests)


async def create(client: MistralCore, **changes: Any) -> BatchJob:
    """Create a job. By default it has two requests."""
    requests = [BatchRequest(custom_id=str(each), body=asking(f"no {each}")) for each in range(2)]
    wanted: dict[str, Any] = {"endpoint": CHAT, "requests": requests, "model": MODEL, **changes}
    return (await batch_jobs_create(client, **wanted)).unwrap()


async def of_file(
    client: MistralCore, sandbox: Sandbox, content: bytes, **changes: Any
) -> BatchJob:
    """Create a job for a file."""
    file_id = store_file(sandbox.state, content=content, filename="b.jsonl", purpose="batch").id
    return await create(client, requests=None, input_files=[file_id], **changes)


async def ended(client: MistralCore, sandbox: Sandbox, job: BatchJob) -> BatchJob:
    """Advance a job to its end, and return it."""
    sandbox.advance(2)
    return (await batch_jobs_get(client, job.id)).unwrap()


async def results(client: MistralCore, file_id: str | None) -> list[dict[str, Any]]:
    """Return the lines of a results file."""
    assert file_id is not None
    content = (await (await files_download(client, file_id)).unwrap().read()).unwrap()
    assert content.endswith(b"\n")
    return [json.loads(line) for line in content.splitlines()]


def refused(result: Result[object, Failure]) -> SDKError | HTTPValidationError:
    """Return the error of a refused call."""
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError | HTTPValidationError)
    return result.error


async def ids(client: MistralCore, **filters: Any) -> list[str]:
    """Return the IDs of the listed jobs."""
    page = (await batch_jobs_list(client, **filters)).unwrap()
    return [job.id for job in page.data if isinstance(job, BatchJob)]


async def test_the_life_of_a_job(client: MistralCore, sandbox: Sandbox) -> None:
    """A file is uploaded and processed, and the results are downloaded."""
    content = lines(
        {"custom_id": "a", "body": asking("one")},
        {"custom_id": "b", "body": {"messages": []}},
        {"custom_id": "c", "body": {**asking("three"), "n": 2}},
    )
    file = (await files_upload(client, file=content, purpose="batch")).unwrap()
    job = await create(client, requests=None, input_files=[file.id], metadata={"team": "x"})
    assert job == BatchJob(
        id=job.id,
        input_files=[file.id],
        metadata={"team": "x"},
        endpoint=CHAT,
        model=MODEL,
        status="QUEUED",
        created_at=job.created_at,
        total_requests=3,
        completed_requests=0,
        succeeded_requests=0,
        failed_requests=0,
    )
    sandbox.advance()
    running = (await batch_jobs_get(client, job.id)).unwrap()
    assert (running.status, running.completed_requests) == ("RUNNING", 0)
    assert (running.started_at or 0) > (job.created_at or 0)
    sandbox.advance()
    done = (await batch_jobs_wait(client, job.id, interval=0)).unwrap()
    assert done.status == "SUCCESS"
    assert (done.completed_requests, done.succeeded_requests, done.failed_requests) == (3, 2, 1)
    assert (done.completed_at or 0) > (done.started_at or 0)
    first, third = await results(client, done.output_file)
    assert first["custom_id"] == "a"
    assert first["error"] is None
    assert first["response"]["status_code"] == 200
    assert first["response"]["body"]["choices"][0]["message"]["content"] == "You said: one"
    assert (third["custom_id"], len(third["response"]["body"]["choices"])) == ("c", 2)
    (second,) = await results(client, done.error_file)
    assert (second["custom_id"], second["response"]["status_code"]) == ("b", 400)
    assert second["error"]["message"] == "Conversation must have at least one message"
    assert second["response"]["body"]["code"] == "3230"


async def test_the_files_of_a_job_have_metadata(client: MistralCore, sandbox: Sandbox) -> None:
    """Their source is Mistral, and they contain results or errors."""
    job = await create(
        client, requests=[{"body": asking("hi")}, {"custom_id": None, "body": {"messages": 7}}]
    )
    done = await ended(client, sandbox, job)
    output = (await files_retrieve(client, done.output_file or "")).unwrap()
    errors = (await files_retrieve(client, done.error_file or "")).unwrap()
    assert (output.purpose, output.sample_type, output.source, output.num_lines) == (
        *("batch", "batch_result", "mistral"),
        1,
    )
    assert (errors.sample_type, errors.filename) == ("batch_error", f"{job.id}_errors.jsonl")
    (error,) = await results(client, done.error_file)
    assert (error["custom_id"], error["response"]["status_code"]) == (None, 422)
    assert "messages" in error["error"]["message"]


async def test_results_are_inlined_on_demand(client: MistralCore, sandbox: Sandbox) -> None:
    """Only for a job that has ended, and from the files that still exist."""
    job = await create(client, requests=[{"custom_id": "a", "body": asking("hi")}, {"body": {}}])
    assert (await batch_jobs_get(client, job.id, inline=True)).unwrap().outputs is None
    done = await ended(client, sandbox, job)
    assert done.outputs is None
    inline = (await batch_jobs_get(client, job.id, inline=True)).unwrap().outputs
    outcomes = [*await results(client, done.output_file), *await results(client, done.error_file)]
    assert inline == outcomes
    assert [each["custom_id"] for each in outcomes] == ["a", None]
    (await files_delete(client, done.output_file or "")).unwrap()
    left = (await batch_jobs_get(client, job.id, inline=True)).unwrap().outputs
    assert left == outcomes[1:]


async def test_the_order_of_requests_is_kept_over_several_files(
    here: MistralCore, sandbox: Sandbox
) -> None:
    """Blank lines are ignored."""
    parts = [["0", "1"], ["2"]]
    files = [
        store_file(
            sandbox.state,
            content=b"\n" + lines(*({"custom_id": each, "body": asking(each)} for each in part)),
            filename="b.jsonl",
        ).id
        for part in parts
    ]
    job = await create(here, requests=None, input_files=files)
    assert job.total_requests == 3
    done = await ended(here, sandbox, job)
    assert [each["custom_id"] for each in await results(here, done.output_file)] == ["0", "1", "2"]
    assert done.error_file is None


async def test_jobs_are_deterministic() -> None:
    """IDs, times and results are not random."""
    outcomes: list[object] = []
    for _ in range(2):
        sandbox = Sandbox()
        client = MistralCore(transport=sandbox)
        done = await ended(client, sandbox, await create(client))
        outcomes.append((done, await results(client, done.output_file)))
    assert outcomes[0] == outcomes[1]


BODIES: dict[str, tuple[str, dict[str, Any]]] = {
    CHAT: (MODEL, asking("hi")),
    "/v1/embeddings": ("mistral-embed", {"input": ["a", "b"]}),
    "/v1/fim/completions": ("codestral-latest", {"prompt": "def f():"}),
    "/v1/moderations": ("mistral-moderation-latest", {"input": "hi"}),
    "/v1/chat/moderations": (
        "mistral-moderation-latest",
        {"input": [{"role": "user", "content": "hi"}]},
    ),
    "/v1/ocr": (
        "mistral-ocr-latest",
        {"document": {"type": "document_url", "document_url": "https://a/b.pdf"}},
    ),
    "/v1/classifications": (
        "ft:classifier:open-mistral-7b:587a6b29:20240601:1f0a2c3d",
        {"input": "high"},
    ),
    "/v1/chat/classifications": (
        "ft:classifier:open-mistral-7b:587a6b29:20240601:1f0a2c3d",
        {"input": {"messages": [{"role": "user", "content": "high"}]}},
    ),
    "/v1/audio/transcriptions": ("voxtral-mini-latest", {"file_url": "https://a/b.mp3"}),
}
"""Endpoints that support batches, each with a model and a request."""


@pytest.mark.parametrize("endpoint", BODIES)
async def test_each_endpoint_responds_as_in_a_direct_call(
    endpoint: str, here: MistralCore, sandbox: Sandbox
) -> None:
    """With the model of the job, or with that of the request."""
    model, body = BODIES[endpoint]
    job = await create(here, endpoint=endpoint, model=model, requests=[{"body": body}])
    (result,) = await results(here, (await ended(here, sandbox, job)).output_file)
    assert result["response"]["body"]["model"] == model
    requests = [{"body": {**body, "model": model}}]
    job = await create(here, endpoint=endpoint, model=None, requests=requests)
    assert (await ended(here, sandbox, job)).succeeded_requests == 1


async def test_the_model_of_the_job_overrides_that_of_a_request(
    here: MistralCore, sandbox: Sandbox
) -> None:
    """A job has one model."""
    job = await create(here, requests=[{"body": {**asking("hi"), "model": "open-mistral-7b"}}])
    (result,) = await results(here, (await ended(here, sandbox, job)).output_file)
    assert result["response"]["body"]["model"] == MODEL


async def test_an_agent_processes_chats(here: MistralCore, sandbox: Sandbox) -> None:
    """Instead of a model."""
    job = await create(here, model=None, agent_id="ag:sandbox")
    done = await ended(here, sandbox, job)
    assert (done.agent_id, done.succeeded_requests) == ("ag:sandbox", 2)


async def test_a_request_for_a_stream_fails(here: MistralCore, sandbox: Sandbox) -> None:
    """Batches do not support streams."""
    job = await create(here, requests=[{"body": {**asking("hi"), "stream": True}}])
    (result,) = await results(here, (await ended(here, sandbox, job)).error_file)
    assert result["error"] == {"message": "A batch does not support streaming."}


async def test_transcriptions_are_supported(here: MistralCore, sandbox: Sandbox) -> None:
    """Of an uploaded file."""
    sound = (await audio_speech_complete(here, input="Good evening.")).unwrap().audio
    file = (await files_upload(here, file=sound, purpose="audio")).unwrap()
    job = await create(
        here,
        endpoint="/v1/audio/transcriptions",
        model="voxtral-mini-latest",
        requests=[{"body": {"file_id": file.id}}],
    )
    (result,) = await results(here, (await ended(here, sandbox, job)).output_file)
    assert result["response"]["body"]["text"] == "Good evening."


async def test_a_job_can_take_several_steps(here: MistralCore, sandbox: Sandbox) -> None:
    """So that a test can observe an unfinished job."""
    sandbox.state.batch_pace = 2
    requests = [{"body": asking(str(each))} for each in range(5)]
    job = await create(here, requests=requests)
    seen: list[tuple[object, object]] = []
    for _ in range(5):
        sandbox.advance()
        job = (await batch_jobs_get(here, job.id)).unwrap()
        seen.append((job.status, job.completed_requests))
    assert seen == [("RUNNING", 0), ("RUNNING", 2), ("RUNNING", 4), *[("SUCCESS", 5)] * 2]


@pytest.mark.parametrize("end", ["FAILED", "TIMEOUT_EXCEEDED"])
async def test_a_job_can_end_early(end: str, client: MistralCore, sandbox: Sandbox) -> None:
    """On demand. Results up to that point are kept."""
    sandbox.state.batch_pace = 1
    job = await create(client)
    sandbox.advance(2)
    sandbox.state.batch_jobs[job.id].doomed = end
    sandbox.advance(2)
    done = (await batch_jobs_get(client, job.id)).unwrap()
    assert (done.status, done.completed_requests, done.total_requests) == (end, 1, 2)
    assert [each["custom_id"] for each in await results(client, done.output_file)] == ["0"]
    assert done.errors == [BatchError(message="The job ended early, as planned in the sandbox.")]


async def test_a_cancelled_job_ends_with_the_next_step(
    client: MistralCore, sandbox: Sandbox
) -> None:
    """Results up to that point are kept. A job that has ended cannot be cancelled."""
    sandbox.state.batch_pace = 1
    job = await create(client)
    sandbox.advance(2)
    for _ in range(2):
        asked = (await batch_jobs_cancel(client, job.id)).unwrap()
        assert asked.status == "CANCELLATION_REQUESTED"
    sandbox.advance(2)
    done = (await batch_jobs_get(client, job.id)).unwrap()
    assert (done.status, done.succeeded_requests) == ("CANCELLED", 1)
    assert len(await results(client, done.output_file)) == 1
    error = refused(await batch_jobs_cancel(client, job.id))
    assert error.status == 400
    assert "is CANCELLED, and cannot be cancelled" in error.message


async def test_a_job_without_a_step_has_no_files(here: MistralCore, sandbox: Sandbox) -> None:
    """It was cancelled before the first step."""
    job = await create(here)
    (await batch_jobs_cancel(here, job.id)).unwrap()
    done = await ended(here, sandbox, job)
    assert (done.status, done.output_file, done.error_file) == ("CANCELLED", None, None)
    assert done.started_at is None


async def test_a_job_is_deleted(client: MistralCore, sandbox: Sandbox) -> None:
    """Its files are kept."""
    done = await ended(client, sandbox, await create(client))
    confirmed = (await batch_jobs_delete(client, done.id)).unwrap()
    assert (confirmed.id, confirmed.object, confirmed.deleted) == (done.id, "batch", True)
    assert refused(await batch_jobs_get(client, done.id)).status == 404
    assert refused(await batch_jobs_delete(client, done.id)).status == 404
    assert refused(await batch_jobs_cancel(client, done.id)).status == 404
    assert len(await results(client, done.output_file)) == 2


FAULTY: dict[str, tuple[bytes, str]] = {
    "no JSON": (b'{"body": {}}\n{"body"', "Line 2 is not JSON."),
    "nested too deeply": (b"[" * 100_000, "Line 1 is not JSON."),
    "a list": (b"[1]", "Line 1 is not an object with a `body` and a `custom_id`."),
    "no body": (b'{"custom_id": "0"}', "Line 1 is not an object with a `body` and a `custom_id`."),
    "a body that is not an object": (b'{"body": 7}', "Line 1 is not an object with"),
    "an id that is not a string": (b'{"custom_id": 0, "body": {}}', "Line 1 is not an object with"),
    "a repeated id": (
        b'{"custom_id": "0", "body": {}}\n{"custom_id": "1", "body": {}}\n' * 2,
        "The custom id '0' is repeated.",
    ),
}
"""Invalid files, and the error of the job."""


@pytest.mark.parametrize("row", FAULTY)
async def test_an_invalid_file_fails_the_job(row: str, here: MistralCore, sandbox: Sandbox) -> None:
    """In its first step, before any request is processed."""
    content, text = FAULTY[row]
    done = await ended(here, sandbox, await of_file(here, sandbox, content))
    assert (done.status, done.completed_requests, done.output_file) == ("FAILED", 0, None)
    (error,) = done.errors
    assert (error.message or "").startswith(text)


async def test_a_deleted_file_fails_the_job(here: MistralCore, sandbox: Sandbox) -> None:
    """It was deleted before the first step."""
    job = await of_file(here, sandbox, lines({"body": asking("hi")}))
    (file_id,) = job.input_files
    (await files_delete(here, file_id)).unwrap()
    done = await ended(here, sandbox, job)
    assert (done.status, done.errors[0].message) == ("FAILED", f"File {file_id} has been deleted.")


async def test_ids_are_optional(here: MistralCore, sandbox: Sandbox) -> None:
    """Requests without an ID, or with an empty one, are processed."""
    content = lines(*[{"body": asking("hi")}, {"custom_id": None, "body": asking("hi")}] * 2)
    content += lines({"custom_id": "", "body": asking("hi")})
    done = await ended(here, sandbox, await of_file(here, sandbox, content))
    assert (done.status, done.succeeded_requests) == ("SUCCESS", 5)


REFUSED: dict[str, tuple[dict[str, Any], int, str]] = {
    "no requests": ({"requests": None}, 422, "Either input files or requests"),
    "an empty list of requests": ({"requests": []}, 422, "Either input files or requests"),
    "files and requests": ({"input_files": ["f"]}, 422, "and not both"),
    "an unsupported endpoint": (
        {"endpoint": "/v1/conversations"},
        422,
        "supports batches for these",
    ),
    "the endpoint of agents": (
        {"endpoint": "/v1/agents/completions"},
        422,
        "supports batches for these",
    ),
    "a missing file": ({"requests": None, "input_files": ["f"]}, 404, "No file matches"),
    "an unknown model": ({"model": "gpt"}, 400, "Invalid model: gpt"),
    "an unknown agent": ({"model": None, "agent_id": "ag:x"}, 404, "No agent matches"),
    "an agent for embeddings": (
        {"agent_id": "ag:sandbox", "endpoint": "/v1/embeddings"},
        422,
        "An agent only completes chats",
    ),
    "a repeated id": (
        {"requests": [{"custom_id": "0", "body": {}}] * 2},
        422,
        "The custom id '0' is repeated",
    ),
    "no body": ({"requests": [{"custom_id": "0"}]}, 422, "is missing"),
    "too long a timeout": ({"timeout_hours": 169}, 422, "timeout_hours"),
    "no time": ({"timeout_hours": 0}, 422, "timeout_hours"),
    "metadata with a long key": ({"metadata": {"k" * 33: "v"}}, 422, "is empty or too long"),
    "metadata with a long string": ({"metadata": {"k": "v" * 513}}, 422, "is empty or too long"),
    "metadata with an empty string": ({"metadata": {"k": ""}}, 422, "is empty or too long"),
    "metadata of numbers": ({"metadata": {"k": 1}}, 422, "must be a string"),
}
"""Invalid arguments, and the status and message of the refusal."""


@pytest.mark.parametrize("row", REFUSED)
async def test_an_invalid_job_is_refused(row: str, client: MistralCore, sandbox: Sandbox) -> None:
    """No job is created."""
    changes, status, text = REFUSED[row]
    one: dict[str, Any] = {"body": {}}
    wanted: dict[str, Any] = {"endpoint": CHAT, "requests": [one], "model": MODEL, **changes}
    error = refused(await batch_jobs_create(client, **wanted))
    assert error.status == status
    assert text in error.message
    assert sandbox.state.batch_jobs == {}


async def test_the_number_of_requests_is_limited_as_in_the_api(
    here: MistralCore, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inline and in a file."""
    assert (batch_jobs.MOST_INLINE, batch_jobs.MOST_IN_A_FILE) == (10_000, 1_000_000)
    one: dict[str, Any] = {"body": {}}
    at_most = [one] * 10_000
    assert (await create(here, requests=at_most)).total_requests == 10_000
    error = refused(await batch_jobs_create(here, endpoint=CHAT, requests=[*at_most, one]))
    assert (error.status, "at most 10000 items" in error.message) == (422, True)
    monkeypatch.setattr(batch_jobs, "MOST_IN_A_FILE", 2)
    assert (await of_file(here, sandbox, lines({}, {}))).total_requests == 2
    file_id = store_file(sandbox.state, content=lines({}, {}, {}), filename="b.jsonl").id
    error = refused(await batch_jobs_create(here, endpoint=CHAT, input_files=[file_id]))
    assert (error.status, "more than 2 requests" in error.message) == (400, True)


async def test_jobs_are_listed(client: MistralCore, sandbox: Sandbox) -> None:
    """The newest or the oldest first, in pages, and with each filter."""
    first = await create(client, metadata={"team": "a", "shard": "1"})
    second = await create(client, metadata={"team": "a"}, model="open-mistral-7b")
    third = await create(client, model=None, agent_id="ag:sandbox")
    sandbox.state.batch_jobs[second.id].created_by_me = False
    (await batch_jobs_cancel(client, first.id)).unwrap()
    assert await ids(client) == [third.id, second.id, first.id]
    assert await ids(client, order_by="created") == [first.id, second.id, third.id]
    assert await ids(client, page=1, page_size=2) == [first.id]
    assert await ids(client, model="open-mistral-7b") == [second.id]
    assert await ids(client, agent_id="ag:sandbox") == [third.id]
    assert await ids(client, metadata={"team": "a"}) == [second.id, first.id]
    assert await ids(client, metadata={"team": "a", "shard": 1}) == [first.id]
    assert await ids(client, metadata={"mood": "good"}) == []
    assert await ids(client, status=["QUEUED"]) == [third.id, second.id]
    both = ["QUEUED", "CANCELLATION_REQUESTED"]
    assert await ids(client, status=both) == [third.id, second.id, first.id]
    assert await ids(client, created_by_me=True) == [third.id, first.id]
    moment = datetime.fromtimestamp(second.created_at or 0, UTC)
    assert await ids(client, created_after=moment) == [third.id, second.id]
    page = (await batch_jobs_list(client, page_size=1)).unwrap()
    assert (page.total, page.object, len(page.data)) == (3, "list", 1)
    walked = [each.unwrap() async for each in paginate(batch_jobs_list, client, page_size=1)]
    assert [job.id for job in walked if isinstance(job, BatchJob)] == await ids(client)


async def test_an_invalid_list_is_refused(here: MistralCore) -> None:
    """The error has the argument."""
    error = refused(await batch_jobs_list(here, order_by="model"))
    assert (error.status, "created" in error.message) == (422, True)


async def test_a_file_with_many_requests_is_processed_quickly(sandbox: Sandbox) -> None:
    """100,000 take some seconds. This test uses fewer, with a generous limit."""
    client = MistralCore(transport=sandbox)
    content = lines(*({"custom_id": str(each), "body": asking("hi")} for each in range(4_000)))
    job = await of_file(client, sandbox, content)
    began = time.perf_counter()
    done = await ended(client, sandbox, job)
    assert time.perf_counter() - began < 60
    assert (done.status, done.succeeded_requests) == ("SUCCESS", 4_000)
