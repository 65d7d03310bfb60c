"""The generated tables: guides, groups of operations, and their names in the official SDKs.

`python -m tests.readme.operations_table` rewrites them.
"""

import re
from collections.abc import Iterator, Mapping

from mistral_funcs._index import OPERATIONS, RESOURCES
from tests.docs.official_names import PYTHON, TYPESCRIPT, in_python, in_typescript
from tests.readme.texts import GUIDES, README, TEXTS

GROUPS = "| functions | operations | what they do |\n|---|---|---|\n"
TOPICS = "| guide | topic |\n|---|---|\n"
NAMES = "| `client.` in Python | TypeScript | here |\n|---|---|---|\n"


def groups() -> Mapping[str, list[str]]:
    """Return the first level of the API's tree, each with its operations."""
    names: dict[str, list[str]] = {}
    for name, (module, *_) in OPERATIONS.items():
        names.setdefault(module.partition(".")[0], []).append(name)
    return names


def rows_of_groups() -> Iterator[str]:
    """Return a row for each group of operations, and one for all."""
    for group, names in groups().items():
        yield f"| `{group}_*` | {len(names)} | {RESOURCES[group]} |"
    everything = "`mistral-funcs --help` lists them; the API reference has a table of all."
    yield f"| in total | {len(OPERATIONS)} | {everything} |"


def rows_of_names() -> Iterator[str]:
    """Return a row for the first operation of each group, and for each exception from the rule."""
    examples = {names[0] for names in groups().values()}
    for name in OPERATIONS:
        if name in examples | PYTHON.keys() | TYPESCRIPT.keys():
            yield f"| {in_python(name)} | {in_typescript(name)} | `{name}` |"


def rows_of_guides() -> Iterator[str]:
    """Return a row for each guide, with the first line of its text."""
    for name in TEXTS.keys() - {README.stem}:
        topic = TEXTS[name].partition("\n")[0]
        yield f"| [{name}](mistral_funcs/guides/{name}.py) | {topic} |"


PLACES = {
    TOPICS: README,
    GROUPS: GUIDES / "operations.py",
    NAMES: GUIDES / "from_mistralai.py",
}
"""Where each table is, by its head."""


def tables() -> Mapping[str, str]:
    """Return each table as it should be, by its head."""
    rows = {TOPICS: sorted(rows_of_guides()), GROUPS: rows_of_groups(), NAMES: rows_of_names()}
    return {head: head + "".join(f"{row}\n" for row in each) for head, each in rows.items()}


def rewritten(text: str) -> str:
    """Return a text with its tables made from the code."""
    for head, table in tables().items():
        text = re.sub(rf"^{re.escape(head)}(?:\|.*\n)*", lambda _: table, text, flags=re.MULTILINE)  # noqa: B023
    return text


if __name__ == "__main__":
    for path in PLACES.values():
        path.write_text(rewritten(path.read_text("utf-8")), "utf-8")
