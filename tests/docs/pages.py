"""The pages of the API reference, and the names on each: what users import from there."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

import attrs

from mistral_funcs import guides
from mistral_funcs._index import OPERATIONS, TOOLKIT
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


PAGES: Mapping[str, Mapping[str, str]] = {
    "mistral_core": _below("mistral_core", index.core()),
    "mistral_core.testing": dict(_public("mistral_core.testing")),
    "mistral_funcs": _below(
        "mistral_funcs", {name: row[0] for name, row in OPERATIONS.items()} | dict(TOOLKIT)
    ),
    "mistral_funcs.schemas": _below("mistral_funcs.schemas", SCHEMAS),
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
