"""The pages of the API reference, and the names on each: what users import from there."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

import attrs

from mistral_funcs import guides
from mistral_funcs._index import OPERATIONS, RESOURCES, TOOLKIT
from mistral_funcs.schemas._index import SCHEMAS
from tests import index


def _public(*modules: str) -> Iterator[tuple[str, str]]:
    """Return the public names that modules define, each with its module."""
    for module in modules:
        loaded = import_module(module)
        declared: Mapping[str, object] = vars(loaded).get("__annotations__", {})
        for name, value in vars(loaded).items():
            defined = getattr(value, "__module__", None) == module or name in declared
            if defined and not name.startswith("_") and not name.isupper():
                yield name, module


def _below(package: str, modules: Mapping[str, str]) -> dict[str, str]:
    return {name: f"{package}.{module}" for name, module in modules.items()}


def _sandbox() -> dict[str, str]:
    """Return the sandbox, and the values of its state."""
    state = dict(_public("mistral_funcs.sandbox.state", "mistral_funcs.sandbox.stored"))
    values = {
        name: module
        for name, module in state.items()
        if attrs.has(getattr(import_module(module), name))
    }
    return {"Sandbox": "mistral_funcs.sandbox.sandbox"} | values


def _by_page(package: str, modules: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the pages of a package with their names: a page for each folder of modules."""
    pages: dict[str, dict[str, str]] = {}
    for name, module in modules.items():
        folder = f"{package}.{module}".rpartition(".")[0]
        pages.setdefault(folder, {})[name] = f"{package}.{module}"
    return pages


def _schemas() -> dict[str, dict[str, str]]:
    """Return a page for each module of schemas, with those above it, which list what is below."""
    pages: dict[str, dict[str, str]] = {}
    for name, module in sorted(SCHEMAS.items(), key=lambda each: each[1]):
        page = "mistral_funcs.schemas"
        for part in module.split("."):
            page = f"{page}.{part}"
            pages.setdefault(page, {})
        pages[page][name] = page
    return pages


OPERATION_PAGES: Mapping[str, Mapping[str, str]] = {
    **{f"mistral_funcs.{resource}": dict[str, str]() for resource in RESOURCES},
    **_by_page("mistral_funcs", {name: row[0] for name, row in OPERATIONS.items()}),
}
"""The page of each resource, with its operations and their modules."""

PAGES: Mapping[str, Mapping[str, str]] = {
    "mistral_core": _below("mistral_core", index.core()),
    "mistral_core.testing": dict(_public("mistral_core.testing")),
    "mistral_funcs": {},
    **OPERATION_PAGES,
    "mistral_funcs.toolkit": {},
    **dict(sorted(_by_page("mistral_funcs", TOOLKIT).items())),
    "mistral_funcs.schemas": {},
    **_schemas(),
    "mistral_funcs.sandbox": _sandbox(),
    "mistral_funcs.pytest_plugin": {
        name: module
        for name, module in _public("mistral_funcs.pytest_plugin")
        if not name.startswith("pytest_")  # Hooks are for pytest.
    },
    "mistral_funcs.guides": {},
    **{f"mistral_funcs.guides.{each.name}": {} for each in iter_modules(guides.__path__)},
}
"""Each page, with its names and their modules."""

PAGE_OF = {name: page for page, names in PAGES.items() for name in names}
"""Each name, with its page."""

IMPORTED_FROM = ("mistral_funcs.schemas", "mistral_funcs.sandbox", "mistral_funcs.pytest_plugin")


def package_of(page: str) -> str:
    """Return the package that users import the names of a page from."""
    if page.startswith("mistral_core"):
        return page
    return next((each for each in IMPORTED_FROM if page.startswith(each)), "mistral_funcs")


def file_of(page: str) -> str:
    """Return the path of the file of a page."""
    return f"{page.replace('.', '/')}.html"
