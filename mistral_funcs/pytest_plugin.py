"""Fixtures and an option for pytest. Enable them by name.

`pytest -p mistral_funcs.pytest_plugin`, or in the `conftest.py` at the root of the tests
`pytest_plugins = ["mistral_funcs.pytest_plugin"]`.
"""

import re
from collections.abc import Generator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

try:
    import pytest
except ModuleNotFoundError as error:
    raise ImportError("`mistral_funcs.pytest_plugin` needs pytest: pip install pytest") from error

from mistral_core import Cassette, MistralCore, RetryConfig
from mistral_funcs.sandbox import Sandbox

AT_ONCE = RetryConfig(initial_interval=0)

MAX_NAME = 120
"""Maximum length of the file name of a recording, without its hash."""

FAILED = pytest.StashKey[bool]()
"""Whether a test has failed or was skipped while it ran."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for cassettes."""
    parser.getgroup("mistral").addoption(
        "--mistral-record",
        choices=("none", "once", "new", "all"),
        default="none",
        help="What `mistral_cassette` records: nothing (the default), everything if the test has no"
        " recording yet, requests that are new, or everything.",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether the test has failed, so that its recording is not kept."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = not report.passed
    return report


@pytest.fixture
def mistral_sandbox() -> Sandbox:
    """Return a new sandbox. Set its `state`, make it `fail`, read its `requests`.

    Jobs take a step each time the test reads them, so that waiting for one ends. To control
    each step, override this fixture with `Sandbox(progress="manual")` and call `advance`.
    """
    return Sandbox()


@pytest.fixture
def mistral_client(mistral_sandbox: Sandbox) -> MistralCore:
    """Return a client of `mistral_sandbox` that retries without a pause and needs no closing."""
    # MISTRAL_SERVER_URL may be set, with a path that the sandbox lacks: pass the server.
    return MistralCore(transport=mistral_sandbox, server="global", retry_config=AT_ONCE)


@pytest.fixture
def mistral_cassette_options() -> Mapping[str, Any]:
    """Return the arguments of `mistral_cassette`, such as `strict`. Override it to change them."""
    return {}


@pytest.fixture
def mistral_cassette(
    request: pytest.FixtureRequest, mistral_cassette_options: Mapping[str, Any]
) -> Generator[Cassette, None, None]:
    """Return the cassette of the test: a transport that replays what `--mistral-record` recorded.

    The file is `cassettes/<test file>/<test name>.jsonl` beside the test file. The recording of a
    test that fails is not kept.
    """
    path = _cassette_path(request.path, request.node.nodeid.partition("::")[2])
    options: dict[str, Any] = {"record": request.config.getoption("--mistral-record")}
    options |= mistral_cassette_options
    with Cassette(path, **options) as cassette:
        yield cassette
        if request.node.stash.get(FAILED, True):
            cassette.discard()


def _cassette_path(file: Path, test: str) -> Path:
    """Return the path for a test. If its name is no valid file name, add a hash."""
    dotted = test.replace("::", ".")
    name = re.sub(r"[^\w.,=+\[\]-]+", "-", dotted)[:MAX_NAME]
    if name != dotted:
        name += f"-{sha256(test.encode()).hexdigest()[:8]}"
    return file.parent / "cassettes" / file.stem / f"{name}.jsonl"
