"""The structure of the packages: names lead to files, and files document their contents."""

import ast
import inspect
import re
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import attrs
import pytest

import mistral_core
import mistral_funcs
from mistral_core import NoContent, Schema, operation_of
from mistral_funcs import schemas
from mistral_funcs._index import OPERATIONS, RESOURCES, TOOLKIT
from mistral_funcs.schemas._index import SCHEMAS
from tests.imports import FILES

ROOT = Path(__file__).parents[1]
CORE = ROOT / "mistral_core"
FUNCS = ROOT / "mistral_funcs"

LONGEST_OPERATION = 66
LINES_OF_AN_ARGUMENT = 5
LONGEST_CORE_FILE = 320

WORD = re.compile(r"\w")

ENTRY = re.compile(r"^ {4}(\w+): \S", re.MULTILINE)
"""A line in a docstring's section that names an argument or a field."""

ELSEWHERE = re.compile(r"/[w]ork\b|\b[Ii]ssue #|\b[C]EO\b|\b[Pp]rot[o]type\b")
"""References to the place where the project was written. This pattern must not match itself."""


def tree(file: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(file.read_text("utf-8"), str(file))


def file_of(name: str) -> Path:
    """Return the file of an operation."""
    return FUNCS.joinpath(*OPERATIONS[name][0].split(".")).with_suffix(".py")


def function_of(name: str) -> Callable[..., Any]:
    """Return the function of an operation."""
    function: Callable[..., Any] = getattr(mistral_funcs, name)
    return function


def documented(documentation: str | None, section: str) -> list[str]:
    """Return the names in a section of a Google-style docstring, in order."""
    _, _, rest = inspect.cleandoc(documentation or "").partition(f"\n{section}:\n")
    return ENTRY.findall(rest.partition("\n\n")[0])


# --------------------------------------------------------------------------------------- operations


@pytest.mark.parametrize("name", OPERATIONS)
def test_file_of_an_operation_is_the_path_of_its_name(name: str) -> None:
    """`models_list` is in `models/list.py`. Its first line has its method and path."""
    module, method, path, *_ = OPERATIONS[name]
    assert name == module.replace(".", "_")
    assert (ast.get_docstring(tree(file_of(name))) or "").startswith(f"{method} {path}.")


def test_folders_of_operations_have_no_other_files() -> None:
    """A helper module would look like an operation."""
    folders = [FUNCS.joinpath(*resource.split(".")) for resource in RESOURCES]
    files = {file for folder in folders for file in folder.glob("*.py")}
    assert {file for file in files if file.stem != "__init__"} == {*map(file_of, OPERATIONS)}


@pytest.mark.parametrize("resource", RESOURCES)
def test_package_of_a_resource_is_only_a_docstring(resource: str) -> None:
    """It is loaded with every operation, and has one line."""
    file = FUNCS.joinpath(*resource.split("."), "__init__.py")
    (docstring,) = tree(file).body
    assert isinstance(docstring, ast.Expr)
    assert file.read_text("utf-8").count("\n") == 1


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_is_a_declaration_without_code(name: str) -> None:
    """A docstring and `...`. Only its arguments make it long."""
    file = file_of(name)
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    (function,) = [each for each in tree(file).body if isinstance(each, kinds)]
    assert isinstance(function, ast.AsyncFunctionDef)
    _, body = function.body
    assert function.name == name
    assert ast.get_docstring(function)
    assert ast.unparse(body) == "..."
    arguments = len(inspect.signature(function_of(name)).parameters)
    longest = max(LONGEST_OPERATION, LONGEST_OPERATION // 2 + LINES_OF_AN_ARGUMENT * arguments)
    assert len(file.read_text("utf-8").splitlines()) <= longest


@pytest.mark.parametrize("name", OPERATIONS)
def test_signature_is_client_then_path_then_keywords_then_options(name: str) -> None:
    """Path parameters are positional and in order, all others are keyword-only."""
    parameters = inspect.signature(function_of(name)).parameters
    positional = [key for key, each in parameters.items() if each.kind != each.KEYWORD_ONLY]
    assert positional == ["client", *operation_of(function_of(name)).path_parameters]
    assert list(parameters)[-1] == "options"
    assert parameters["options"].default is None


@pytest.mark.parametrize("name", OPERATIONS)
def test_docstring_of_an_operation_explains_each_argument(name: str) -> None:
    """A summary, `Args:` with each argument in order, and `Returns:` if there is a value."""
    function = function_of(name)
    first, _, rest = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
    assert re.fullmatch(r"[A-Z][^\n]+\.", first)
    assert documented(function.__doc__, "Args") == list(inspect.signature(function).parameters)
    returns_nothing = isinstance(operation_of(function).returns, NoContent)
    assert returns_nothing or re.search(r"^Returns:\n {4}\S", rest, re.MULTILINE)


def test_no_function_has_the_name_of_a_submodule() -> None:
    """The import of the module would replace the function."""
    modules = {file.stem for file in FUNCS.glob("*.py")} | {file.name for file in FUNCS.iterdir()}
    assert modules.isdisjoint([*OPERATIONS, *TOOLKIT])
    assert {row.rpartition(".")[2] for row, *_ in OPERATIONS.values()}.isdisjoint(OPERATIONS)
    assert {part for module in SCHEMAS.values() for part in module.split(".")}.isdisjoint(SCHEMAS)


# -------------------------------------------------------------------------- documentation of fields

SCHEMA_CLASSES: dict[str, type] = {
    name: getattr(schemas, name) for name in SCHEMAS if isinstance(getattr(schemas, name), type)
}


def own_fields(cls: type) -> list[str]:
    """Return the public fields that a class itself defines, in order."""
    if not attrs.has(cls):
        return [name for name in inspect.get_annotations(cls) if not name.startswith("_")]
    return [field.name for field in attrs.fields(cls) if not field.inherited]


CORE_CLASSES: dict[str, type] = {
    name: each
    for name in dir(mistral_core)
    for each in [getattr(mistral_core, name)]
    if isinstance(each, type) and own_fields(each)
}
CLASSES = {**CORE_CLASSES, **SCHEMA_CLASSES}


@pytest.mark.parametrize("name", CLASSES)
def test_docstring_of_a_class_explains_each_field(name: str) -> None:
    """`Attributes:` names exactly these fields, in order."""
    cls = CLASSES[name]
    assert documented(cls.__doc__, "Attributes") == own_fields(cls)


def test_all_public_classes_with_fields_are_checked() -> None:
    """Including errors, results, options and messages."""
    some = {"SDKError", "Ok", "Err", "Call", "Timeout", "RequestOptions", "Request", "Unknown"}
    assert some <= CORE_CLASSES.keys()


@pytest.mark.parametrize("name", SCHEMA_CLASSES)
def test_schema_is_a_final_frozen_class_of_keywords(name: str) -> None:
    """Schemas are uniform, immutable values."""
    cls = SCHEMA_CLASSES[name]
    assert issubclass(cls, Schema)
    assert getattr(cls, "__final__", False)
    assert cls.__setattr__ is not object.__setattr__
    assert all(field.kw_only for field in attrs.fields(cls))


@pytest.mark.parametrize("file", sorted(CORE.rglob("*.py")), ids=lambda file: file.stem)
def test_file_of_the_core_is_short(file: Path) -> None:
    """It can be read in one go."""
    assert len(file.read_text("utf-8").splitlines()) <= LONGEST_CORE_FILE


# --------------------------------------------------------------------------------------- repetition

RUN = 6
"""Number of consecutive lines that are a repetition, without imports and lines without words."""

REPEATED = {
    ("client", "transports.aiohttp"): "a type checker and an editor show the parameters of both",
    ("errors",): "the fields of errors are positional, each class has an order of its own",
    ("guides.web_services",): "each snippet is a complete program",
    ("toolkit.libraries.document_waiting",): "as in `toolkit.waiting`",
    ("toolkit.mcp.child_process", "toolkit.mcp.session_messages"): "a protocol of `mcp` demands it",
    ("toolkit.mcp.mcp_opening",): "an editor shows the parameters of each function",
    ("toolkit.mcp.mcp_server", "toolkit.tools.runnable"): "a protocol, and a class that has it",
    ("toolkit.realtime.live_speech",): "an editor shows the parameters of each function",
    ("toolkit.realtime.live_speech", "toolkit.realtime.live_transcription"): (
        "two kinds of sessions, with settings of their own"
    ),
    ("toolkit.realtime.live_transcription",): "an editor shows the parameters of each function",
    ("toolkit.workflows.executing",): "an editor shows the parameters of each function",
    ("toolkit.waiting",): "an editor shows the parameters of each function, and their defaults",
}
"""Modules that repeat a run of lines, with the reason.

A base class, a `ParamSpec` or a `TypedDict` would take more lines and hide defaults.
"""


def lines_of_code(file: Path) -> list[str]:
    """Return the significant lines of a file."""
    imported = {
        number
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = enumerate(file.read_text("utf-8").splitlines(), 1)
    return [line.strip() for number, line in lines if number not in imported and WORD.search(line)]


def repetitions(files: Iterable[tuple[str, Path]]) -> set[tuple[str, ...]]:
    """Return the modules that share a run of lines, or repeat one."""
    places: dict[tuple[str, ...], list[str]] = {}
    for module, file in files:
        lines = lines_of_code(file)
        for run in zip(*(lines[start:] for start in range(RUN)), strict=False):
            places.setdefault(run, []).append(module)
    return {tuple(sorted({*modules})) for modules in places.values() if len(modules) > 1}


def test_no_run_of_lines_is_repeated() -> None:
    """Except in declarations and schemas, where the API repeats itself."""
    declared = {f"mistral_funcs.{module}" for module, *_ in OPERATIONS.values()}
    files = [
        (module.partition(".")[2], file)
        for module, file in FILES.items()
        if module not in declared and not module.startswith("mistral_funcs.schemas.")
        if not file.stem.startswith("_index")
    ]
    assert repetitions(files) == REPEATED.keys()


def test_repeated_run_is_reported(tmp_path: Path) -> None:
    """In two files or in one, with any indentation. Five lines or imports are allowed."""
    block = [f"step_{number}()" for number in range(RUN)]
    sources = {
        "a": "\n".join(block),
        "b": "if True:\n" + "\n\n".join(f"    {line}" for line in block),
        "c": "\n".join(block[1:]),
        "d": "\n".join(["first()"] * (RUN + 1)),
        "e": "from a import (\n" + ",\n".join(block).replace("()", "") + ",\n)",
        "f": "from a import (\n" + ",\n".join(block).replace("()", "") + ",\n)",
    }
    for name, source in sources.items():
        (tmp_path / name).write_text(source, "utf-8")
    assert repetitions((name, tmp_path / name) for name in sources) == {("a", "b"), ("d",)}


# -------------------------------------------------------------------------------------- the project


def test_project_does_not_refer_to_its_workplace() -> None:
    """In no file that git tracks or would track."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a clone, so git cannot list the files")
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    references = [
        f"{file.relative_to(ROOT)}: {word.group()}"
        for file in files
        if file.exists()
        for word in ELSEWHERE.finditer(file.read_text("utf-8", "replace"))
    ]
    assert len(files) > 10
    assert references == []
