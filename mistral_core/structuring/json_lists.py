"""Fast structuring of lists."""

from math import isfinite
from typing import Any, final, get_args

from mistral_core.schema import Unknown
from mistral_core.structuring.compiled import unconverted_types
from mistral_core.structuring.primitives import (
    MAX_FAULTS,
    NOT_EXPLAINED,
    Hooks,
    Structure,
    take_any,
    wrong_type,
)


@final
class Structured(list[Any]):
    """A list whose items have already been structured."""


def structure_list(kind: Any, converter: Hooks, forgive: Structure) -> Structure:
    """Return the hook for a list.

    Args:
        kind: The type of the list.
        converter: The converter that provides the hook for the items.
        forgive: Structures invalid items, as a list of the same type, if items may be `Unknown`.
    """
    (item_type,) = get_args(kind) or (Any,)
    structure_item = converter.get_structure_hook(item_type)
    if Unknown in get_args(item_type):
        return _structure_forgiving(kind, item_type, structure_item, forgive)
    unconverted = {*unconverted_types(item_type)} - {float}

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not list:
            return _structured_items(value)
        for each in value:
            if type(each) not in unconverted:
                break
        else:
            return value.copy()
        if item_type is float and {*map(type, value)} == {float} and isfinite(sum(value)):
            return value.copy()
        return [structure_item(each, item_type) for each in value]

    return structure


def _structured_items(value: Any) -> list[Any]:
    if not isinstance(value, Structured):
        raise wrong_type("an array", value)
    return [*value]


def _structure_forgiving(
    kind: Any, item_type: Any, structure_item: Structure, forgive: Structure
) -> Structure:
    """Return the hook for a list in which invalid items are `Unknown`."""

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not list:
            return _structured_items(value)
        items: list[Any] = []
        unknown = 0
        for each in value:
            try:
                items.append(structure_item(each, item_type))
            except Exception:  # noqa: BLE001
                unknown += 1
                if unknown <= MAX_FAULTS:
                    items += forgive([each], kind)
                else:
                    items.append(Unknown(take_any(each), NOT_EXPLAINED))
        return items

    return structure
