"""Lazy packages, which import a name from its module on first use.

Importing such a package loads nothing else, not even `typing`, which would take most of the time.
"""

import sys
from importlib import import_module

TYPE_CHECKING = False  # Type checkers assume that it is true.
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


def lazy_exports(
    package: str, modules: "Mapping[str, str]"
) -> "tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]":
    """Return `__getattr__`, `__dir__` and `__all__` for a package.

    Args:
        package: The name of the package.
        modules: The exported names, each with the submodule that defines it.
    """

    def load(name: str) -> "Any":
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name)
        value = getattr(import_module(f"{package}.{modules[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return load, lambda: sorted(modules), sorted(modules)
