"""The tree keeps its shape: menus, typed doors and files agree, and a place says what is in it."""

import ast
import inspect
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

import mistral_core
import mistral_funcs
from mistral_core import Operation, Schema
from mistral_funcs import schemas

ROOT = Path(__file__).parents[1]
CORE = ROOT / "mistral_core"
FUNCS = ROOT / "mistral_funcs"
NO_RESOURCES = {"batching", "cli", "schemas", "sandbox"}

OPERATIONS = [
    (resource, verb) for resource, row in mistral_funcs.MENU.items() for verb in row.split()
]
SCHEMAS = [schema for row in schemas.MENU.values() for schema in row.split()]
DOORS = [mistral_core, mistral_funcs, schemas]

LONGEST_OPERATION = 66
LINES_OF_AN_ARGUMENT = 5
LONGEST_CORE_FILE = 320

ENTRY = re.compile(r"^ {4}(\w+): \S", re.MULTILINE)
"""A line of a docstring's section that names an argument or a field."""

ELSEWHERE = re.compile(r"/[w]ork\b|\b[Ii]ssue #|\b[C]EO\b|\b[Pp]rot[o]type\b")
"""What belongs to where the project was written; this pattern itself is none of it."""


def tree(file: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(file.read_text("utf-8"), str(file))


def modules(folder: Path) -> set[str]:
    """Return the names of the modules in a folder."""
    return {file.stem for file in folder.glob("*.py")} - {"__init__"}


def loaded(resource: str, verb: str) -> tuple[Callable[..., Any], Operation[Any], ModuleType]:
    """Return the function of an operation, the operation, and their module."""
    module = import_module(f"mistral_funcs.{resource}.{verb}")
    return getattr(module, f"{resource}_{verb}"), module.OPERATION, module


def documented(documentation: str | None, section: str) -> list[str]:
    """Return the names that a section of a Google-style docstring explains, in their order."""
    _, _, rest = inspect.cleandoc(documentation or "").partition(f"\n{section}:\n")
    return ENTRY.findall(rest.partition("\n\n")[0])


# ---------------------------------------------------------------------------------------- the doors


def typed_imports(door: ModuleType) -> dict[str, str]:
    """Return the names that a door has for type checkers, each with the module it is from."""
    assert door.__file__ is not None
    found: dict[str, str] = {}
    for statement in tree(Path(door.__file__)).body:
        if isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING":
            for each in statement.body:
                assert isinstance(each, ast.ImportFrom)
                for alias in each.names:
                    assert alias.asname == alias.name, f"{alias.name} is not exported as itself"
                    found[alias.name] = str(each.module)
    return found


def menu_homes(door: ModuleType) -> dict[str, str]:
    """Return the names of a door's menu, each with the module it must be from."""
    homes: dict[str, str] = {}
    menu: Mapping[str, str] = door.MENU
    if door is mistral_funcs:
        homes = {f"{row}_{verb}": f"{door.__name__}.{row}.{verb}" for row, verb in OPERATIONS}
        menu = mistral_funcs.CONVENIENCES
    return homes | {
        name: f"{door.__name__}.{row}" for row, names in menu.items() for name in names.split()
    }


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_door_has_the_same_names_for_checkers_and_at_run_time(door: ModuleType) -> None:
    """The typed block names what the menu names, from the module that it is loaded from."""
    assert typed_imports(door) == menu_homes(door)
    assert door.__all__ == sorted(menu_homes(door))


def test_each_resource_of_the_menu_is_a_folder_and_the_other_way_round() -> None:
    """A row of the menu is a folder, and each folder but the nouns' and the sandbox's is a row."""
    folders = {file.parent.name for file in FUNCS.glob("*/__init__.py")}
    assert folders - NO_RESOURCES == set(mistral_funcs.MENU)


@pytest.mark.parametrize("resource", mistral_funcs.MENU)
def test_each_verb_of_the_menu_is_a_file_and_the_other_way_round(resource: str) -> None:
    """A word of a row is a file, and each file is a word of the row."""
    verbs = mistral_funcs.MENU[resource].split()
    assert modules(FUNCS / resource) == set(verbs)
    assert len(verbs) == len(set(verbs))


def test_each_topic_of_the_schemas_is_a_file_and_the_other_way_round() -> None:
    """A row of the schemas' menu is a file, and each file is a row."""
    assert modules(FUNCS / "schemas") == set(schemas.MENU)


@pytest.mark.parametrize("topic", schemas.MENU)
def test_each_schema_of_a_topic_is_in_the_menu_and_the_other_way_round(topic: str) -> None:
    """The menu names each public class and alias that a file of schemas defines."""
    body = tree(FUNCS / "schemas" / f"{topic}.py").body
    classes = [each.name for each in body if isinstance(each, ast.ClassDef)]
    aliases = [ast.unparse(each.target) for each in body if isinstance(each, ast.AnnAssign)]
    public = [name for name in classes + aliases if not name.startswith("_")]
    assert sorted(public) == sorted(schemas.MENU[topic].split())


def test_no_function_bears_the_name_of_a_module() -> None:
    """Else the import of the module would put it in the place of the function."""
    beside = modules(FUNCS) | {file.parent.name for file in FUNCS.glob("*/__init__.py")}
    assert beside.isdisjoint(menu_homes(mistral_funcs))
    assert all(verb != f"{resource}_{verb}" for resource, verb in OPERATIONS)
    assert modules(FUNCS / "schemas").isdisjoint(SCHEMAS)


@pytest.mark.parametrize("resource", mistral_funcs.MENU)
def test_resource_itself_holds_a_docstring_and_nothing_else(resource: str) -> None:
    """Once `models.list` is imported, `list` in `models` is that module: so no code is there."""
    (docstring,) = tree(FUNCS / resource / "__init__.py").body
    assert isinstance(docstring, ast.Expr)
    assert isinstance(docstring.value, ast.Constant)


# ----------------------------------------------------------------------------------- the operations


@pytest.mark.parametrize(("resource", "verb"), OPERATIONS)
def test_file_of_an_operation_begins_with_its_method_and_path(resource: str, verb: str) -> None:
    """The first line of a file says what it calls, and says it right."""
    _, operation, module = loaded(resource, verb)
    assert (module.__doc__ or "").startswith(f"{operation.method} {operation.path}.")


@pytest.mark.parametrize(("resource", "verb"), OPERATIONS)
def test_signature_is_client_then_path_then_keywords_then_options(resource: str, verb: str) -> None:
    """The parameters of the path stand in the signature, in its order; all else is by keyword."""
    function, operation, _ = loaded(resource, verb)
    parameters = inspect.signature(function).parameters
    positional = [name for name, each in parameters.items() if each.kind != each.KEYWORD_ONLY]
    assert positional == ["client", *re.findall(r"\{(\w+)\}", operation.path)]
    assert list(parameters)[-1] == "options"
    assert parameters["options"].default is None
    assert inspect.iscoroutinefunction(function)


@pytest.mark.parametrize(("resource", "verb"), OPERATIONS)
def test_docstring_of_an_operation_explains_each_argument(resource: str, verb: str) -> None:
    """A line that says what it does, `Args:` with each argument in order, and `Returns:`."""
    function, _, _ = loaded(resource, verb)
    first, _, rest = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
    assert re.fullmatch(r"[A-Z][^\n]+\.", first)
    assert documented(function.__doc__, "Args") == list(inspect.signature(function).parameters)
    assert re.search(r"^Returns:\n {4}\S", rest, re.MULTILINE)


@pytest.mark.parametrize(("resource", "verb"), OPERATIONS)
def test_file_of_an_operation_holds_one_function_and_is_short(resource: str, verb: str) -> None:
    """One operation and one function, to be read at a glance; only many arguments make it long."""
    function, _, _ = loaded(resource, verb)
    arguments = len(inspect.signature(function).parameters)
    file = FUNCS / resource / f"{verb}.py"
    definitions = [
        each.name
        for each in tree(file).body
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    assert definitions == [f"{resource}_{verb}"]
    longest = max(LONGEST_OPERATION, LONGEST_OPERATION // 2 + LINES_OF_AN_ARGUMENT * arguments)
    assert len(file.read_text("utf-8").splitlines()) <= longest


# ------------------------------------------------------------------------------- what is explained

SCHEMA_CLASSES: dict[str, type] = {
    name: getattr(schemas, name) for name in SCHEMAS if isinstance(getattr(schemas, name), type)
}


def own_fields(cls: type) -> list[str]:
    """Return the public fields that a class itself has, in their order."""
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
    """`Attributes:` names each field, in its order, and none that is not there."""
    cls = CLASSES[name]
    assert documented(cls.__doc__, "Attributes") == own_fields(cls)


def test_classes_that_are_explained_are_all_that_have_fields() -> None:
    """Errors, results, options and what crosses the wire are among them."""
    some = {"SDKError", "Ok", "Err", "Call", "Timeout", "RequestOptions", "Request", "Unknown"}
    assert some <= CORE_CLASSES.keys()


@pytest.mark.parametrize("name", SCHEMA_CLASSES)
def test_schema_is_a_final_frozen_class_of_keywords(name: str) -> None:
    """Schemas are alike: values of the API's objects, which nobody changes or derives from."""
    cls = SCHEMA_CLASSES[name]
    assert issubclass(cls, Schema)
    assert getattr(cls, "__final__", False)
    assert cls.__setattr__ is not object.__setattr__
    assert all(field.kw_only for field in attrs.fields(cls))


# ---------------------------------------------------------------------------------------- the core


def imported(file: Path) -> Iterator[str]:
    """Return the top packages that a file imports at run time, wherever in it that is."""
    waiting: list[ast.AST] = [tree(file)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module).partition(".")[0]
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)


@pytest.mark.parametrize(
    ("package", "importers"),
    [
        ("aiohttp", {"connections", "incoming", "sessions", "transport", "transport_errors"}),
        ("backoff", {"retry"}),
    ],
)
def test_dependency_has_one_place_in_the_core(package: str, importers: set[str]) -> None:
    """What stands on a library is in one place, so that the library could go."""
    found = {file.stem for file in CORE.glob("*.py") if package in imported(file)}
    assert found == importers


def test_core_knows_no_operation() -> None:
    """The core imports nothing of what is built on it."""
    assert not [file.name for file in CORE.glob("*.py") if "mistral_funcs" in imported(file)]


@pytest.mark.parametrize("file", sorted(CORE.glob("*.py")), ids=lambda file: file.stem)
def test_file_of_the_core_is_short(file: Path) -> None:
    """A file of the core is read in one go."""
    assert len(file.read_text("utf-8").splitlines()) <= LONGEST_CORE_FILE


# ------------------------------------------------------------------------------------- the project


def test_project_speaks_of_itself_alone() -> None:
    """No file that git knows, or would, tells of the place where it was written."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone: git does not know the files")
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    told = [
        f"{file.relative_to(ROOT)}: {word.group()}"
        for file in files
        if file.exists()
        for word in ELSEWHERE.finditer(file.read_text("utf-8", "replace"))
    ]
    assert len(files) > 10
    assert told == []
