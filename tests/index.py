"""The index of `mistral_funcs`: the kind and module of each name. `--write` rewrites it.

`python -m tests.index` lists the files that are out of date; `--write` rewrites them. A name is
exported if its module defines it: an operation in a folder of the API's tree, a public name in
`__all__` of a module of the toolkit, a class or alias in a module of the schemas.
"""

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[1]
CORE = ROOT / "mistral_core"
FUNCS = ROOT / "mistral_funcs"
ROOMS = {"cli", "guides", "sandbox", "schemas", "toolkit"}
"""Folders of `mistral_funcs` that are not part of the API tree."""

GENERATED = "Written by `python -m tests.index --write`."

TYPES = (
    "TYPE_CHECKING = False",
    "if TYPE_CHECKING:",
    "    from collections.abc import Mapping\n",
)
"""Imports of an index that only type checkers need. They are the slowest part of the import."""


@attrs.frozen
class Row:
    """An operation in the index.

    Attributes:
        name: The name of the function.
        module: Its module, below `mistral_funcs`.
        method: The HTTP method.
        path: The path template.
        kind: How the response is read: the name of a class such as `JSON`.
        summary: The first line of the docstring.
    """

    name: str
    module: str
    method: str
    path: str
    kind: str
    summary: str


def modules_below(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    """Yield the modules below a folder by dotted name, with their syntax trees."""
    for file in sorted(folder.rglob("*.py")):
        if not file.stem.startswith("_"):
            name = ".".join(file.relative_to(folder).with_suffix("").parts)
            yield name, ast.parse(file.read_text("utf-8"))


def operations() -> list[Row]:
    """Return the operations, sorted by name."""
    rows: dict[str, Row] = {}
    for module, tree in modules_below(FUNCS):
        if module.partition(".")[0] in ROOMS:
            continue
        for function in tree.body:
            if isinstance(function, ast.AsyncFunctionDef) and function.decorator_list:
                rows[function.name] = _row(module, function, rows)
    return [rows[name] for name in sorted(rows)]


def _row(module: str, function: ast.AsyncFunctionDef, rows: dict[str, Row]) -> Row:
    """Return the row of a declared operation.

    A streaming twin has the endpoint of its plain operation.
    """
    (decorator,) = function.decorator_list
    assert isinstance(decorator, ast.Call)
    summary = (ast.get_docstring(function) or "").partition("\n")[0]
    first, second = decorator.args[:2]
    if isinstance(first, ast.Name):
        plain, kind = rows[first.id], second
        method, path = plain.method, plain.path
    else:
        method, path = ast.literal_eval(first), ast.literal_eval(second)
        (kind,) = (each.value for each in decorator.keywords if each.arg == "returns")
    assert isinstance(kind, ast.Call)
    return Row(function.name, module, method, path, ast.unparse(kind.func), summary)


def toolkit() -> dict[str, str]:
    """Return the names that the toolkit modules export, each with its module."""
    names: dict[str, str] = {}
    for module, tree in modules_below(FUNCS / "toolkit"):
        for each in tree.body:
            if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "__all__":
                names |= dict.fromkeys(ast.literal_eval(each.value), f"toolkit.{module}")
    return dict(sorted(names.items()))


def schemas() -> dict[str, str]:
    """Return the public classes and aliases of the schemas, each with its module.

    Raises:
        ValueError: Two modules define the same name.
    """
    names: dict[str, str] = {}
    for module, tree in modules_below(FUNCS / "schemas"):
        classes = [each.name for each in tree.body if isinstance(each, ast.ClassDef)]
        aliases = [
            ast.unparse(each.target) for each in tree.body if isinstance(each, ast.AnnAssign)
        ]
        for name in classes + aliases:
            if not name.startswith("_"):
                if name in names:
                    raise ValueError(f"{name} is in {names[name]} and in {module}")
                names[name] = module
    return dict(sorted(names.items()))


def resources() -> dict[str, str]:
    """Return the folders of the API tree with their docstrings."""
    folders = {
        ".".join(file.parent.relative_to(FUNCS).parts): file
        for file in sorted(FUNCS.rglob("__init__.py"))
    }
    return {
        name: ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
        for name, file in folders.items()
        if name and name.partition(".")[0] not in ROOMS
    }


def _stub(package: str, modules: dict[str, str]) -> str:
    """Return the stub of a package's lazy exports. Its docstring is a comment."""
    imports = "\n".join(
        f"from {package}.{module} import {name} as {name}" for name, module in modules.items()
    )
    return f"# {GENERATED}\n\n{imports}\n"


def _mapping(name: str, rows: Iterable[tuple[str, object]], kind: str) -> str:
    lines = "\n".join(f"    {key!r}: {value!r}," for key, value in rows)
    return f'{name}: "Mapping[str, {kind}]" = {{\n{lines}\n}}\n'


def core() -> dict[str, str]:
    """Return the names that `mistral_core` exports, each with its module."""
    for each in ast.parse((CORE / "__init__.py").read_text("utf-8")).body:
        if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "_MODULES":
            modules: dict[str, str] = ast.literal_eval(each.value)
            return {name: module for module, names in modules.items() for name in names.split()}
    raise ValueError("`mistral_core` exports nothing")


def files() -> dict[Path, str]:
    """Return the generated files with their expected text."""
    rows = operations()
    index = "\n".join(
        [
            f'"""Every name that `mistral_funcs` exports. {GENERATED}"""\n',
            *TYPES,
            _mapping(
                "OPERATIONS",
                [(each.name, attrs.astuple(each)[1:]) for each in rows],
                "tuple[str, str, str, str, str]",
            )
            + '"""Each operation: module, method, path, kind of the response, summary."""\n',
            _mapping("TOOLKIT", toolkit().items(), "str")
            + '"""Each convenience, with its module."""\n',
            _mapping("RESOURCES", resources().items(), "str")
            + '"""Each resource of the API, with its description."""\n',
        ]
    )
    index_of_schemas = "\n".join(
        [
            f'"""Every schema, with its module. {GENERATED}"""\n',
            *TYPES,
            _mapping("SCHEMAS", schemas().items(), "str"),
        ]
    )
    doors = {each.name: each.module for each in rows} | toolkit()
    texts = {
        CORE / "__init__.pyi": _stub("mistral_core", core()),
        FUNCS / "_index.py": index,
        FUNCS / "__init__.pyi": _stub("mistral_funcs", doors),
        FUNCS / "schemas" / "_index.py": index_of_schemas,
        FUNCS / "schemas" / "__init__.pyi": _stub("mistral_funcs.schemas", schemas()),
    }
    return {file: formatted(file.name, text) for file, text in texts.items()}


def formatted(name: str, text: str) -> str:
    """Return a file with sorted imports and formatted lines, as the linter requires."""
    ruff = [sys.executable, "-m", "ruff"]
    for command in (
        [*ruff, "check", "--quiet", "--select=I", "--fix", "--stdin-filename", name, "-"],
        [*ruff, "format", "--quiet", "--stdin-filename", name, "-"],
    ):
        done = subprocess.run(
            command, cwd=ROOT, input=text, capture_output=True, text=True, check=True
        )
        text = done.stdout
    return text


def outdated() -> dict[Path, str]:
    """Return the outdated generated files with their expected text."""
    return {
        file: text
        for file, text in files().items()
        if not file.exists() or file.read_text("utf-8") != text
    }


def main() -> int:
    """Compare or rewrite the generated files. Return 1 if any was outdated, otherwise 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.index", description=__doc__)
    parser.add_argument("--write", action="store_true", help="rewrite the files")
    write = parser.parse_args().write
    changed = outdated()
    for file, text in changed.items():
        print(file.relative_to(ROOT), "rewritten" if write else "is out of date")
        if write:
            file.write_text(text, "utf-8")
    return 1 if changed and not write else 0


if __name__ == "__main__":
    raise SystemExit(main())
