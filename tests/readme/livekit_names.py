"""The names of `livekit.rtc` that its stand-in has, with their parameters and values.

Written by `python -m tests.readme.livekit_names` where the package is installed.
"""

import importlib
import inspect
import json
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

from tests.readme.stand_ins.livekit import rtc as stand_in

FACTS = Path(__file__).with_name("livekit_names.json")


def classes() -> list[str]:
    """Return the names of the classes of the stand-in."""
    own = {name: each for name, each in vars(stand_in).items() if isinstance(each, type)}
    return [name for name, each in own.items() if each.__module__ == stand_in.__name__]


def names_of(module: ModuleType) -> dict[str, Any]:
    """Return what a module has of the names in the stand-in."""
    names: dict[str, Any] = {}
    for name in classes():
        cls: Any = getattr(module, name)
        own: dict[str, Any] = {**vars(vars(stand_in)[name])}
        members = [each for each in own if _is_public(each)]
        names |= {f"{name}.{each}": _described(cls, each) for each in members}
    return names


def _is_public(name: str) -> bool:
    return not name.startswith("_") or name in {"__init__", "__aiter__", "__anext__"}


def _described(cls: Any, name: str) -> Any:
    """Return the value of a constant, or the parameters of a function."""
    member = inspect.getattr_static(cls, name, None)
    if isinstance(member, property):
        return "property"
    member = getattr(cls, name)
    if not callable(member):
        return member
    prefix = "async " if inspect.iscoroutinefunction(member) else ""
    parameters = inspect.signature(member).parameters.values()
    return [prefix + name, *(f"{each.kind.description} {each.name}" for each in parameters)]


if __name__ == "__main__":
    package = importlib.import_module("livekit.rtc")
    events = get_args(importlib.import_module("livekit.rtc.room").EventTypes)
    facts = {"version": version("livekit"), "events": events, **names_of(package)}
    FACTS.write_text(f"{json.dumps(facts, indent=1)}\n", "utf-8")
