"""What a newer document of the API adds to the specification, put into it.

The newer one is that of the official Python client 3.7: it has arguments, fields, kinds of objects
and values of enums that the specification lacks. Nothing that the specification says is changed.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, cast

from tests.contract.openapi import Spec
from tests.contract.reading import COMPONENTS, FORM

UNIONS = ("anyOf", "oneOf")
UNKNOWN = "Unknown"
"""What the names of the client's own classes for unknown kinds begin with."""


def with_additions(spec: Spec, newer: Spec) -> Spec:
    """Return a specification with what a newer one adds to its operations and their schemas."""
    spec, newer = deepcopy(spec), _like(newer, spec)
    additions = _Additions(spec["components"]["schemas"], newer["components"]["schemas"])
    for path, method, theirs in _operations(newer):
        ours = spec["paths"].get(path, {}).get(method)
        if ours is not None:
            additions.operation(ours, theirs)
    for name in [*additions.ours]:
        if name in additions.theirs:
            additions.schema(additions.ours[name], additions.theirs[name])
    return spec


def _operations(spec: Spec) -> Iterator[tuple[str, str, Spec]]:
    """Return all operations; a path whose response is a stream is the path itself."""
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            yield path.removesuffix(FORM), method, operation


def _like(newer: Spec, spec: Spec) -> Spec:
    """Return the newer one with the names of schemas as the specification spells them."""
    spelled = {name.lower(): name for name in spec["components"]["schemas"]}

    def read(value: Any) -> Any:
        if isinstance(value, list):
            return [read(each) for each in cast("list[object]", value) if not _is_unknown(each)]
        if not isinstance(value, dict):
            return value
        fields = cast("dict[str, Any]", value)
        reference = str(fields.get("$ref", "")).removeprefix(COMPONENTS)
        if reference:
            return {"$ref": COMPONENTS + spelled.get(reference.lower(), reference)}
        return {name: read(each) for name, each in fields.items()}

    schemas = newer["components"]["schemas"]
    renamed = {spelled.get(name.lower(), name): read(each) for name, each in schemas.items()}
    return {"paths": read(newer["paths"]), "components": {"schemas": renamed}}


def _is_unknown(schema: object) -> bool:
    fields = cast("dict[str, Any]", schema) if isinstance(schema, dict) else {}
    return str(fields.get("$ref", "")).startswith(COMPONENTS + UNKNOWN)


class _Additions:
    """Add to the schemas of the specification what the newer ones have more."""

    def __init__(self, ours: Spec, theirs: Spec) -> None:
        self.ours = ours
        self.theirs = theirs

    def operation(self, ours: Spec, theirs: Spec) -> None:
        """Add parameters, and fields of the body."""
        names = {each["name"] for each in ours.get("parameters", ())}
        more = [each for each in theirs.get("parameters", ()) if each["name"] not in names]
        if more:
            ours.setdefault("parameters", []).extend(more)
        bodies = _bodies(ours), _bodies(theirs)
        for body, other in zip(*bodies, strict=True):
            self.schema(_resolved(body, self.ours), _resolved(other, self.theirs))

    def schema(self, ours: Spec, theirs: Spec) -> None:
        """Add fields to an object, members to a union, and values to an enum."""
        properties = ours.get("properties", {})
        for name, field in theirs.get("properties", {}).items():
            if name in properties:
                self._widen(properties[name], field)
            elif properties:
                properties[name] = self._taken(field)
                if name in theirs.get("required", ()):
                    ours["required"] = [*ours.get("required", ()), name]

    def _widen(self, ours: Spec, theirs: Spec) -> None:
        """Add to a union, or to the items of an array, or to an enum."""
        known = [*_members(ours, self.ours)]
        references = [each.get("$ref") for each, _ in known]
        arrays = [each for each, _ in known if each.get("type") == "array"]
        strings = [each for each, _ in known if each.get("type") == "string"]
        unions = [union for each, union in known if "$ref" in each]
        for other, _ in _members(theirs, self.theirs):
            if other.get("type") == "array" and arrays:
                self._widen(arrays[0]["items"], other["items"])
            elif "enum" in other and strings:
                values = [*strings[0].get("enum", ()), *other["enum"]]
                strings[0]["enum"] = [*dict.fromkeys(values)]
            elif "$ref" in other and other["$ref"] not in references and unions:
                unions[0].append(self._taken(other))

    def _taken(self, schema: Any) -> Any:
        """Return a copy of a schema, whose objects are then among ours."""
        if isinstance(schema, list):
            return [self._taken(each) for each in cast("list[object]", schema)]
        if not isinstance(schema, dict):
            return schema
        fields = cast("dict[str, Any]", schema)
        name = str(fields.get("$ref", "")).removeprefix(COMPONENTS)
        if not name:
            return {key: self._taken(each) for key, each in fields.items()}
        if "properties" not in self.theirs[name]:
            return self._taken(self.theirs[name])
        if name not in self.ours:
            self.ours[name] = {}
            self.ours[name] |= self._taken(self.theirs[name])
        return {"$ref": COMPONENTS + name}


def _bodies(operation: Spec) -> list[Spec]:
    contents = operation.get("requestBody", {}).get("content", {})
    return [content["schema"] for content in contents.values()]


def _resolved(schema: Spec, schemas: Spec) -> Spec:
    name = str(schema.get("$ref", "")).removeprefix(COMPONENTS)
    return _resolved(schemas[name], schemas) if name else schema


def _members(
    schema: Spec, schemas: Spec, union: list[Spec] | None = None
) -> Iterator[tuple[Spec, list[Spec]]]:
    """Return the members of a union, and of those in it, each with the list that it is in.

    What is no union is the one member of itself. Objects are references.
    """
    target = _resolved(schema, schemas)
    lists = [target[name] for name in UNIONS if name in target]
    if "properties" in target or not lists:
        yield schema if "properties" in target else target, [] if union is None else union
    for members in lists:
        for each in cast("list[Spec]", members):
            yield from _members(each, schemas, members)
