"""Write the facts of the API from OpenAPI documents, JSON or YAML.

`python -m tests.contract.facts FILE [FILE ...]`: a later document adds the operations and
defaults that the earlier ones lack.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import yaml

from tests.contract.facts.document import read_document, types_of
from tests.contract.facts.stored import Facts, Fields, fields, response_type, save


def read_file(file: Path) -> Facts:
    """Return the facts that a document states. JSON is YAML, and is read faster."""
    return read_document(yaml.load(file.read_bytes(), yaml.CSafeLoader))


def merged(first: Facts, second: Facts) -> Facts:
    """Return the facts of two documents; where they differ, the first holds."""
    known = {_identity(each) for each in first.operations.values()}
    added = {
        name: each for name, each in second.operations.items() if _identity(each) not in known
    }
    used = second.reachable(text for each in added.values() for text in types_of(each))
    schemas = {name: second.schemas[name] for name in used} | {
        name: _with_defaults(lines, second.schemas.get(name, {}))
        for name, lines in first.schemas.items()
    }
    return Facts({**first.operations, **added}, schemas)


def _identity(operation: Mapping[str, Any]) -> tuple[str, str]:
    return operation["endpoint"], response_type(operation)[1]


def _with_defaults(first: Fields, second: Fields) -> dict[str, str]:
    """Return the fields of the first, with the defaults that only the second states."""
    others = fields(second)
    read = [
        attrs.evolve(each, default=others[each.name].default)
        if not each.default and each.name in others
        else each
        for each in fields(first).values()
    ]
    return dict(each.line for each in read)


def main() -> None:
    """Read the documents and write the facts."""
    parser = argparse.ArgumentParser(prog="python -m tests.contract.facts", description=__doc__)
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    facts, *rest = map(read_file, parser.parse_args().files)
    for each in rest:
        facts = merged(facts, each)
    save(facts)
    print(f"{len(facts.operations)} operations, {len(facts.schemas)} schemas")


if __name__ == "__main__":
    main()
