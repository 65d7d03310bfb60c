"""The API reference, made by pdoc from the docstrings: run it to write its pages into a folder.

python -m tests.docs.reference FOLDER
"""

import inspect
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

import attrs
from pdoc import render
from pdoc.doc import Class, Function, Module, Variable

from tests.docs.annotations import Written, written
from tests.docs.pages import PAGE_OF, PAGES

OURS = ("mistral_core", "mistral_funcs")

ATTRIBUTES = "\n\nAttributes:\n"
ENTRY = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)
"""What a section of a docstring says of one attribute."""

Doc: TypeAlias = Any
"""A `Doc` of pdoc, whose types are not strict."""


def pages() -> dict[str, Module]:
    """Return what stands on each page."""
    made = {name: Module(import_module(name)) for name in PAGES}
    for name, page in made.items():
        page.members = {each.name: each for each in members(name)}
        page.submodules = [made[other] for other in made if other.rpartition(".")[0] == name]
    return made


def members(page: str) -> Iterator[Doc]:
    """Go through what is public on a page, with all that its home tells of it."""
    for module, names in PAGES[page].items():
        home = import_module(f"{page}.{module}".rstrip("."))
        at_home: Doc = Module(home)
        for name in names.split():
            value, origin = getattr(home, name), (home.__name__, name)
            found = at_home.members[name]
            if found.kind == "class":
                yield explained(Class(page, name, value, origin))
            elif found.kind == "function" or hasattr(value, "__wrapped__"):
                yield as_written(Function(page, name, value, origin))
            else:
                yield Variable(
                    *(page, name),
                    taken_from=origin,
                    docstring=found.docstring,
                    annotation=found.annotation,
                    default_value=written(home.__name__).get(name, value),
                )


def explained(doc: Doc) -> Doc:
    """Let each field bear what the docstring says of it, and a class what it has from our bases."""
    doc.docstring = doc.docstring.partition(ATTRIBUTES)[0]
    for cls in reversed(doc.obj.__mro__):
        _, _, section = inspect.cleandoc(cls.__doc__ or "").partition(ATTRIBUTES)
        for name, told in ENTRY.findall(section):
            doc.members[name].docstring = inspect.cleandoc(told)
    doc.own_members = [
        as_written(each) for each in doc.members.values() if each.taken_from[0].startswith(OURS)
    ]
    if getattr(doc.obj, "_is_protocol", False):
        doc.own_members.remove(doc.members["__init__"])  # nobody makes one
    if attrs.has(doc.obj):
        as_fields(doc.members["__init__"], doc.obj)
    doc.bases = [
        (PAGE_OF[name], name, name) if name in PAGE_OF else (module, name, text)
        for module, name, text in doc.bases
        if name in PAGE_OF or not (module.startswith(OURS) or name == "Generic")
    ]
    return doc


def as_written(doc: Doc) -> Doc:
    """Give a signature or a field the annotations of the source."""
    module, way = doc.taken_from
    texts = written(module)
    if doc.kind == "function":
        doc.signature = doc.signature.replace(
            parameters=[
                each.replace(annotation=texts.get(f"{way}.{name}", each.annotation))
                for name, each in doc.signature.parameters.items()
            ],
            return_annotation=texts.get(f"{way}.return", doc.signature.return_annotation),
        )
    elif doc.kind == "variable":
        doc.annotation = texts.get(way) or texts.get(f"{way}.return", doc.annotation)
    return doc


def as_fields(init: Doc, cls: Any) -> None:
    """Give a signature that attrs made the annotations of the fields, and no docstring."""
    texts = written(cls.__module__)
    converted = {each.alias for each in attrs.fields(cls) if each.converter}
    init.docstring = ""
    init.signature = init.signature.replace(
        parameters=[
            each.replace(
                annotation=each.annotation
                if name in converted
                else texts.get(f"{cls.__name__}.{name}", each.annotation),
                default=Written("...") if each.default is attrs.NOTHING else each.default,
            )
            for name, each in init.signature.parameters.items()
        ]
    )


def write(folder: Path) -> None:
    """Write the pages."""
    render.configure(docformat="google", show_source=False)
    made = pages()
    for name, page in made.items():
        file = folder / f"{name.replace('.', '/')}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(render.html_module(page, made), "utf-8")
    (folder / "index.html").write_text(render.html_index(made), "utf-8")
    (folder / "search.js").write_text(render.search_index(made), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
