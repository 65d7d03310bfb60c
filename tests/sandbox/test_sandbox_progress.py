"""When jobs of the sandbox progress, so that a wait ends without help."""

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias

import pytest

from mistral_core import MistralCore, RetryConfig
from mistral_funcs import (
    batch_jobs_create,
    batch_jobs_get,
    batch_jobs_list,
    batch_jobs_wait,
    fine_tuning_jobs_create,
    fine_tuning_jobs_get,
    fine_tuning_jobs_list,
    fine_tuning_jobs_wait,
)
from mistral_funcs.__main__ import main
from mistral_funcs.sandbox import Sandbox

Look: TypeAlias = Callable[[MistralCore, str], Awaitable[Any]]

SANDBOX = (sys.executable, "-m", "mistral_funcs", "sandbox", "--port", "0")
ONCE = RetryConfig(strategy="none")


async def listed(function: Callable[..., Awaitable[Any]], client: MistralCore, job_id: str) -> Any:
    """Return a job as it is in a list."""
    page = (await function(client)).unwrap()
    return next(job for job in page.data if job.id == job_id)


async def fetched(function: Callable[..., Awaitable[Any]], client: MistralCore, job_id: str) -> Any:
    """Return a job as a GET request reports it."""
    return (await function(client, job_id)).unwrap()


LOOKS: dict[str, tuple[bool, Look]] = {
    "fine_tuning_jobs_get": (True, partial(fetched, fine_tuning_jobs_get)),
    "fine_tuning_jobs_list": (True, partial(listed, fine_tuning_jobs_list)),
    "batch_jobs_get": (False, partial(fetched, batch_jobs_get)),
    "batch_jobs_list": (False, partial(listed, batch_jobs_list)),
}
"""Ways to poll a job, and whether it is a fine-tuning job."""

STATUSES = {
    True: ["QUEUED", "VALIDATING", "VALIDATED", *["RUNNING"] * 4, "SUCCESS", "SUCCESS"],
    False: ["QUEUED", "RUNNING", "SUCCESS", "SUCCESS"],
}


async def make_job(client: MistralCore, *, tunes: bool) -> str:
    """Create a fine-tuning job or a batch job, and return its ID."""
    job: Any
    if tunes:
        job = await fine_tuning_jobs_create(
            client,
            model="open-mistral-7b",
            hyperparameters={"training_steps": 9},
            repositories=[{"type": "github", "name": "r", "owner": "o", "token": "0123456789" * 4}],
            auto_start=True,
        )
    else:
        body = {"messages": [{"role": "user", "content": "Hi"}]}
        job = await batch_jobs_create(
            client,
            endpoint="/v1/chat/completions",
            model="open-mistral-7b",
            requests=[{"custom_id": "1", "body": body}],
        )
    job_id: str = job.unwrap().id
    return job_id


@pytest.mark.parametrize("name", LOOKS)
async def test_a_job_advances_after_each_poll(client: MistralCore, name: str) -> None:
    """A client that polls receives each status, from the first one on."""
    tunes, look = LOOKS[name]
    job_id = await make_job(client, tunes=tunes)
    assert [(await look(client, job_id)).status for _ in STATUSES[tunes]] == STATUSES[tunes]


async def test_waiting_ends(client: MistralCore) -> None:
    """For both kinds of jobs."""
    job_id = await make_job(client, tunes=True)
    tuned = await fine_tuning_jobs_wait(client, job_id, interval=0, deadline=20)
    assert getattr(tuned.unwrap(), "status", None) == "SUCCESS"
    job_id = await make_job(client, tunes=False)
    batch = await batch_jobs_wait(client, job_id, interval=0, deadline=20)
    assert batch.unwrap().status == "SUCCESS"


@pytest.mark.parametrize("name", LOOKS)
async def test_other_jobs_do_not_advance(name: str) -> None:
    """Only jobs in the response do."""
    tunes, look = LOOKS[name]
    client = MistralCore(transport=Sandbox(), retry_config=ONCE)
    others = {kind: await make_job(client, tunes=kind) for kind in (True, False)}
    job_id = await make_job(client, tunes=tunes)
    get = LOOKS["fine_tuning_jobs_get" if tunes else "batch_jobs_get"][1]
    await get(client, job_id)
    assert (await get(client, others[tunes])).status == "QUEUED"
    await look(client, job_id)
    other_get = LOOKS["batch_jobs_get" if tunes else "fine_tuning_jobs_get"][1]
    assert (await other_get(client, others[not tunes])).status == "QUEUED"


async def test_a_list_without_the_job_does_not_advance_it() -> None:
    """The job is on another page, or filtered out."""
    client = MistralCore(transport=Sandbox(), retry_config=ONCE)
    jobs = {tunes: await make_job(client, tunes=tunes) for tunes in (True, False)}
    for _ in range(3):
        await fine_tuning_jobs_list(client, status="SUCCESS")
        await fine_tuning_jobs_list(client, page=1)
        await batch_jobs_list(client, model="another")
        await batch_jobs_list(client, page=1)
    assert (await fetched(fine_tuning_jobs_get, client, jobs[True])).status == "QUEUED"
    assert (await fetched(batch_jobs_get, client, jobs[False])).status == "QUEUED"


@pytest.mark.parametrize("name", LOOKS)
async def test_manual_jobs_advance_only_on_demand(name: str) -> None:
    """However often they are polled."""
    tunes, look = LOOKS[name]
    sandbox = Sandbox(progress="manual")
    client = MistralCore(transport=sandbox, retry_config=ONCE)
    job_id = await make_job(client, tunes=tunes)
    assert {(await look(client, job_id)).status for _ in range(5)} == {"QUEUED"}
    sandbox.advance()
    assert (await look(client, job_id)).status == STATUSES[tunes][1]


@pytest.mark.parametrize("tunes", [True, False])
async def test_jobs_follow_a_clock(*, tunes: bool) -> None:
    """If polling does not advance them."""
    sandbox = Sandbox(progress="manual")
    async with (
        sandbox.serve(advance_every=0.01) as url,
        MistralCore(sandbox.api_key, server_url=url) as client,
    ):
        job_id = await make_job(client, tunes=tunes)
        wait = fine_tuning_jobs_wait if tunes else batch_jobs_wait
        job = await wait(client, job_id, interval=0.01, deadline=20)
        assert getattr(job.unwrap(), "status", None) == "SUCCESS"


@pytest.mark.parametrize("options", [(), ("--advance-every", "0.02")], ids=["looks", "clock"])
async def test_waiting_ends_for_a_sandbox_in_another_process(options: tuple[str, ...]) -> None:
    """As in `mistral-funcs sandbox`."""
    process = await asyncio.create_subprocess_exec(
        *SANDBOX, *options, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        screen = (await process.stdout.readuntil(b"stops it.")).decode()
        match = re.search(r"MISTRAL_SERVER_URL=(\S+) MISTRAL_API_KEY=(\S+)", screen)
        assert match is not None
        async with MistralCore(match[2], server_url=match[1]) as client:
            job_id = await make_job(client, tunes=True)
            job = await fine_tuning_jobs_wait(client, job_id, interval=0.01, deadline=20)
            assert getattr(job.unwrap(), "status", None) == "SUCCESS"
    finally:
        process.terminate()
        await process.wait()


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
def test_an_invalid_interval_is_refused(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is served."""
    with pytest.raises(SystemExit) as ended:
        main(["sandbox", "--advance-every", seconds])
    assert ended.value.code == 2
    assert "--advance-every" in capsys.readouterr().err
