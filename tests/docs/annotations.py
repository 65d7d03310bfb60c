"""Annotations as written in the source: `Failure`, and not the members of the union."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import final, get_origin

import attrs

from tests.docs.pages import PAGE_OF, PAGES


@final
@attrs.frozen(repr=False)
class Annotation:
    """An annotation in a signature, as text.

    Attributes:
        text: The text that is shown.
    """

    text: str

    def __repr__(self) -> str:
        return self.text


@cache
def annotations_of(name: str) -> Mapping[str, Annotation]:
    """Return the annotations in a module's source, and the values of its type aliases.

    The keys are paths: `Ok.map.function`, `Ok.map.return`, `Ok.value`, `Result`.
    """
    module = import_module(name)
    names = _Names(module)
    return {
        path: Annotation(ast.unparse(names.visit(_unquoted(annotation))))
        for path, annotation in _annotations(ast.parse(inspect.getsource(module)))
    }


def _annotations(node: ast.Module | ast.ClassDef, path: str = "") -> Iterator[tuple[str, ast.expr]]:
    for each in node.body:
        match each:
            case ast.ClassDef(name=name):
                yield from _annotations(each, f"{path}{name}.")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                for argument in ast.walk(each.args):
                    if isinstance(argument, ast.arg) and argument.annotation:
                        yield f"{path}{name}.{argument.arg}", argument.annotation
                if each.returns and name != "__init__":
                    yield f"{path}{name}.return", each.returns
            case ast.AnnAssign(annotation=ast.Name("TypeAlias"), value=ast.expr() as value):
                yield f"{path}{ast.unparse(each.target)}", value
            case ast.AnnAssign(annotation=annotation) if path:
                yield f"{path}{ast.unparse(each.target)}", annotation
            case _:
                pass


def _unquoted(annotation: ast.expr) -> ast.expr:
    match annotation:
        case ast.Constant(value=str() as text):
            return ast.parse(text, mode="eval").body
        case _:
            return annotation


@final
@attrs.frozen
class _Names(ast.NodeTransformer):
    module: ModuleType

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """Return the value of an alias that is not public."""
        value = getattr(self.module, node.id, None)
        is_public = node.id in PAGE_OF and _is_the_public(node.id, value)
        return (
            ast.Name(inspect.formatannotation(value))
            if get_origin(value) and not is_public
            else node
        )


def _is_the_public(name: str, value: object) -> bool:
    public = getattr(import_module(PAGES[PAGE_OF[name]][name]), name)
    return value is None or value is public
