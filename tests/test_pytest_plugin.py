"""The fixtures that users' tests may have: used here, and in a project that asks for them."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from mistral_core import MistralCore, Ok
from mistral_funcs import batch_jobs_create, batch_jobs_wait, models_archive, models_list
from mistral_funcs.pytest_plugin import (
    mistral_client as mistral_client,  # imported, because `pytest_plugins` warns
    mistral_sandbox as mistral_sandbox,  # when another test has loaded the module before
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import FTModelCard

PLUGIN = "mistral_funcs.pytest_plugin"

THREE_LINES = """\
import asyncio
from mistral_funcs import models_list

def test_it(mistral_client, mistral_sandbox):
    mistral_sandbox.fail(503)
    result = asyncio.run(models_list(mistral_client))
    assert result.call.attempts == len(mistral_sandbox.requests) == 2
"""


async def test_the_client_calls_the_sandbox_of_the_same_test(
    mistral_client: MistralCore, mistral_sandbox: Sandbox
) -> None:
    """What the one does, the other knows; and a retry waits for nothing."""
    mistral_sandbox.state.models["mine"] = FTModelCard(id="mine")
    mistral_sandbox.fail(503, times=2)
    assert (await models_list(mistral_client)).call.attempts == 3
    await models_archive(mistral_client, "mine")
    mine = mistral_sandbox.state.models["mine"]
    assert isinstance(mine, FTModelCard)
    assert mine.archived


async def test_waiting_for_a_job_ends(mistral_client: MistralCore) -> None:
    """A job takes a step each time that it is looked at."""
    question = {"messages": [{"role": "user", "content": "Hi"}]}
    job = await batch_jobs_create(
        mistral_client,
        endpoint="/v1/chat/completions",
        model="open-mistral-7b",
        requests=[{"custom_id": "1", "body": question}],
    )
    waiting = batch_jobs_wait(mistral_client, job.unwrap().id, interval=0, deadline=20)
    assert (await waiting).unwrap().status == "SUCCESS"


def test_the_sandbox_is_fresh(mistral_sandbox: Sandbox) -> None:
    """Nothing of another test is in it."""
    assert "mine" not in mistral_sandbox.state.models
    assert not mistral_sandbox.requests


@pytest.fixture
def environment_of_a_gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    """Point to a server and a key, as a user's environment may."""
    monkeypatch.setenv("MISTRAL_SERVER_URL", "https://gateway.example.com/mistral")
    monkeypatch.setenv("MISTRAL_API_KEY", "a-real-key")


@pytest.mark.usefixtures("environment_of_a_gateway")
async def test_the_environment_does_not_matter(mistral_client: MistralCore) -> None:
    """Neither its key is sent nor its server called."""
    assert isinstance(await models_list(mistral_client), Ok)


@pytest.mark.parametrize("way", ["option", "conftest"])
def test_a_project_asks_for_it_by_name(way: str, tmp_path: Path) -> None:
    """On the command line or in its conftest; no warning, and no plugin for `async def` needed."""
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
    (tmp_path / "test_it.py").write_text(THREE_LINES)
    if way == "conftest":
        (tmp_path / "conftest.py").write_text(f"pytest_plugins = [{PLUGIN!r}]\n")
    option = ["-p", PLUGIN] if way == "option" else []
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:asyncio", *option]
    done = subprocess.run(  # noqa: S603
        command, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


def test_who_did_not_ask_for_it_has_nothing_of_it(tmp_path: Path) -> None:
    """There is no entry point: the package in an environment changes no test in it."""
    (tmp_path / "test_it.py").write_text(THREE_LINES)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:asyncio", "-p", "no:cacheprovider"]
    done = subprocess.run(  # noqa: S603
        command, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "fixture 'mistral_client' not found" in done.stdout


def test_without_pytest_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no dependency of the package."""
    monkeypatch.setitem(sys.modules, "pytest", None)
    monkeypatch.delitem(sys.modules, PLUGIN)
    with pytest.raises(ImportError, match="needs pytest: pip install pytest"):
        importlib.import_module(PLUGIN)
