"""Write the facts of the API from OpenAPI documents, JSON or YAML.

`python -m tests.contract.facts FILE [FILE ...]`: the first document takes precedence, and later
ones add missing facts. The facts in the repository are those of the official client, completed by
the public specifications, older ones first: only those have the fine-tuning jobs, some defaults,
and which query parameters are JSON.
"""

import argparse
import sys
from collections.abc import Mapping
from functools import reduce
from pathlib import Path
from typing import Any

import attrs
import yaml

from mistral_funcs._index import OPERATIONS
from tests.contract.facts.document import read_document, types_of
from tests.contract.facts.response_examples import read_examples, save_examples
from tests.contract.facts.stored import Facts, Fields, fields, request_types, response_type, save


def read_file(file: Path) -> dict[str, Any]:
    """Return an OpenAPI document. JSON is YAML."""
    document: dict[str, Any] = yaml.load(file.read_bytes(), yaml.CSafeLoader)
    return document


def merged(first: Facts, second: Facts) -> Facts:
    """Return the facts of two documents. The first one takes precedence.

    The second adds the operations that the package has and the first does not, the fields of
    responses that the first does not have, and what it does not say about an operation or a field.
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
    sent = second.reachable(
        text for each in second.operations.values() for text in request_types(each)
    )
    schemas = {
        name: _with_defaults(lines, second.schemas.get(name, {}), more=name not in sent)
        for name, lines in first.schemas.items()
    }
    facts = Facts(operations, {**second.schemas, **schemas})
    used = facts.reachable(text for each in operations.values() for text in types_of(each))
    return Facts(operations, {name: facts.schemas[name] for name in used})


def _completed(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Complete an operation with facts that only the second document has."""
    return {key: second[key] for key in ("json_text",) if key in second} | dict(first)


def _identity(operation: Mapping[str, Any]) -> tuple[str, str]:
    return operation["endpoint"], response_type(operation)[1]


def _with_defaults(first: Fields, second: Fields, *, more: bool) -> dict[str, str]:
    """Return the fields of the first, with defaults that only the second has.

    Args:
        first: The fields that hold.
        second: The same object in another document.
        more: Whether to add the fields that only the second has: a response may contain them.
    """
    read, others = fields(first), fields(second)
    defaults = {
        name: attrs.evolve(each, default=each.default or others[name].default)
        for name, each in read.items()
        if name in others
    }
    added = {name: attrs.evolve(each, required=False) for name, each in others.items() if more}
    return dict(each.line for each in {**added, **read, **defaults}.values())


def main() -> None:
    """Read the documents and write the facts."""
    parser = argparse.ArgumentParser(prog="python -m tests.contract.facts", description=__doc__)
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    documents = [read_file(file) for file in parser.parse_args().files]
    facts = reduce(merged, map(read_document, documents))
    save(facts)
    save_examples(
        {
            endpoint: values
            for document in reversed(documents)
            for endpoint, values in read_examples(document).items()
        }
    )
    sys.stdout.write(f"{len(facts.operations)} operations, {len(facts.schemas)} schemas\n")


if __name__ == "__main__":
    main()
