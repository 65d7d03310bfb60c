"""Lists: pagination, exact values in pipes, and readable sizes and ages on terminals."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import mistral_funcs
from mistral_core import operation_of
from mistral_core.testing import json_response
from mistral_funcs import beta_agents_list, beta_connectors_list, files_list
from mistral_funcs._index import OPERATIONS
from mistral_funcs.cli.all_pages import has_pages
from mistral_funcs.cli.render.cells import cell
from mistral_funcs.cli.render.quantities import age, moment, size
from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Run
from tests.cli.test_commands import typed

VOICES = ("--sandbox", "audio", "voices", "list", "--limit", "2")
PAGED = [name for name in OPERATIONS if has_pages(operation_of(getattr(mistral_funcs, name)))]
NOW = datetime.now(UTC).replace(microsecond=0)
MINUTE, HOUR, DAY = 60, 3_600, 86_400


def file(number: int, **fields: Any) -> dict[str, Any]:
    """Return a file as the API sends it."""
    return {
        "id": f"f{number}",
        "object": "file",
        "bytes": 1,
        "created_at": 0,
        "filename": "a.jsonl",
        "purpose": "fine-tune",
        "sample_type": "instruct",
        "source": "upload",
        **fields,
    }


def test_all_pages_are_one_table(run: Run) -> None:
    """Regardless of the page size."""
    assert len(run(*VOICES).out.splitlines()) == 2
    outcome = run(*VOICES, "--all")
    assert (outcome.code, len(outcome.out.splitlines()), outcome.err) == (0, 3, "")


def test_all_pages_are_one_document(run: Run) -> None:
    """It has the form of a single page, so that the same filter works for both."""
    page, everything = (run(*VOICES, "--json", *more).document for more in ([], ["--all"]))
    assert page.keys() == everything.keys()
    assert [len(each["items"]) for each in (page, everything)] == [2, 3]
    assert everything["items"][:2] == page["items"]


def test_a_list_without_an_envelope_stays_an_array(run: Run, sandbox: Sandbox) -> None:
    """Empty or not."""
    line = ("--sandbox", "beta", "agents", "list", "--page-size", "1", "--all", "--json")
    assert len(run(*line).document) == 1
    run("--sandbox", "beta", "agents", "create", "--model", "open-mistral-7b", "--name", "a")
    assert {each["name"] for each in run(*line).document} == {"ag:sandbox", "a"}
    sandbox.fail(json_response([]), on=beta_agents_list)
    assert run(*line).document == []


def test_a_page_that_fails_is_an_error(run: Run, sandbox: Sandbox) -> None:
    """Nothing is printed, because a partial list would look complete."""
    sandbox.fail(json_response({"data": [file(1)], "object": "list", "total": 2}), on=files_list)
    sandbox.fail(403, on=files_list)
    for more in ([], ["--json"]):
        sandbox.fail(json_response({"data": [file(1)], "object": "list"}), on=files_list)
        sandbox.fail(403, on=files_list)
        outcome = run("--sandbox", "files", "list", "--all", *more)
        assert (outcome.code, outcome.out) == (1, "")
        assert "403 Forbidden" in outcome.err


def test_a_cursor_shows_that_there_are_more_items(run: Run, sandbox: Sandbox) -> None:
    """Even if the server reports no total."""
    item = {"id": "c", "name": "mail", "description": "Mail.", "created_at": "2024-01-31T12:00:00Z"}
    page = {"items": [item], "pagination": {"next_cursor": "n", "page_size": 1}}
    sandbox.fail(json_response(page), on=beta_connectors_list)
    outcome = run("--sandbox", "beta", "connectors", "list")
    assert outcome.err == "Showing 1. Use --all to show all of them.\n"


@pytest.mark.parametrize("name", PAGED)
def test_each_paged_list_has_the_option_all(run: Run, name: str) -> None:
    """As a table and as JSON. Other lists do not have it."""
    for more in ([], ["--json"]):
        outcome = run("--sandbox", *typed(name), "--all", *more)
        assert outcome.code in {0, 1}, outcome.err
        assert "Traceback" not in outcome.err
    assert run("--sandbox", "models", "list", "--all").code == 2


# ----------------------------------------------------------------------------------- sizes and ages


@pytest.mark.usefixtures("terminal")
def test_sizes_and_ages_are_readable(run: Run, sandbox: Sandbox) -> None:
    """Tables have them instead of the numbers, single resources beside them."""
    created = int((NOW - timedelta(hours=3)).timestamp())
    body: dict[str, Any] = {
        "data": [file(1, bytes=7_100, created_at=created)],
        "object": "list",
        "total": 1,
    }
    sandbox.fail(json_response(body), on=files_list)
    row = run("--sandbox", "files", "list").out.splitlines()[1]
    assert re.split(" {2,}", row) == ["f1", "a.jsonl", "7.1 kB", "fine-tune", "3 hours ago"]
    sandbox.fail(json_response(body["data"][0]), on=mistral_funcs.files_retrieve)
    out = run("--sandbox", "files", "retrieve", "f1").out
    assert "7.1 kB (7100 bytes)" in out
    assert "(3 hours ago)" in out


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "just now"),
        (-1, "in a moment"),
        (MINUTE, "1 minute ago"),
        (2 * MINUTE, "2 minutes ago"),
        (HOUR, "1 hour ago"),
        (-5 * HOUR, "in 5 hours"),
        (DAY, "1 day ago"),
        (29 * DAY, "29 days ago"),
    ],
)
def test_ages_are_in_one_unit(seconds: int, text: str) -> None:
    """The largest unit that is below the age."""
    assert age(seconds) == text


@pytest.mark.parametrize(
    ("value", "exact", "full", "short"),
    [
        (0, "1970-01-01T00:00:00Z", "1970-01-01 00:00:00", "1970-01-01"),
        ("2001-02-03T04:05:06+01:00", "2001-02-03T04:05:06+01:00", "2001-02-03 03:05:06", None),
        ("2001-02-03T04:05:06", "2001-02-03T04:05:06", "2001-02-03 04:05:06", "2001-02-03"),
        ("soon", "soon", "soon", "soon"),
        (10**20, str(10**20), str(10**20), str(10**20)),
    ],
)
def test_older_times_are_dates(
    value: float | str, exact: str, full: str, short: str | None
) -> None:
    """A date says more than an age after a month. Invalid dates are shown as they are."""
    assert moment(value, "exact") == exact
    assert moment(value, "full") == full
    assert moment(value, "short") == (short or full[:10])
    assert cell("created_at", value, "exact") == exact


@pytest.mark.parametrize(
    ("value", "full", "short"),
    [
        (1, "1 byte", "1 byte"),
        (999, "999 bytes", "999 bytes"),
        (7_100, "7.1 kB (7100 bytes)", "7.1 kB"),
        (3_000_000_000, "3.0 GB (3000000000 bytes)", "3.0 GB"),
        (-1, "-1", "-1"),
    ],
)
def test_sizes_have_units(value: int, full: str, short: str) -> None:
    """Only for people, not in pipes."""
    assert [size(value, form) for form in ("exact", "full", "short")] == [str(value), full, short]
    assert cell("doc_size_bytes", value) == full


def test_numbers_are_complete_in_a_pipe() -> None:
    """No digit is rounded, and no item of a list is omitted."""
    assert cell("score", 0.123456789, "exact") == "0.123456789"
    assert cell("score", 0.123456789) == "0.123457"
    assert cell("embedding", [0.1] * 9, "exact") == f"[{', '.join(['0.1'] * 9)}]"
