"""The rooms of the core import only rooms below them, and imports have no cycles."""

from collections import Counter

import pytest

from tests.imports import FILES, cycles, imported_names, imports
from tests.index import CORE, ROOMS

ORDER = (
    "client testing cassettes",
    "pipeline serialization",
    "limits",
    "response",
    "request",
    "auth",
    "transports structuring",
    "instrumentation",
    "runtime",
    "options hooks result",
    "errors",
    "operations",
    "http",
    "schema version",
    "display",
)
"""The rooms of `mistral_core`, from top to bottom: folders, and modules that are rooms themselves.

A room imports only rooms in the lines below its own.
"""

LEVELS = {room: level for level, row in enumerate(ORDER) for room in row.split()}


def room_of(module: str) -> str:
    """Return the room of a module of the core, or nothing for the core itself."""
    return module.split(".")[1] if module.startswith("mistral_core.") else ""


def test_each_room_is_in_the_order() -> None:
    """A new room must be added."""
    assert {room_of(name) for name in FILES} - {""} <= LEVELS.keys()


def test_rooms_import_only_rooms_below_them() -> None:
    """So that a room can be understood without those above it."""
    upward = {
        (importer.removeprefix("mistral_core."), name.removeprefix("mistral_core."))
        for importer, names in imports().items()
        for name in names
        if (room := room_of(importer)) and (other := room_of(name)) and other != room
        if LEVELS[other] <= LEVELS[room]
    }
    assert upward == set()


def test_imports_have_no_cycles() -> None:
    """Not even imports within functions."""
    assert cycles(imports()) == []


def test_cycle_is_reported() -> None:
    """Cycles of two and three modules, without modules that only import them."""
    graph = {"a": {"b"}, "b": {"a"}, "c": {"d"}, "d": {"e"}, "e": {"c"}, "f": {"a", "c"}}
    assert cycles(graph) == [{"a", "b"}, {"c", "d", "e"}]


def test_core_imports_no_operations() -> None:
    """`mistral_core` imports nothing from `mistral_funcs`."""
    names = {name for importer, names in imports().items() if room_of(importer) for name in names}
    assert not {name for name in names if name.startswith("mistral_funcs")}


@pytest.mark.parametrize(
    ("package", "rooms"),
    [("aiohttp", {"transports"}), ("backoff", {"pipeline"}), ("redis", {"limits"})],
)
def test_dependency_is_used_in_one_room(package: str, rooms: set[str]) -> None:
    """So that the library can be replaced."""
    users = {
        room_of(module)
        for module, file in FILES.items()
        if package in {name.partition(".")[0] for name in imported_names(file)}
    }
    assert users & LEVELS.keys() == rooms


def test_file_name_is_unique() -> None:
    """So that a search finds one file. The API tree, schemas and guides are exceptions."""
    names = [
        file.stem
        for module, file in FILES.items()
        if file.stem != "__init__" and not {"guides", "schemas"} & set(module.split("."))
        if file.is_relative_to(CORE) or module.count(".") == 1 or module.split(".")[1] in ROOMS
    ]
    assert {name for name, count in Counter(names).items() if count > 1} == set()
