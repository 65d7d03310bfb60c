"""The pytest fixtures for users: used here, and in a temporary project."""

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


async def test_the_client_calls_the_sandbox_of_the_test(
    mistral_client: MistralCore, mistral_sandbox: Sandbox
) -> None:
    """The sandbox records the calls, and retries do not pause."""
    mistral_sandbox.state.models["mine"] = FTModelCard(id="mine")
    mistral_sandbox.fail(503, times=2)
    assert (await models_list(mistral_client)).call.attempts == 3
    await models_archive(mistral_client, "mine")
    mine = mistral_sandbox.state.models["mine"]
    assert isinstance(mine, FTModelCard)
    assert mine.archived


async def test_waiting_for_a_job_ends(mistral_client: MistralCore) -> None:
    """A job advances each time that it is polled."""
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
    """It contains nothing from other tests."""
    assert "mine" not in mistral_sandbox.state.models
    assert not mistral_sandbox.requests


@pytest.fixture
def environment_of_a_gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set a server URL and a key, as in a user's environment."""
    monkeypatch.setenv("MISTRAL_SERVER_URL", "https://gateway.example.com/mistral")
    monkeypatch.setenv("MISTRAL_API_KEY", "a-real-key")


@pytest.mark.usefixtures("environment_of_a_gateway")
async def test_the_environment_is_ignored(mistral_client: MistralCore) -> None:
    """Its key is not sent, and its server is not called."""
    assert isinstance(await models_list(mistral_client), Ok)


@pytest.mark.parametrize("way", ["option", "conftest"])
def test_a_project_enables_the_plugin_by_name(way: str, tmp_path: Path) -> None:
    """On the command line or in its conftest.

    There is no warning, and `async def` needs no other plugin.
    """
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


def test_the_plugin_is_disabled_by_default(tmp_path: Path) -> None:
    """It has no entry point, so that installing the package changes no tests."""
    (tmp_path / "test_it.py").write_text(THREE_LINES)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:asyncio", "-p", "no:cacheprovider"]
    done = subprocess.run(  # noqa: S603
        command, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "fixture 'mistral_client' not found" in done.stdout


def test_without_pytest_the_import_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pytest is no dependency of the package."""
    monkeypatch.setitem(sys.modules, "pytest", None)
    monkeypatch.delitem(sys.modules, PLUGIN)
    with pytest.raises(ImportError, match="needs pytest: pip install pytest"):
        importlib.import_module(PLUGIN)
