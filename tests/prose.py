"""Split the text and the names in a Python file into passages for `test_prose.py`."""

import ast
import io
import tokenize
from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

import attrs

Kind: TypeAlias = Literal["class", "function", "text", "comment", "message", "name"]
"""Kinds of passages. Docstrings of modules, properties and variables are "text"."""

PROSE: Final[frozenset[Kind]] = frozenset({"class", "function", "text", "comment", "message"})


@attrs.frozen
class Passage:
    """A docstring, comment, message or name.

    Attributes:
        kind: Kind of the passage.
        line: Number of its first line.
        text: The passage itself.
    """

    kind: Kind
    line: int
    text: str


def passages(source: str) -> Iterator[Passage]:
    """Yield the passages of a file."""
    tree = ast.parse(source)
    docstrings = dict(_docstrings(tree))
    parts_of_fstrings = {
        part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node in docstrings:
            yield Passage(docstrings[node], node.lineno, str(node.value))
        elif isinstance(node, ast.JoinedStr):
            yield Passage("message", node.lineno, _text(node))
        elif isinstance(node, ast.Constant) and node not in parts_of_fstrings:
            if isinstance(node.value, str) and " " in node.value.strip():
                yield Passage("message", node.lineno, node.value)
        else:
            yield from _names(node)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield Passage("comment", token.start[0], token.string)


def _docstrings(tree: ast.Module) -> Iterator[tuple[ast.Constant, Kind]]:
    """Yield the docstrings of modules, classes, functions and variables."""
    for node in ast.walk(tree):
        body: list[ast.stmt] = getattr(node, "body", None) or []
        if isinstance(node, ast.Lambda | ast.IfExp):
            continue
        for before, statement in zip([None, *body], body, strict=False):
            match statement:
                case ast.Expr(ast.Constant(str()) as docstring):
                    yield docstring, "text" if before is not None else _kind(node)
                case _:
                    pass


def _kind(node: ast.AST) -> Kind:
    if isinstance(node, ast.ClassDef):
        return "class"
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        decorators = {ast.unparse(each) for each in node.decorator_list}
        return "text" if any("property" in each for each in decorators) else "function"
    return "text"


def _text(node: ast.JoinedStr) -> str:
    values = [each.value if isinstance(each, ast.Constant) else "{}" for each in node.values]
    return "".join(map(str, values))


def _names(node: ast.AST) -> Iterator[Passage]:
    """Yield the names that a node defines."""
    match node:
        case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
            yield Passage("name", node.lineno, node.name)
        case ast.arg():
            yield Passage("name", node.lineno, node.arg)
        case ast.Name(ctx=ast.Store()):
            yield Passage("name", node.lineno, node.id)
        case ast.Attribute(ctx=ast.Store()):
            yield Passage("name", node.lineno, node.attr)
        case ast.ExceptHandler(name=str(name)):
            yield Passage("name", node.lineno, name)
        case ast.alias(asname=str(name)):
            yield Passage("name", node.lineno, name)
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield Passage("name", node.lineno, name)
        case _:
            pass
