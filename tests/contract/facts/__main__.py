"""Write the facts of the API from OpenAPI documents, JSON or YAML.

`python -m tests.contract.facts FILE [FILE ...]`: the first document holds, and later ones add what
it does not say. The facts in the repository are those of the official client, completed by the
public specifications, older ones first: only those have the fine-tuning jobs, some defaults, and
which parameters of a query are JSON.
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import yaml

from mistral_funcs._index import OPERATIONS
from tests.contract.facts.document import read_document, types_of
from tests.contract.facts.stored import Facts, Fields, fields, response_type, save


def read_file(file: Path) -> Facts:
    """Return the facts that a document states. JSON is YAML, and is read faster."""
    return read_document(yaml.load(file.read_bytes(), yaml.CSafeLoader))


def merged(first: Facts, second: Facts) -> Facts:
    """Return the facts of two documents; where they differ, the first holds.

    The second adds the operations that the package has and the first does not, and what the first
    does not say about an operation or a field.
    """
    others = {_identity(each): each for each in second.operations.values()}
    operations: dict[str, Mapping[str, Any]] = {
        name: _completed(each, others.pop(_identity(each), {}))
        for name, each in first.operations.items()
    }
    operations |= {
        name: each
        for name, each in second.operations.items()
        if name in OPERATIONS and _identity(each) in others
    }
    facts = Facts(operations, {**second.schemas, **first.schemas})
    used = facts.reachable(text for each in operations.values() for text in types_of(each))
    return Facts(
        operations,
        {name: _with_defaults(facts.schemas[name], second.schemas.get(name, {})) for name in used},
    )


def _completed(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return an operation with what only the second document can say."""
    return {key: second[key] for key in ("json_text",) if key in second} | dict(first)


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
    sys.stdout.write(f"{len(facts.operations)} operations, {len(facts.schemas)} schemas\n")


if __name__ == "__main__":
    main()
