"""Fast structuring of valid values, without cattrs for the types that schemas consist of.

It takes longer to import cattrs than to read a response, so only other types and invalid values
load it.
"""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from types import NoneType
from typing import Any, final

from mistral_core.schema import UnixTime
from mistral_core.structuring.compiled import is_simple, structure_schema
from mistral_core.structuring.json_lists import structure_list
from mistral_core.structuring.primitives import (
    Structure,
    strict_bool,
    strict_datetime,
    strict_float,
    strict_int,
    strict_none,
    strict_str,
    strict_unix_time,
    take_any,
)
from mistral_core.structuring.unions import (
    is_list,
    is_literal,
    is_union,
    structure_literal,
    structure_union,
)

PRIMITIVES: dict[Any, Structure] = {
    Any: take_any,
    UnixTime: strict_unix_time,
    str: strict_str,
    bool: strict_bool,
    int: strict_int,
    float: strict_float,
    NoneType: strict_none,
    datetime: strict_datetime,
}
"""The hooks of types that are no containers."""


def is_quick(kind: Any) -> bool:
    """Return whether a type has a hook without cattrs, apart from primitive types."""
    return is_literal(kind) or is_union(kind) or is_list(kind) or is_simple(kind)


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
        return self._in_detail(value, kind)

    def get_structure_hook(self, kind: Any) -> Structure:
        """Return the hook for a type."""
        hook = self._hooks.get(kind)
        if hook is None:
            hook = self._hooks[kind] = self._new_hook(kind)
        return hook

    def _new_hook(self, kind: Any) -> Structure:
        if is_literal(kind):
            return structure_literal(kind, self)
        if is_union(kind):
            return structure_union(kind, self)
        if is_list(kind):
            return structure_list(kind, self, self._in_detail)
        if is_simple(kind):
            return structure_schema(kind, self)
        hook: Structure = self._converter().get_structure_hook(kind)
        return hook

    def _in_detail(self, value: Any, kind: Any) -> Any:
        return self._converter().detailed.structure(value, kind)


# By its name: that module uses this one.
quick = QuickHooks(lambda: import_module("mistral_core.structuring.converter").converter)
"""The hooks that the clients of a process share."""
