"""Annotations as written in the source: `Failure`, and not the members of the union."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import final, get_origin

import attrs

from tests.docs.pages import PAGE_OF


@final
@attrs.frozen(repr=False)
class Written:
    """An annotation in a signature, as text.

    Attributes:
        text: The text that is shown.
    """

    text: str

    def __repr__(self) -> str:
        return self.text


@cache
def written(name: str) -> Mapping[str, Written]:
    """Return the annotations in a module's source, and the values of its type aliases.

    The keys are paths: `Ok.map.function`, `Ok.map.return`, `Ok.value`, `Result`.
    """
    module = import_module(name)
    plain = _Plain(module)
    return {
        way: Written(ast.unparse(plain.visit(_unquoted(annotation))))
        for way, annotation in _annotations(ast.parse(inspect.getsource(module)))
    }


def _annotations(node: ast.Module | ast.ClassDef, way: str = "") -> Iterator[tuple[str, ast.expr]]:
    for each in node.body:
        match each:
            case ast.ClassDef(name=name):
                yield from _annotations(each, f"{way}{name}.")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                for argument in ast.walk(each.args):
                    if isinstance(argument, ast.arg) and argument.annotation:
                        yield f"{way}{name}.{argument.arg}", argument.annotation
                if each.returns and name != "__init__":
                    yield f"{way}{name}.return", each.returns
            case ast.AnnAssign(annotation=ast.Name("TypeAlias"), value=ast.expr() as meant):
                yield f"{way}{ast.unparse(each.target)}", meant
            case ast.AnnAssign(annotation=annotation) if way:
                yield f"{way}{ast.unparse(each.target)}", annotation
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
class _Plain(ast.NodeTransformer):
    module: ModuleType

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """Return a public name with its page, and the value of an alias that is not public."""
        if node.id in PAGE_OF:
            return ast.Name(f"{PAGE_OF[node.id]}.{node.id}")
        meant = getattr(self.module, node.id, None)
        return ast.Name(inspect.formatannotation(meant)) if get_origin(meant) else node
