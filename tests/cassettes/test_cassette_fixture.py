"""The fixture `mistral_cassette` and its option, in temporary projects."""

import pytest

pytest_plugins = ["pytester"]

CONFTEST = """\
import pytest

from mistral_core.testing import ScriptedTransport, json_response

pytest_plugins = ["mistral_funcs.pytest_plugin"]


@pytest.fixture
def mistral_cassette_options():
    cards = {"data": [{"id": "m", "type": "base", "capabilities": {}}]}
    return {"transport": ScriptedTransport(*[json_response(cards)] * 5)}
"""

TESTS = """\
import asyncio

import pytest

from mistral_core import MistralCore
from mistral_funcs import models_list


def list_models(cassette):
    loop = asyncio.new_event_loop()  # Leaves the loop of the test around this one as it is.
    try:
        return loop.run_until_complete(models_list(MistralCore(transport=cassette)))
    finally:
        loop.close()


class TestModels:
    @pytest.mark.parametrize("name", ["a/b", "m-1"])
    def test_list(self, name, mistral_cassette):
        assert list_models(mistral_cassette).unwrap().data[0].id == "m"


def test_fails(mistral_cassette):
    list_models(mistral_cassette).unwrap()
    raise AssertionError


def test_calls_nothing(mistral_cassette):
    pass
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """Return a project with tests that use the fixture."""
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(test_it=TESTS)
    return pytester


def run(project: pytest.Pytester, *options: str) -> tuple[dict[str, int], list[str]]:
    """Run the tests, and return the counts of outcomes and the recordings.

    There is a warning if another test has imported the plugin before.
    """
    outcomes = project.runpytest("-p", "no:asyncio", "-p", "no:cacheprovider", *options)
    folder = project.path / "cassettes" / "test_it"
    counts = outcomes.parseoutcomes()
    counts.pop("warnings", None)
    return counts, sorted(file.name for file in folder.glob("*"))


RECORDED = ["TestModels.test_list[a-b]-35c12e6e.jsonl", "TestModels.test_list[m-1].jsonl"]
"""The names of the recordings.

A name that is no valid file name gets a hash, so that it stays unique.
"""


def test_recordings_are_made_and_replayed(project: pytest.Pytester) -> None:
    """Each passing test gets a file next to its module. By default nothing is recorded."""
    assert run(project) == ({"failed": 3, "passed": 1}, [])
    once = run(project, "--mistral-record=once")
    assert once == ({"failed": 1, "passed": 3}, RECORDED)
    assert run(project) == once


def test_record_all_overwrites_the_recordings(project: pytest.Pytester) -> None:
    """Existing files are replaced."""
    run(project, "--mistral-record=once")
    folder = project.path / "cassettes" / "test_it"
    for name in RECORDED:
        (folder / name).write_text("old")
    outcomes, _ = run(project, "--mistral-record=all")
    assert outcomes == {"failed": 1, "passed": 3}
    assert all((folder / name).read_text().startswith('{"cassette"') for name in RECORDED)


def test_unknown_mode_is_refused(project: pytest.Pytester) -> None:
    """Pytest lists the valid modes."""
    result = project.runpytest("--mistral-record=ever")
    result.stderr.fnmatch_lines(["*--mistral-record: invalid choice: 'ever'*"])


def test_the_plugin_alone_is_enough(pytester: pytest.Pytester) -> None:
    """Without the fixture for options, the cassette has the default transport."""
    pytester.makeconftest('pytest_plugins = ["mistral_funcs.pytest_plugin"]')
    pytester.makepyfile(test_it="def test_it(mistral_cassette): assert mistral_cassette")
    assert run(pytester) == ({"passed": 1}, [])
