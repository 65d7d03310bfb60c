"""The API reference: it builds without warnings, is complete, and its links work."""

import inspect
import posixpath
import subprocess
import sys
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag

import attrs
import pytest

import mistral_core
import mistral_funcs
from mistral_core import operation_of
from mistral_funcs import schemas
from mistral_funcs._index import OPERATIONS
from tests.docs.operations_table import operations_table
from tests.docs.pages import PAGE_OF, PAGES
from tests.docs.reference import ENTRY, Doc, pages

ELSEWHERE = {"https://pdoc.dev"}
"""The only link that leads out of the pages."""


class Page(HTMLParser):
    """Read a page.

    Attributes:
        ids: The places on it that a link may lead to.
        links: Where its links lead.
        texts: What is to be read in each section, by the section's id.
    """

    def __init__(self, html: str) -> None:
        """Read it."""
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.texts: dict[str, str] = {}
        self._section = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the id and the link of an element."""
        told = dict(attrs)
        self.ids.add(told.get("id") or "")
        if "href" in told:
            self.links.add(told["href"] or "")
        if tag == "section":
            self._section = told.get("id") or ""

    def handle_data(self, data: str) -> None:
        """Add to the text of the section."""
        self.texts[self._section] = self.texts.get(self._section, "") + data


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Page]:
    """Build the reference as a contributor does; a warning would be an error, or be printed."""
    folder = tmp_path_factory.mktemp("reference")
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "error", "-m", "tests.docs.reference", str(folder)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert (folder / "search.js").stat().st_size > 10_000
    return {
        file.relative_to(folder).as_posix(): Page(file.read_text("utf-8"))
        for file in folder.rglob("*.html")
    }


@pytest.fixture(scope="module")
def shown() -> Mapping[str, Doc]:
    """Return what is documented, by its name: `Ok`, and `Ok.map`."""
    found: list[Doc] = []
    everything: Doc = pages()
    for page in everything.values():
        found += page.members.values()
        for doc in page.members.values():
            if doc.kind == "class":
                found += [each for each in doc.own_members if not each.name.startswith("_")]
    return {each.qualname: each for each in found}


def described(doc: Doc) -> list[str]:
    """Return the arguments that a docstring describes."""
    _, _, section = doc.docstring.partition("\n\nArgs:\n")
    return [name for name, _ in ENTRY.findall(section.partition("\n\n")[0])]


def arguments(doc: Doc) -> list[str]:
    """Return the arguments that there are."""
    return [name for name in inspect.signature(doc.obj).parameters if name not in ("self", "cls")]


def test_every_public_name_is_on_a_page() -> None:
    """All exports of the packages, and of the modules for tests; no name is on two pages."""
    for package in (mistral_core, mistral_funcs, schemas):
        assert PAGES[package.__name__].keys() == set(dir(package))
    assert PAGES["mistral_core.testing"].keys() == {
        *("Answer", "ScriptedTransport", "json_response", "stream_response"),
    }
    assert PAGES["mistral_funcs.pytest_plugin"].keys() == {
        *("mistral_cassette", "mistral_cassette_options", "mistral_client", "mistral_sandbox"),
    }
    assert {"Sandbox", "State"} <= PAGES["mistral_funcs.sandbox"].keys()
    assert len(PAGE_OF) == sum(map(len, PAGES.values()))


def test_each_page_shows_its_names(built: Mapping[str, Page]) -> None:
    """Under the name that users import."""
    for name, page in PAGE_OF.items():
        assert name in built[f"{page.replace('.', '/')}.html"].ids
    assert len(built) == len(PAGES) + 1


def test_each_name_has_a_docstring(shown: Mapping[str, Doc]) -> None:
    """So has each field, each property and each method."""
    assert [name for name, doc in shown.items() if not doc.docstring] == []
    assert {"__version__", "Ok.value", "State.models", "BatchOutcome.result"} <= shown.keys()


def test_each_argument_is_described_and_nothing_else(shown: Mapping[str, Doc]) -> None:
    """Of the functions that users call; a method need not repeat what its first line says."""
    functions = {
        name: doc
        for name, doc in shown.items()
        if doc.kind == "function" and (PAGE_OF.get(name) == "mistral_funcs" or described(doc))
    }
    assert [name for name, doc in functions.items() if described(doc) != arguments(doc)] == []
    assert functions.keys() >= set(OPERATIONS) | {
        "paginate",
        "ByteStream.save",
    }


def test_each_field_is_shown(shown: Mapping[str, Doc]) -> None:
    """Where it is a field of a base, too."""
    classes = [doc for doc in shown.values() if doc.kind == "class" and attrs.has(doc.obj)]
    fields = {f"{doc.name}.{field.name}" for doc in classes for field in attrs.fields(doc.obj)}
    assert fields - shown.keys() == set()


def test_each_link_leads_somewhere(built: Mapping[str, Page]) -> None:
    """To a page that is there, and a place that is on it. Guides also link to other sites."""
    for file, page in built.items():
        is_guide = file.startswith("mistral_funcs/guides")
        outside = {link for link in page.links if is_guide and link.startswith("https://")}
        for link in page.links - ELSEWHERE - outside:
            path, place = urldefrag(link)
            target = posixpath.normpath(f"{posixpath.dirname(file)}/{path}") if path else file
            assert place in built[target.lstrip("/")].ids, f"{file}: {link}"


def test_signature_is_as_it_is_written(built: Mapping[str, Page]) -> None:
    """With the names of the unions, which are linked."""
    page = built["mistral_funcs.html"]
    result = "Result[mistral_funcs.schemas.ModelList, mistral_core.Failure]"
    assert f"-> mistral_core.{result}" in page.texts["models_list"]
    assert {"mistral_core.html#Failure", "mistral_funcs/schemas.html#ModelList"} <= page.links


@pytest.mark.parametrize("twin", [name for name in OPERATIONS if OPERATIONS[name][3] == "Events"])
def test_streaming_twin_has_its_signature(built: Mapping[str, Page], twin: str) -> None:
    """They are those of the plain operation, as they are written there."""
    text = " ".join(built["mistral_funcs.html"].texts[twin].split())
    assert "*args" not in text
    for parameter in operation_of(getattr(mistral_funcs, twin)).parameters:
        assert f"{parameter.name}: " in text
        assert parameter.documentation.split("`")[0] in text
    assert "Literal[UNSET]" not in text


def test_table_has_each_operation(built: Mapping[str, Page]) -> None:
    """With its required arguments, its endpoint, its response, and its official names."""
    rows = operations_table().splitlines()[2:]
    assert len(rows) == len(OPERATIONS)
    endpoint = "POST /v1/fine_tuning/models/{model_id}/archive"
    assert (
        f"| `models_archive` (client, model_id) | `{endpoint}` | `ArchiveModelResponse` "
        "| `models.archive_async` | `modelsArchive` |"
    ) in rows
    stream = next(row for row in rows if row.startswith("| `chat_stream` "))
    assert "(client, model=, messages=, ...)" in stream
    assert "`EventStream` of `CompletionChunk`" in stream
    assert endpoint in built["mistral_funcs.html"].texts[""]
