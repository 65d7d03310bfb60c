"""Response examples from OpenAPI documents, with strings and arrays shortened."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

FILE = Path(__file__).with_name("responses.json")
LONGEST_STRING = 40
MOST_ITEMS = 2


def read_examples(document: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the examples of JSON responses by endpoint."""
    examples: dict[str, list[Any]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            endpoint = f"{method.upper()} {path.partition('#')[0]}"
            examples.setdefault(endpoint, []).extend(_examples(operation))
    return {endpoint: values for endpoint, values in examples.items() if values}


def _examples(operation: Mapping[str, Any]) -> Iterator[Any]:
    for status, response in operation["responses"].items():
        content = response.get("content", {}).get("application/json", {})
        if status.startswith("2"):
            yield from (_short(each["value"]) for each in content.get("examples", {}).values())
            if "example" in content:
                yield _short(content["example"])


def _short(value: object) -> object:
    """Return a value with shortened strings and arrays."""
    if isinstance(value, dict):
        return {name: _short(each) for name, each in cast("dict[str, object]", value).items()}
    if isinstance(value, list):
        return [_short(each) for each in cast("list[object]", value)[:MOST_ITEMS]]
    return value[:LONGEST_STRING] if isinstance(value, str) else value


def load_examples() -> dict[str, list[Any]]:
    """Return the examples in the repository."""
    examples: dict[str, list[Any]] = json.loads(FILE.read_text("utf-8"))
    return examples


def save_examples(examples: Mapping[str, list[Any]]) -> None:
    """Write the examples to the repository, one endpoint per line."""
    lines = (
        f"{json.dumps(endpoint)}: {json.dumps(examples[endpoint], ensure_ascii=False)}"
        for endpoint in sorted(examples)
    )
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
