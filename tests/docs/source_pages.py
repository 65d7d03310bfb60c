"""Links from names to their source: to a repository, or to copies of the files in the folder."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from inspect import getsource
from pathlib import Path
from typing import final

import attrs

from tests.docs.members import Doc

ROOT = Path(__file__).parents[2]
COPIES = "source/{path}.html#L{line}"
"""Where the copies are, below the folder of the reference."""


@cache
def lines_of(module: str) -> Mapping[str, int]:
    """Return the line of each name in a module: `Ok`, `Ok.map`, `Ok.value`."""
    return dict(_lines(ast.parse(getsource(import_module(module)))))


def _lines(node: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, int]]:
    for each in node.body:
        match each:
            case (
                ast.ClassDef(name=name)
                | ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
            ):
                decorators = [decorator.lineno for decorator in each.decorator_list]
                yield f"{prefix}{name}", min([each.lineno, *decorators])
                if isinstance(each, ast.ClassDef):
                    yield from _lines(each, f"{prefix}{name}.")
                elif name == "__init__":
                    yield from _attributes(each, prefix)
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                yield f"{prefix}{name}", each.lineno
            case _:
                pass


def _attributes(init: ast.AST, prefix: str) -> Iterator[tuple[str, int]]:
    """Yield the attributes that an `__init__` sets."""
    for each in ast.walk(init):
        match each:
            case ast.Attribute(value=ast.Name("self"), attr=name, ctx=ast.Store()):
                yield f"{prefix}{name}", each.lineno
            case _:
                pass


def path_of(module: str) -> str:
    """Return the path of a module's file in the repository."""
    file = import_module(module).__file__
    assert file, module
    return Path(file).relative_to(ROOT).as_posix()


@final
@attrs.define
class SourceLinks:
    """Links to the source.

    Attributes:
        template: A URL with `{path}` and `{line}`. Defaults to copies of the files.
        paths: The paths of the files that something links to.
    """

    template: str | None = None
    paths: set[str] = attrs.field(factory=set[str])

    def url(self, doc: Doc, root: str) -> str:
        """Return the URL of the line where a name is defined.

        Args:
            doc: The documentation of the name.
            root: The relative URL of the folder of the reference.
        """
        module, qualname = doc.taken_from
        lines = lines_of(module)
        line = lines.get(qualname) or lines.get(qualname.rpartition(".")[0], 1)
        path = path_of(module)
        self.paths.add(path)
        return (self.template or root + COPIES).format(path=path, line=line)
