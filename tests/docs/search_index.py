"""The index of the search: every name and every section of a guide, with its words."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from pdoc.render_helpers import to_html

from mistral_funcs._index import OPERATIONS
from tests.docs.members import Doc
from tests.docs.pages import file_of
from tests.docs.start_page import documentation_of

Entry: TypeAlias = tuple[str, str, str, str, str]
"""The kind, the name, the URL, the summary, and further words."""

HEADING = re.compile(r'<h[23] id="([^"]*)">(.*?)</h[23]>', re.DOTALL)
TAG = re.compile("<[^>]*>")
SUMMARY = 140
"""Maximum number of characters of the summary of a section."""


def search_index(pages: Mapping[str, Doc]) -> str:
    """Return the script that defines the index."""
    entries = [entry for page in pages.values() for entry in _entries(page)]
    lines = ",\n".join(
        json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in entries
    )
    return f"window.searchIndex = [\n{lines}\n];\n"


def _entries(page: Doc) -> Iterator[Entry]:
    file = file_of(page.modulename)
    if page.modulename.startswith("mistral_funcs.guides."):
        yield from _sections(page.modulename, file)
        return
    kind = "resource" if page.modulename.startswith("mistral_funcs.") else "module"
    yield kind, page.modulename, file, first_line(page).replace("`", ""), ""
    for doc in page.members.values():
        yield _entry(_kind(page, doc), doc, file, _members(doc))
        for each in _members(doc) if "schemas" not in page.modulename else ():
            if each.kind == "function":
                yield _entry("method", each, file, ())


def _entry(kind: str, doc: Doc, file: str, members: Iterable[Doc]) -> Entry:
    names = [each.name for each in members]
    endpoint = " ".join(OPERATIONS[doc.name][1:3]) if doc.name in OPERATIONS else ""
    text = " ".join([endpoint, doc.docstring, *names])
    summary = first_line(doc).replace("`", "")
    return kind, doc.qualname, f"{file}#{doc.qualname}", summary, _words(text)


def _kind(page: Doc, doc: Doc) -> str:
    if doc.name in OPERATIONS:
        return "operation"
    if page.modulename.startswith("mistral_funcs.schemas"):
        return "schema"
    return str(doc.kind)


def _members(doc: Doc) -> list[Doc]:
    members: list[Doc] = doc.own_members if doc.kind == "class" else []
    return [each for each in members if not each.name.startswith("_")]


def _sections(module: str, file: str) -> Iterator[Entry]:
    """Yield an entry for a guide and for each of its sections."""
    name = module.rpartition(".")[2]
    text = documentation_of(module)
    html = str(to_html(text))
    opening, *sections = HEADING.split(html)
    title = text.partition("\n")[0].rstrip(".").replace("`", "")
    yield "guide", title, file, "", _words(f"{name} {_plain(opening)}")
    for anchor, title, content in zip(sections[::3], sections[1::3], sections[2::3], strict=True):
        plain = _plain(content)
        yield (
            "guide",
            _plain(title),
            f"{file}#{anchor}",
            f"{name}: {plain[:SUMMARY]}",
            _words(plain),
        )


def _plain(html: str) -> str:
    text = TAG.sub("", html)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, character)
    return " ".join(text.split())


def _words(text: str) -> str:
    return " ".join(dict.fromkeys(re.findall("[a-z0-9]{2,}", text.lower())))


def first_line(doc: Doc) -> str:
    """Return the first line of a docstring."""
    return str(doc.docstring).partition("\n")[0]
