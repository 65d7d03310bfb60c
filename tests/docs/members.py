"""The public names on a page of the API reference, with documentation from their modules."""

import inspect
import re
import warnings
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, TypeAlias

import attrs
from pdoc.doc import Class, Function, Module, Variable

from mistral_funcs._index import OPERATIONS
from tests.docs.annotations import Annotation, annotations_of
from tests.docs.pages import PAGE_OF, PAGES

OURS = ("mistral_core", "mistral_funcs")

ATTRIBUTES = "\n\nAttributes:\n"
ENTRY = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)
"""An attribute in a section of a docstring, with its description."""

Doc: TypeAlias = Any
"""A `Doc` of pdoc, whose types are not strict."""


def members(page: str) -> Iterator[Doc]:
    """Return the public names of a page, with the documentation from the module of each."""
    for name, module in PAGES[page].items():
        home = import_module(module)
        source = source_members(module)[name]
        value, origin = getattr(home, name), (home.__name__, name)
        if source.kind == "class":
            yield described(Class(page, name, value, origin))
        elif source.kind == "function" or hasattr(value, "__wrapped__"):
            yield as_written(Function(page, name, value, origin))
        else:
            yield Variable(
                *(page, name),
                taken_from=origin,
                docstring=source.docstring,
                annotation=source.annotation,
                default_value=annotations_of(home.__name__).get(name, value),
            )


@cache
def source_members(module: str) -> dict[str, Doc]:
    """Return the documentation of a module's members."""
    home: Doc = Module(import_module(module))
    return dict(home.members)


def described(doc: Doc) -> Doc:
    """Give each field its description from the docstring, and a class the members of its bases."""
    doc.docstring = doc.docstring.partition(ATTRIBUTES)[0]
    for cls in reversed(doc.obj.__mro__):
        _, _, section = inspect.cleandoc(cls.__doc__ or "").partition(ATTRIBUTES)
        for name, description in ENTRY.findall(section):
            doc.members[name].docstring = inspect.cleandoc(description)
    doc.own_members = [
        as_written(each) for each in doc.members.values() if each.taken_from[0].startswith(OURS)
    ]
    if getattr(doc.obj, "_is_protocol", False):
        doc.own_members.remove(doc.members["__init__"])  # it is never called
    if attrs.has(doc.obj):
        as_fields(doc.members["__init__"], doc.obj)
    doc.bases = [
        (PAGE_OF[name], name, name) if name in PAGE_OF else (module, name, text)
        for module, name, text in doc.bases
        if name in PAGE_OF or not (module.startswith(OURS) or name == "Generic")
    ]
    return doc


def as_written(doc: Doc) -> Doc:
    """Give a signature or a field its annotations as written in the source."""
    module, path = doc.taken_from
    texts = {**inherited(path), **annotations_of(module)}
    if doc.kind == "function":
        with warnings.catch_warnings(action="ignore"):  # Annotations are replaced by their source.
            signature = doc.signature
        doc.signature = signature.replace(
            parameters=[
                each.replace(annotation=texts.get(f"{path}.{name}", each.annotation))
                for name, each in doc.signature.parameters.items()
            ],
            return_annotation=texts.get(f"{path}.return", doc.signature.return_annotation),
        )
    elif doc.kind == "variable":
        doc.annotation = texts.get(path) or texts.get(f"{path}.return", doc.annotation)
    return doc


def inherited(twin: str) -> dict[str, Annotation]:
    """Return the annotations of the parameters that a streaming twin has from its operation."""
    if twin not in OPERATIONS:
        return {}
    endpoint = OPERATIONS[twin][1:3]
    plain = {name: row for name, row in OPERATIONS.items() if row[1:4] == (*endpoint, "JSON")}
    return {
        path.replace(f"{name}.", f"{twin}.", 1): annotation
        for name, row in plain.items()
        for path, annotation in annotations_of(f"mistral_funcs.{row[0]}").items()
    }


def as_fields(init: Doc, cls: Any) -> None:
    """Give a generated `__init__` the annotations of the fields, and no docstring."""
    texts = annotations_of(cls.__module__)
    converted = {each.alias for each in attrs.fields(cls) if each.converter}
    init.docstring = ""
    init.signature = init.signature.replace(
        parameters=[
            each.replace(
                annotation=each.annotation
                if name in converted
                else texts.get(f"{cls.__name__}.{name}", each.annotation),
                default=Annotation("...") if each.default is attrs.NOTHING else each.default,
            )
            for name, each in init.signature.parameters.items()
        ]
    )
