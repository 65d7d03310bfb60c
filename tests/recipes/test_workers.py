"""The recipes for workers and clusters: the API is called in their processes and event loops."""

import asyncio
import copyreg
import os
import pickle
import re
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from celery import Celery

from mistral_core import SDKError
from mistral_funcs.sandbox import Sandbox

HERE = Path(__file__).parent
UNCLEAN = re.compile("Traceback|(Resource|Runtime|Deprecation)Warning|not closed")


@asynccontextmanager
async def running(
    sandbox: Sandbox, *arguments: str, **environment: str
) -> AsyncGenerator[asyncio.subprocess.Process, None]:
    """Run a program of this folder that calls a sandbox."""
    async with sandbox.serve() as url:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "always", *arguments),
            env={
                **os.environ,
                "MISTRAL_SERVER_URL": url,
                "MISTRAL_API_KEY": sandbox.api_key,
                "PYTHONPATH": str(HERE),
                **environment,
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def end(process: asyncio.subprocess.Process) -> str:
    """Return the output of a program, and check that it succeeded."""
    async with asyncio.timeout(60):
        printed, _ = await process.communicate()
    said = printed.decode()
    assert process.returncode == 0, said
    assert not UNCLEAN.search(said), said
    return said


async def test_a_celery_worker_uses_one_client_in_many_loops(tmp_path: Path) -> None:
    """In forked processes. An error keeps its class, and a temporary one is retried."""
    queue, results = tmp_path / "queue", tmp_path / "results"
    for folder in (queue, results):
        folder.mkdir()
    settings = {
        "broker_url": "filesystem://",
        "result_backend": results.as_uri(),
        "broker_transport_options": {
            "data_folder_in": str(queue),
            "data_folder_out": str(queue),
            "control_folder": str(tmp_path / "control"),
            "polling_interval": 0.05,
        },
    }
    lines = [f"{name} = {value!r}\n" for name, value in settings.items()]
    (tmp_path / "celery_settings.py").write_text("".join(lines))
    sandbox = Sandbox()
    with Celery(set_as_current=False) as app:
        app.conf.update(settings)

        async def answer(question: str) -> str:
            asked = app.send_task("celery_worker.answer", [question])
            text: str = await asyncio.to_thread(asked.get, timeout=30, interval=0.05)
            return text

        command = ["-m", "celery", "--app", "celery_worker", "--workdir", str(tmp_path)]
        async with running(
            sandbox, *command, "worker", "--concurrency=4", CELERY_CONFIG_MODULE="celery_settings"
        ) as worker:
            questions = [f"number {number}" for number in range(20)]
            responses = await asyncio.gather(*map(answer, questions))
            assert responses == [f"You said: {question}" for question in questions]
            sandbox.fail(500)
            assert await answer("x") == "You said: x"
            sandbox.fail(401)
            with pytest.raises(SDKError) as refused:
                await answer("y")
            assert refused.value.status == 401
            worker.terminate()
            assert "Warm shutdown" in await end(worker)


async def test_a_dask_map_pickles_the_client_and_the_results() -> None:
    """To the processes of a cluster and back, including errors."""
    sandbox = Sandbox()
    sandbox.fail(401)
    questions = [f"number {number}" for number in range(50)]
    async with running(sandbox, str(HERE / "dask_map.py"), *questions) as program:
        printed = await end(program)
    responses = [line.split(" -> ") for line in printed.splitlines()]
    assert [question for question, _ in responses] == questions
    refused = [response for question, response in responses if response != f"You said: {question}"]
    (error,) = refused
    assert error.startswith("SDKError(message='Unauthorized', status=401")


def test_an_error_crosses_a_cluster_with_its_notes() -> None:
    """Dask pickles exceptions with tblib, which recreates those without `__reduce__`."""
    tblib: Any = import_module("tblib.pickling_support")
    copyreg.pickle(SDKError, tblib.pickle_exception)
    error = SDKError("x", 500)
    error.add_note("while deleting m")
    twin: SDKError = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert repr(twin) == repr(error)
    assert twin.__notes__ == ["while deleting m"]
