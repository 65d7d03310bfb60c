"""The tables in the README and the guides are made from the code."""

from pathlib import Path

import pytest

from mistral_funcs._index import OPERATIONS
from tests.docs.official_names import PYTHON, TYPESCRIPT, in_python, in_typescript
from tests.readme.operations_table import PLACES, rewritten, rows_of_groups


@pytest.mark.parametrize(("head", "path"), PLACES.items(), ids=["guides", "groups", "names"])
def test_a_table_is_up_to_date(head: str, path: Path) -> None:
    """It is in its text once, with its rows."""
    text = path.read_text("utf-8")
    assert text.count(head) == 1
    assert rewritten(text) == text, "run: python -m tests.readme.operations_table"


def test_every_operation_is_counted() -> None:
    """In the group that its name begins with."""
    *groups, total = [int(row.split(" | ")[1]) for row in rows_of_groups()]
    assert sum(groups) == total == len(OPERATIONS)


def test_names_in_the_official_sdks_follow_from_ours() -> None:
    """TypeScript's in camel case, Python's along the tree; the exceptions are operations."""
    assert in_python("files_get_signed_url") == "`files.get_signed_url_async`"
    assert in_typescript("files_get_signed_url") == "`filesGetSignedUrl`"
    assert in_python("fine_tuning_jobs_list") == "`fine_tuning.jobs.list_async` (1.x)"
    assert in_typescript("fine_tuning_jobs_list") == "`fineTuningJobsList` (1.x)"
    assert PYTHON.keys() | TYPESCRIPT.keys() <= OPERATIONS.keys()
