"""Fast structuring of valid values, without cattrs for the types that schemas consist of.

It takes longer to import cattrs than to read a response, so only other types and invalid values
load it.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any, final

from mistral_core.structuring.compiled import is_simple, structure_schema
from mistral_core.structuring.json_lists import structure_list
from mistral_core.structuring.primitives import PRIMITIVES, Structure
from mistral_core.structuring.unions import (
    is_list,
    is_literal,
    is_union,
    structure_literal,
    structure_union,
)

FACTORIES: tuple[tuple[Callable[[Any], bool], Callable[[Any, "QuickHooks"], Structure]], ...] = (
    (is_literal, structure_literal),
    (is_union, structure_union),
    (is_list, lambda kind, hooks: structure_list(kind, hooks, hooks.in_detail)),
    (is_simple, structure_schema),
)
"""Tests for types, each with the factory of their hooks. These do not need cattrs."""


def is_quick(kind: Any) -> bool:
    """Return whether a type has a hook without cattrs, apart from primitive types."""
    return any(matches(kind) for matches, _ in FACTORIES)


@final
class QuickHooks:
    """The structure hooks of valid values, each created on first use."""

    def __init__(self, converter: Callable[[], Any]) -> None:
        """Start with the hooks of primitive types.

        Args:
            converter: Returns the `QuickConverter` for other types and for invalid values.
        """
        self._converter = converter
        self._hooks = dict(PRIMITIVES)

    def structure(self, value: Any, kind: Any) -> Any:
        """Structure a value. The error for an invalid value is one that `faults` explains."""
        try:
            return self.get_structure_hook(kind)(value, kind)
        except Exception:  # noqa: BLE001, S110
            pass  # Outside of the `except` block the detailed error has no context.
        return self.in_detail(value, kind)

    def get_structure_hook(self, kind: Any) -> Structure:
        """Return the hook for a type."""
        hook = self._hooks.get(kind)
        if hook is None:
            hook = self._hooks[kind] = self._new_hook(kind)
        return hook

    def _new_hook(self, kind: Any) -> Structure:
        for matches, factory in FACTORIES:
            if matches(kind):
                return factory(kind, self)
        hook: Structure = self._converter().get_structure_hook(kind)
        return hook

    def in_detail(self, value: Any, kind: Any) -> Any:
        """Structure a value with the detailed converter."""
        return self._converter().detailed.structure(value, kind)


# By its name: that module uses this one.
quick = QuickHooks(lambda: import_module("mistral_core.structuring.converter").converter)
"""The hooks that the clients of a process share."""
