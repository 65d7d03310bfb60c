"""Report the differences between an OpenAPI document and the facts in the repository.

`python -m tests.contract.drift FILE` exits with 1 if anything differs. Operations are matched by
their endpoint, and schemas by their place in them where the names differ. Defaults and errors are
not compared: documents leave them out at will.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from tests.contract.facts.__main__ import read_file
from tests.contract.facts.document import read_document
from tests.contract.facts.notation import NAME, members, names
from tests.contract.facts.stored import (
    PLACES,
    Facts,
    Fields,
    fields,
    load,
    request_types,
    response_type,
)

Operation: TypeAlias = Mapping[str, Any]
Pair: TypeAlias = tuple[Operation, Operation]
Types: TypeAlias = tuple[str, str]

PARAMETER = re.compile(r"\{\w+\}")


def drift(old: Facts, new: Facts) -> Iterator[str]:
    """Return the lines of a report. No lines mean that the facts are the same."""
    ours, theirs = _by_endpoint(old), _by_endpoint(new)
    pairs = {name: (each, theirs[key][1]) for key, (name, each) in ours.items() if key in theirs}
    renamed = _renamed(old, new, [*pairs.values()])
    for key in sorted(theirs.keys() - ours.keys()):
        yield f"operation added: {theirs[key][1]['endpoint']} ({theirs[key][1]['returns']})"
    for key in sorted(ours.keys() - theirs.keys()):
        yield f"operation removed: {ours[key][0]}, {ours[key][1]['endpoint']}"
    for name, pair in sorted(pairs.items()):
        yield from _block(f"operation changed: {name}", _operation_changes(*pair, renamed))
    before, after = (
        _used(facts, [pair[i] for pair in pairs.values()]) for i, facts in enumerate((old, new))
    )
    by_old_name = {renamed.get(name, name): new.schemas[name] for name in after}
    for name in sorted(renamed):
        yield f"schema renamed: {renamed[name]} is {name}"
    for name in sorted(by_old_name.keys() - before):
        yield f"schema added: {name}"
    for name in sorted(before - by_old_name.keys()):
        yield f"schema removed: {name}"
    for name in sorted(before & by_old_name.keys()):
        changes = _field_changes(old.schemas[name], by_old_name[name], renamed)
        yield from _block(f"schema changed: {name}", changes)


def _used(facts: Facts, operations: list[Operation]) -> set[str]:
    """Return the schemas that requests and responses contain. All others are ignored."""
    return facts.reachable(
        text for each in operations for text in (*request_types(each), response_type(each)[2])
    )


def _block(title: str, changes: Iterator[str]) -> Iterator[str]:
    lines = [f"    {each}" for each in changes]
    if lines:
        yield from (title, *lines)


def _by_endpoint(facts: Facts) -> dict[tuple[str, bool], tuple[str, Operation]]:
    """Return the operations by endpoint without parameter names, and by whether they stream."""
    return {
        (PARAMETER.sub("{}", each["endpoint"]), response_type(each)[1] == "Events"): (name, each)
        for name, each in sorted(facts.operations.items(), reverse=True)
    }


def _operation_changes(old: Operation, new: Operation, renamed: Mapping[str, str]) -> Iterator[str]:
    yield from _change("endpoint", (old["endpoint"], new["endpoint"]))
    for place in PLACES:
        lines = old.get(place, {}), new.get(place, {})
        yield from (f"{place}.{each}" for each in _field_changes(*lines, renamed))
    yield from _change("body", (old.get("body", ""), _translated(new.get("body", ""), renamed)))
    statuses, kinds, types = zip(response_type(old), response_type(new), strict=True)
    yield from _change("status", statuses)
    yield from _change("response kind", kinds)
    yield from _change("response", (types[0], _translated(types[1], renamed)))


def _field_changes(old: Fields, new: Fields, renamed: Mapping[str, str]) -> Iterator[str]:
    before, after = fields(old), fields(new)
    for name in sorted(before.keys() | after.keys()):
        if name not in before:
            yield f"{name} added: {after[name].type}"
        elif name not in after:
            yield f"{name} removed"
        else:
            is_required = {True: "required", False: "optional"}
            required = is_required[before[name].required], is_required[after[name].required]
            yield from _change(name, required)
            yield from _change(name, (before[name].type, _translated(after[name].type, renamed)))


def _change(label: str, values: Types) -> Iterator[str]:
    if values[0] != values[1]:
        lost, added = ([*members(each)] for each in values)
        if len(lost) + len(added) > 3 and {*lost} & {*added}:
            parts = [f"-{each}" for each in lost if each not in added]
            yield f"{label}: {' '.join(parts + [f'+{each}' for each in added if each not in lost])}"
        else:
            yield f"{label}: {values[0] or 'nothing'} -> {values[1] or 'nothing'}"


def _translated(text: str, renamed: Mapping[str, str]) -> str:
    """Return a type of the new facts with the old names of schemas."""
    return NAME.sub(lambda match: renamed.get(match[0], match[0]), text)


def _renamed(old: Facts, new: Facts, pairs: list[Pair]) -> dict[str, str]:
    """Return the old names of renamed schemas, by their new names.

    A schema is renamed if it is the only new one in a place where only one other was removed.
    """
    renamed: dict[str, str] = {}
    waiting = [types for pair in pairs for types in _operation_types(*pair)]
    for name in old.schemas.keys() & new.schemas.keys():
        waiting += _field_types(old.schemas[name], new.schemas[name])
    while waiting:
        ours, theirs = waiting.pop()
        gone, added = names(ours) - new.schemas.keys(), names(theirs) - old.schemas.keys()
        if len(gone) == len(added) == 1 and not added <= renamed.keys():
            (before,), (after,) = gone, added
            if before not in renamed.values():
                renamed[after] = before
                waiting += _field_types(old.schemas[before], new.schemas[after])
    return renamed


def _operation_types(old: Operation, new: Operation) -> Iterator[Types]:
    for place in PLACES:
        yield from _field_types(old.get(place, {}), new.get(place, {}))
    yield old.get("body", ""), new.get("body", "")
    yield response_type(old)[2], response_type(new)[2]


def _field_types(old: Fields, new: Fields) -> Iterator[Types]:
    before, after = fields(old), fields(new)
    return ((before[name].type, after[name].type) for name in before.keys() & after.keys())


def main() -> int:
    """Print the report and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.contract.drift", description=__doc__)
    parser.add_argument("file", metavar="FILE", type=Path)
    lines = [*drift(load(), read_document(read_file(parser.parse_args().file)))]
    sys.stdout.writelines(f"{line}\n" for line in lines or ["No differences."])
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
