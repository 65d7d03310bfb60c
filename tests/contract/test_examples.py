"""The examples of responses in the API's own documents are read."""

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import mistral_funcs
from mistral_core import JSON, Operation, Response, Unknown
from mistral_core.structuring.converter import converter
from tests.contract.openapi import Spec


def operations() -> dict[tuple[str, str], Operation[Any]]:
    """Return the operations whose response is JSON, by method and path."""
    modules = [
        import_module(f"mistral_funcs.{resource}.{verb}")
        for resource, row in mistral_funcs.MENU.items()
        for verb in row.split()
    ]
    found = [module.OPERATION for module in modules]
    return {
        (operation.method.lower(), operation.path): operation
        for operation in found
        if isinstance(operation.returns, JSON)
    }


def examples(spec: Spec) -> Iterator[tuple[tuple[str, str], Any]]:
    """Go through the examples of responses, each with the method and path of its operation."""
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            content = operation["responses"]["200"]["content"].get("application/json", {})
            shown = [each["value"] for each in content.get("examples", {}).values()]
            if "example" in content:
                shown.append(content["example"])
            yield from (((method, path), value) for value in shown)


def test_each_example_is_read(spec: Spec) -> None:
    """And none of it is of an unknown kind."""
    known = operations()
    shown = list(examples(spec))
    assert len(shown) > 10
    for place, value in shown:
        if place in known:
            response = Response(200, body=json.dumps(value, default=str).encode())
            made = known[place].returns.read(response, None)  # type: ignore[arg-type]
            assert not isinstance(made, Unknown)
            assert converter.unstructure(made)
