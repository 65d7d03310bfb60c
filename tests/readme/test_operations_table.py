"""The README's tables of operations are made from the code."""

from mistral_funcs._index import OPERATIONS
from tests.docs.official_names import PYTHON, TYPESCRIPT, in_python, in_typescript
from tests.readme.operations_table import GROUPS, NAMES, rewritten, rows_of_groups
from tests.readme.texts import README


def test_the_tables_are_up_to_date() -> None:
    """Each is there once, with its rows."""
    text = README.read_text("utf-8")
    assert (text.count(GROUPS), text.count(NAMES)) == (1, 1)
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
