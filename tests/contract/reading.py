"""The specification in the one shape that the checkers know, of the several it is written in."""

from collections.abc import Iterator
from typing import Any, cast

from tests.contract.openapi import Spec

COMPONENTS = "#/components/schemas/"
DEFINITIONS = "#/$defs/"
FORM = "#stream"
"""What tells a path from the same one whose answer is a stream."""


def read_spec(given: Spec) -> Spec:
    """Return a specification in which every object has its name among the components.

    What a schema defines for itself is one of them; where there is one of that name already, that
    gets the fields that it lacks. An answer that is described at its place is one by its title. A
    path that is there twice, once for the answer as a stream, is one path with two answers.

    Raises:
        ValueError: Two descriptions of one request differ.
    """
    spec: Spec = _read(given)
    components = spec["components"]["schemas"]
    for name, schema in _definitions(given):
        defined = _read(schema)
        known = components.setdefault(name, defined)
        if "properties" in defined:
            known["properties"] = {**defined["properties"], **known.get("properties", {})}
    for path in [path for path in spec["paths"] if path.endswith(FORM)]:
        for method, stream in spec["paths"].pop(path).items():
            whole = spec["paths"][path.removesuffix(FORM)][method]
            if _arguments(whole, components) != _arguments(stream, components):
                raise ValueError(f"{path} takes other arguments than the path itself")
            whole["responses"]["200"]["content"] |= stream["responses"]["200"]["content"]
    for operations in spec["paths"].values():
        for operation in operations.values():
            for media in operation["responses"]["200"]["content"].values():
                schema = media["schema"]
                if "properties" in schema:
                    components[schema["title"]] = schema
                    media["schema"] = {"$ref": f"{COMPONENTS}{schema['title']}"}
    return spec


def _read(value: Any) -> Any:
    """Return a copy without definitions, whose references lead to the components.

    An object with no properties but those that are not named is any object.
    """
    if isinstance(value, list):
        return [_read(each) for each in cast("list[object]", value)]
    if not isinstance(value, dict):
        return value
    fields = cast("dict[str, Any]", value)
    read = {name: _read(each) for name, each in fields.items() if name != "$defs"}
    if "$ref" in read:
        read["$ref"] = read["$ref"].replace(DEFINITIONS, COMPONENTS)
    if read.get("additionalProperties") is True and read.get("properties") == {}:
        del read["properties"]
    return read


def _definitions(value: object) -> Iterator[tuple[str, Any]]:
    """Return what the schemas in a value define for themselves, by name."""
    if isinstance(value, list):
        for each in cast("list[object]", value):
            yield from _definitions(each)
    elif isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        for each in fields.values():
            yield from _definitions(each)
        yield from fields.get("$defs", {}).items()


def _arguments(operation: Spec, components: Spec) -> object:
    """Return what a request takes, but for whether its answer is a stream."""
    ((media, content),) = operation["requestBody"]["content"].items()
    body = components[content["schema"]["$ref"].removeprefix(COMPONENTS)]
    types = {
        name: {key: each for key, each in field.items() if key not in ("examples", "description")}
        for name, field in body["properties"].items()
        if name != "stream"
    }
    return media, types, body.get("required"), operation.get("parameters")
