"""The API reference: it builds without warnings, is complete, and its links work."""

import inspect
import json
import posixpath
import re
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
from mistral_funcs._index import OPERATIONS, TOOLKIT
from tests.docs import start_page
from tests.docs.call_examples import example_of
from tests.docs.members import ENTRY, Doc
from tests.docs.operations_table import operations_table
from tests.docs.pages import PAGE_OF, PAGES, file_of
from tests.docs.reference import main, pages
from tests.docs.search_index import Entry
from tests.docs.source_pages import ROOT, SourceLinks

LINE_ID = re.compile(r'id="(L\d+)"')


class Page(HTMLParser):
    """Read a page.

    Attributes:
        ids: The ids that a link may lead to, each as often as it occurs.
        links: Where its links, scripts and styles are.
        texts: The text of each section, by the section's id.
    """

    def __init__(self, html: str) -> None:
        """Read it."""
        super().__init__()
        self.ids: list[str] = [""]
        self.links: set[str] = set()
        self.texts: dict[str, str] = {}
        self._section = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the id and the link of an element."""
        attributes = dict(attrs)
        if attributes.get("id"):
            self.ids.append(attributes["id"] or "")
        self.links |= {attributes[name] or "" for name in ("href", "src") if name in attributes}
        if tag == "section":
            self._section = attributes.get("id") or ""

    def handle_data(self, data: str) -> None:
        """Add to the text of the section."""
        self.texts[self._section] = self.texts.get(self._section, "") + data


@pytest.fixture(scope="module")
def built(reference: Path) -> Mapping[str, Page]:
    """Return the pages by their paths. A warning while they are built is an error."""
    return {
        file.relative_to(reference).as_posix(): Page(file.read_text("utf-8"))
        for file in reference.rglob("*.html")
        if "source" not in file.parts
    }


@pytest.fixture(scope="module")
def shown() -> Mapping[str, Doc]:
    """Return what is documented, by its name: `Ok`, and `Ok.map`."""
    docs: list[Doc] = []
    for page in pages().values():
        docs += page.members.values()
        for doc in page.members.values():
            if doc.kind == "class":
                docs += [each for each in doc.own_members if not each.name.startswith("_")]
    return {each.qualname: each for each in docs}


def described(doc: Doc) -> list[str]:
    """Return the arguments that a docstring describes."""
    _, _, section = doc.docstring.partition("\n\nArgs:\n")
    return [name for name, _ in ENTRY.findall(section.partition("\n\n")[0])]


def arguments(doc: Doc) -> list[str]:
    """Return the arguments that there are."""
    return [name for name in inspect.signature(doc.obj).parameters if name not in ("self", "cls")]


def test_every_public_name_is_on_a_page() -> None:
    """All exports of the packages, and of the modules for tests; no name is on two pages."""
    assert PAGES["mistral_core"].keys() == set(dir(mistral_core))
    below = {name for name, page in PAGE_OF.items() if page.startswith("mistral_funcs.schemas.")}
    assert below == set(dir(schemas))
    others = {name for name in OPERATIONS if PAGE_OF[name].startswith("mistral_funcs.")}
    assert others | {*TOOLKIT} == set(dir(mistral_funcs))
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
        assert name in built[file_of(page)].ids
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
        if doc.kind == "function" and (name in {*OPERATIONS, *TOOLKIT} or described(doc))
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


def test_each_link_leads_somewhere(reference: Path, built: Mapping[str, Page]) -> None:
    """To a file of the reference, and an id in it. Only guides link to other sites."""
    ids: dict[str, set[str]] = {file: set(page.ids) for file, page in built.items()}
    for file, page in built.items():
        outside = {link for link in page.links if link.startswith(("https://", "data:,"))}
        assert file.startswith("mistral_funcs/guides") or outside == {"data:,"}
        for link in page.links - outside:
            path, place = urldefrag(link)
            target = posixpath.normpath(f"{posixpath.dirname(file)}/{path}") if path else file
            target = target.lstrip("/")
            if target not in ids:
                ids[target] = {"", *LINE_ID.findall((reference / target).read_text("utf-8"))}
            assert place in ids[target], f"{file}: {link}"


def test_each_id_is_used_once(built: Mapping[str, Page]) -> None:
    """On its page, so that links lead to the right place."""
    assert [file for file, page in built.items() if len(page.ids) != len(set(page.ids))] == []


def test_start_page_has_each_guide_and_each_operation(built: Mapping[str, Page]) -> None:
    """With a link to it. No guide is listed twice, and a task names only guides that exist."""
    links = built["index.html"].links
    assert {f"{file_of(PAGE_OF[name])}#{name}" for name in OPERATIONS} <= links
    listed = [name for names in start_page.guides().values() for name in names]
    assert sorted(listed) == sorted({*listed})
    assert {file_of(page) for page in PAGES if ".guides." in page} == {
        file_of(f"mistral_funcs.guides.{name}") for name in listed
    }
    assert {*" ".join(start_page.TASKS.values()).split()} <= {*listed}
    assert {file_of(f"mistral_funcs.guides.{name}") for name in listed} <= links


@pytest.mark.parametrize("name", ["models_list", "chat_stream", "files_upload"])
def test_operation_has_its_endpoint_and_its_example(built: Mapping[str, Page], name: str) -> None:
    """`test_call_examples` runs the example of each operation."""
    text = built[file_of(PAGE_OF[name])].texts[name]
    assert example_of(name).strip() in text
    assert " ".join(OPERATIONS[name][1:3]) in text


def test_search_index_has_each_name_and_each_guide(
    reference: Path, built: Mapping[str, Page]
) -> None:
    """And the methods, and the sections of the guides. Each entry leads to an id of a page."""
    script = (reference / "search-index.js").read_text("utf-8")
    entries: list[Entry] = json.loads(script.removeprefix("window.searchIndex = ").rstrip(";\n"))
    names = {name for _, name, *_ in entries}
    assert PAGE_OF.keys() | {"ByteStream.save", "Certificates"} <= names
    for _, _, url, summary, _ in entries:
        path, place = urldefrag(url)
        assert place in built[path].ids
        assert "`" not in summary
    assert {"chat_complete", "chat_stream"} <= {
        name
        for kind, name, _, _, words in entries
        if kind == "operation" and "temperature" in words
    }


def test_source_link_leads_to_the_definition(reference: Path, shown: Mapping[str, Doc]) -> None:
    """To its line, or that of its first decorator. The folder has a copy of the file."""
    links = SourceLinks("{path} {line}")
    for name, doc in shown.items():
        path, _, line = links.url(doc, "").partition(" ")
        definition = (ROOT / path).read_text("utf-8").splitlines()[int(line) - 1 :]
        length = 1 + 30 * definition[0].lstrip().startswith("@")
        assert re.search(rf"\b{doc.name}\b", "\n".join(definition[:length])), name
        assert (reference / f"source/{path}.html").exists()


def test_source_url_is_the_callers(shown: Mapping[str, Doc]) -> None:
    """With the path of the file and the line."""
    links = SourceLinks("https://git.example/blob/v1/{path}#L{line}")
    url = links.url(shown["models_list"], "../")
    assert url == "https://git.example/blob/v1/mistral_funcs/models/list.py#L7"


def test_source_url_without_a_path_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is written."""
    with pytest.raises(SystemExit):
        main([str(tmp_path), "--source-url", "https://git.example/"])
    assert "must contain {path} and {line}" in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []


def test_signature_is_as_it_is_written(built: Mapping[str, Page]) -> None:
    """With the names of the unions, which are linked."""
    page = built["mistral_funcs/models.html"]
    assert "-> Result[ModelList, Failure]" in page.texts["models_list"]
    assert {"../mistral_core.html#Failure", "../mistral_funcs/schemas/models.html#ModelList"} <= (
        page.links
    )


@pytest.mark.parametrize("twin", [name for name in OPERATIONS if OPERATIONS[name][3] == "Events"])
def test_streaming_twin_has_its_signature(built: Mapping[str, Page], twin: str) -> None:
    """They are those of the plain operation, as they are written there."""
    text = " ".join(built[file_of(PAGE_OF[twin])].texts[twin].split())
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
