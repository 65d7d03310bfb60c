"""The README and the guides: each snippet runs, type-checks, and does what the text says."""

import ast
import asyncio
import atexit
import inspect
import logging
import re
import runpy
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from opentelemetry.instrumentation.aiohttp_client import AioHttpClientInstrumentor

from mistral_core import Failure, MistralCore, MistralError, SDKError, __version__
from mistral_funcs._index import TOOLKIT
from mistral_funcs.sandbox import Sandbox
from tests.readme import newcomer
from tests.readme.operations_table import groups
from tests.readme.texts import OUTPUTS, README, ROOT, SNIPPETS, TEXTS
from tests.telemetry.collector import Collector, collecting


@pytest.fixture
def sandbox_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Serve a sandbox to which the environment points, as it would to the real API."""
    sandbox = Sandbox()
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    done = asyncio.Event()
    urls: list[str] = []

    async def serve() -> None:
        async with sandbox.serve() as url:
            urls.append(url)
            ready.set()
            await done.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(10)
    monkeypatch.setenv("MISTRAL_SERVER_URL", urls[0])
    monkeypatch.setenv("MISTRAL_API_KEY", sandbox.api_key)
    yield sandbox
    loop.call_soon_threadsafe(done.set)
    thread.join()
    loop.close()


@pytest.fixture
def snippets(tmp_path: Path) -> list[Path]:
    """Write each snippet to a file of its own."""
    paths = {tmp_path / f"{name}.py": code for name, code in SNIPPETS.items()}
    for path, code in paths.items():
        path.write_text(code)
    return list(paths)


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """Collect the traces that a snippet sends to Mistral."""
    with collecting() as collector:
        monkeypatch.setenv("MISTRAL_OTLP_TRACES_ENDPOINT", collector.url)
        yield collector


@pytest.fixture
def without_instrumentation() -> Iterator[None]:
    """Undo what a snippet did to aiohttp."""
    yield
    AioHttpClientInstrumentor().uninstrument()


@pytest.fixture
def restored_logging() -> Iterator[None]:
    """Undo what a snippet did to logging: Litestar adds a handler with a thread."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in set(root.handlers).difference(handlers):
        root.removeHandler(handler)
        listener: Any = getattr(handler, "listener", None)
        if listener is not None:
            listener.stop()
            atexit.unregister(listener.stop)
    root.setLevel(level)


@pytest.mark.parametrize("name", SNIPPETS)
@pytest.mark.usefixtures(
    "sandbox_in_a_thread", "collector", "without_instrumentation", "restored_logging"
)
def test_each_snippet_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Against a server that the environment names. It prints the text that follows it, if any."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "snippet.py"
    path.write_text(SNIPPETS[name])
    runpy.run_path(str(path))
    if name in OUTPUTS:
        assert capsys.readouterr().out == OUTPUTS[name]


def test_each_snippet_is_typed(snippets: list[Path]) -> None:
    """Under mypy, strict, as a user's own code would be."""
    done = subprocess.run(  # noqa: S603
        [
            *(sys.executable, "-m", "mypy", "--strict", "--no-incremental"),
            *("--enable-error-code", "exhaustive-match"),
            *map(str, snippets),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_first_snippet_chats(
    sandbox_in_a_thread: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It prints the response, and raises the error, if there is one."""
    path = tmp_path / "first.py"
    path.write_text(SNIPPETS["README_0"])
    runpy.run_path(str(path))
    assert capsys.readouterr().out == "You said: Why is the sky blue?\n"
    sandbox_in_a_thread.fail(418)
    with pytest.raises(SDKError, match="418"):
        runpy.run_path(str(path))


async def test_a_newcomer_streams_a_response(tmp_path: Path) -> None:
    """With what the README has to copy; `.ci/run` does it in bare environments, too."""
    await newcomer.main(tmp_path)


@pytest.mark.parametrize("name", [name for name in SNIPPETS if name.startswith("README")])
@pytest.mark.usefixtures("sandbox_in_a_thread")
def test_functions_in_the_readme_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each that takes nothing but a client, with an open one, and the test of a user."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "snippet.py"
    path.write_text(SNIPPETS[name])
    own = [each for each in runpy.run_path(str(path)).values() if inspect.iscoroutinefunction(each)]
    own = [each for each in own if each.__module__ == "<run_path>"]

    async def call_all() -> int:
        async with MistralCore() as client:
            takes_client = [
                each for each in own if [*inspect.signature(each).parameters][:1] == ["client"]
            ]
            for each in takes_client:
                await each(client)
            for each in own:
                if each.__name__.startswith("test_"):
                    await each()
        return len(own)

    assert asyncio.run(call_all()) > 0


def test_the_readme_is_short_and_its_links_lead_somewhere() -> None:
    """To files, and to sections of its own."""
    text = README.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    assert [
        file for file in re.findall(r"\]\((\w+/.*?)\)", text) if not (ROOT / file).exists()
    ] == []
    titles = [
        re.sub(r"\]\(.*?\)|[^\w ]", "", each)
        for each in re.findall(r"^## (.*)", text, re.MULTILINE)
    ]
    anchors = {each.lower().replace(" ", "-") for each in titles}
    assert {*re.findall(r"\]\(#(.*?)\)", text)} <= anchors


def test_the_cells_of_a_notebook_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after another, in a running event loop."""
    cells = re.findall(r"^```py\n(.*?)^```$", TEXTS["notebooks"], re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    sandbox = Sandbox()
    names: dict[str, object] = {}

    async def run_cells(url: str) -> None:
        monkeypatch.setenv("MISTRAL_SERVER_URL", url)
        monkeypatch.setenv("MISTRAL_API_KEY", sandbox.api_key)
        for cell in cells:
            code = compile(cell, "cell", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            pending = eval(code, names)  # noqa: S307 - as a notebook does
            if inspect.isawaitable(pending):
                await pending

    async def main() -> None:
        async with sandbox.serve() as url:
            await run_cells(url)

    asyncio.run(main())
    assert len(cells) > 2
    assert len(sandbox.requests) == 1


def test_the_operation_in_the_guide_for_contributors_is_the_real_one() -> None:
    """Word for word."""
    (code,) = re.findall(r"^```py\n(.*?)^```$", TEXTS["development"], re.MULTILINE | re.DOTALL)
    assert code == (ROOT / "mistral_funcs/beta/webhooks/get.py").read_text("utf-8")


def test_the_changelog_has_the_version() -> None:
    """As its newest."""
    assert re.findall(r"^## (\S+?)[, \n]", TEXTS["changelog"], re.MULTILINE)[0] == __version__


async def test_the_web_backend_serves(sandbox_in_a_thread: Sandbox, tmp_path: Path) -> None:
    """Its client opens and closes with the application; its errors become a 502."""
    (code,) = [each for each in SNIPPETS.values() if "list_models" in each]
    path = tmp_path / "backend.py"
    path.write_text(code)
    app: web.Application = runpy.run_path(str(path))["app"]
    async with TestClient(TestServer(app)) as visitor:
        response = await visitor.get("/models")
        assert "open-mistral-7b" in await response.json()
        sandbox_in_a_thread.fail(418)
        response = await visitor.get("/models")
        assert (response.status, await response.json()) == (502, {"error": "I'm a Teapot"})


def test_traces_arrive_at_the_endpoint(
    sandbox_in_a_thread: Sandbox, collector: Collector, tmp_path: Path
) -> None:
    """Over OTLP and HTTP, with the key, and without content."""
    (code,) = [each for each in SNIPPETS.values() if "OTLPSpanExporter" in each]
    path = tmp_path / "to_mistral.py"
    path.write_text(code)
    runpy.run_path(str(path))
    assert sorted(set(collector.names)) == [
        "chat mistral-large-latest", "execute_tool get_weather", "invoke_agent",
    ]  # fmt: skip
    (headers,) = collector.headers
    assert headers["authorization"] == f"Bearer {sandbox_in_a_thread.api_key}"
    assert headers["content-type"] == "application/x-protobuf"
    assert b"Paris" not in b"".join(each.SerializeToString() for each in collector.exports)


def test_the_test_of_a_user_passes(tmp_path: Path) -> None:
    """As pytest runs it, with a plugin for coroutine functions."""
    (code,) = [each for each in SNIPPETS.values() if "pytest_plugins" in each]
    (tmp_path / "test_it.py").write_text(code)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-o", "asyncio_mode=auto"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_every_error_is_told_of_to_who_comes_from_an_official_sdk() -> None:
    """Each class that they have, and each that an `Err` may hold, has a row."""
    head = r"\| what happened \| Python .*\n\|-.*\n"
    (rows,) = re.findall(rf"^{head}((?:\|.*\n)+)", TEXTS["from_mistralai"], re.MULTILINE)
    columns = zip(*(row.split(" | ") for row in rows.splitlines()), strict=True)
    _, python, typescript, ours = (" ".join(column) for column in columns)
    both = "MistralError SDKError HTTPValidationError ResponseValidationError ObservabilityError"
    http = "HTTPClientError ConnectionError RequestTimeoutError RequestAbortedError"
    for names, column in (
        (f"{both} NoResponseError", python),
        (f"{both} {http} UnexpectedClientError InvalidRequestError SDKValidationError", typescript),
        (" ".join(each.__name__ for each in (MistralError, *get_args(Failure))), ours),
    ):
        assert [name for name in names.split() if f"`{name}`" not in column] == []


def test_what_is_built_on_several_calls_is_told_of() -> None:
    """Somewhere in the text."""
    names = set(TOOLKIT)
    text = "\n".join(TEXTS.values())
    assert [name for name in names if not re.search(rf"\b{name}\b", text)] == []


@pytest.mark.parametrize(("group", "names"), groups().items(), ids=groups())
def test_every_group_has_an_example(group: str, names: list[str]) -> None:
    """A snippet that calls one of its functions, and runs."""
    assert [name for name in names if any(f"{name}(" in code for code in SNIPPETS.values())], group


def test_no_line_installs_the_package_from_an_index() -> None:
    """It is on none: each names a checkout or a URL."""
    files = [README, *(README.parent / "mistral_funcs").rglob("*.py")]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    installs = [line for line in lines if "pip install" in line]
    assert len(installs) > 5
    by_name = re.compile(r"pip install (-\S+ )*'?mistral-funcs(?!.* @ git\+)")
    assert [line for line in installs if by_name.search(line)] == []
