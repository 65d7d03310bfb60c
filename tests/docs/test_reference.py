"""The API reference: it is built without a word, it is whole, and its links lead somewhere."""

import inspect
import posixpath
import subprocess
import sys
from collections.abc import Mapping
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from types import ModuleType
from urllib.parse import urldefrag

import attrs
import pytest

import mistral_core
import mistral_funcs
from mistral_core import testing
from mistral_funcs import schemas
from mistral_funcs.sandbox import state
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


def defined(module: ModuleType) -> set[str]:
    """Return the public classes, functions and fixtures that a module defines."""
    return {
        name
        for name, each in vars(module).items()
        if not name.startswith("_") and getattr(each, "__module__", "") == module.__name__
    }


def names_on(page: str) -> set[str]:
    """Return the names that are to be on a page."""
    return {name for names in PAGES[page].values() for name in names.split()}


def test_what_is_public_is_on_a_page() -> None:
    """All names of the doors, and all that the modules for tests define; no name is on two."""
    for door in (mistral_core, mistral_funcs, schemas):
        assert names_on(door.__name__) == set(dir(door))
    assert names_on("mistral_core.testing") == defined(testing) | {"Answer"}
    plugin = "mistral_funcs.pytest_plugin"  # imported late: pytest is to be the first to do so
    assert names_on(plugin) == defined(import_module(plugin))
    values = {name for name in defined(state) if attrs.has(getattr(state, name))}
    assert names_on("mistral_funcs.sandbox") == values | {"Sandbox"}
    assert len(PAGE_OF) == sum(len(names_on(page)) for page in PAGES)


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
    assert functions.keys() >= set(mistral_funcs.OPERATIONS.values()) | {
        "paginate",
        "ByteStream.save",
    }


def test_each_field_is_shown(shown: Mapping[str, Doc]) -> None:
    """Where it is a field of a base, too."""
    classes = [doc for doc in shown.values() if doc.kind == "class" and attrs.has(doc.obj)]
    fields = {f"{doc.name}.{field.name}" for doc in classes for field in attrs.fields(doc.obj)}
    assert fields - shown.keys() == set()


def test_each_link_leads_somewhere(built: Mapping[str, Page]) -> None:
    """To a page that is there, and a place that is on it."""
    for file, page in built.items():
        for link in page.links - ELSEWHERE:
            path, place = urldefrag(link)
            target = posixpath.normpath(f"{posixpath.dirname(file)}/{path}") if path else file
            assert place in built[target.lstrip("/")].ids, f"{file}: {link}"


def test_signature_is_as_it_is_written(built: Mapping[str, Page]) -> None:
    """With the names of the unions, which are linked."""
    page = built["mistral_funcs.html"]
    result = "Result[mistral_funcs.schemas.ModelList, mistral_core.Failure]"
    assert f"-> mistral_core.{result}" in page.texts["models_list"]
    assert {"mistral_core.html#Failure", "mistral_funcs/schemas.html#ModelList"} <= page.links
