"""The run-time imports between the modules of the packages, at any place in a file."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.index import CORE, FUNCS, core

ROOT = CORE.parent


def name_of(file: Path) -> str:
    """Return the dotted name of a module."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(file): file for folder in (CORE, FUNCS) for file in sorted(folder.rglob("*.py"))}
"""The files of the packages, by module name."""

EXPORTS = {name: f"mistral_core.{module}" for name, module in core().items()}
"""The lazy exports of the core, by name, with the module of each."""


def statements(file: Path) -> Iterator[ast.Import | ast.ImportFrom]:
    """Return the imports of a file, without those for type checkers only."""
    waiting: list[ast.AST] = [ast.parse(file.read_text("utf-8"), str(file))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)


def imported_names(file: Path) -> set[str]:
    """Return the names of all modules that a file imports."""
    reached = set[str]()
    for node in statements(file):
        if isinstance(node, ast.Import):
            reached |= {alias.name for alias in node.names}
        else:
            module = str(node.module)
            reached |= {_source(module, alias.name) for alias in node.names}
    return reached


def _source(module: str, name: str) -> str:
    """Return the module that `from module import name` loads."""
    inner = f"{module}.{name}"
    return inner if inner in FILES else EXPORTS.get(name, module) if "." not in module else module


def imports() -> dict[str, set[str]]:
    """Return the modules of the packages, each with its imports from them."""
    return {name: imported_names(file) & FILES.keys() - {name} for name, file in FILES.items()}


def cycles(graph: dict[str, set[str]]) -> list[set[str]]:
    """Return the sets of modules that import each other, directly or indirectly."""
    reached = {name: _reachable(name, graph) for name in graph}
    components: list[set[str]] = []
    for name in graph:
        cycle = {each for each in reached[name] if name in reached[each]}
        if cycle and cycle not in components:
            components.append(cycle)
    return components


def _reachable(name: str, graph: dict[str, set[str]]) -> set[str]:
    reached, waiting = set[str](), [*graph[name]]
    while waiting:
        each = waiting.pop()
        if each not in reached:
            reached.add(each)
            waiting += graph[each]
    return reached
