"""Read types and objects from the schemas of an OpenAPI document."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias, cast, final

import attrs

from tests.contract.facts.notation import array, is_literal, literal, mapping, members, union
from tests.contract.facts.stored import Field

JSONObject: TypeAlias = dict[str, Any]

FORMATS = frozenset({"binary", "date-time"})
"""String formats with their own Python type."""

NOT_IN_NAMES = re.compile(r"[^\w.-]+")
"""Characters that are not allowed in the generated names of anonymous objects."""


@final
@attrs.define
class SchemaReader:
    """Reads the schemas of one document.

    Attributes:
        given: The schemas of the document by name, including nested definitions.
        schemas: The objects read so far: their fields as lines of the facts.
    """

    given: JSONObject
    schemas: dict[str, dict[str, str]] = attrs.field(factory=dict[str, dict[str, str]])

    def type_of(self, schema: JSONObject, name: str, inside: frozenset[str] = frozenset()) -> str:
        """Return a type in the notation of the facts.

        Args:
            schema: The schema.
            name: Name for an anonymous object.
            inside: Names of the enclosing schemas.
        """
        return union(self._members(schema, name, inside))

    def _members(self, schema: JSONObject, name: str, inside: frozenset[str]) -> Iterator[str]:
        if "x-opaque" in schema:
            return
        if schema.get("nullable"):
            yield "null"
        reference = str(schema.get("$ref", "")).rpartition("/")[2]
        if reference in inside:
            yield "any"
        elif reference and not self._is_placeholder(reference):
            yield from self._members(self.given[reference], reference, inside | {reference})
        elif not reference:
            yield from self._own_members(schema, name, inside)

    def _is_placeholder(self, name: str) -> bool:
        """Return whether a schema is a client's placeholder for unknown values."""
        return {"raw", "is_unknown"} <= {*self.given[name].get("properties", ())}

    def _own_members(self, schema: JSONObject, name: str, inside: frozenset[str]) -> Iterator[str]:
        merged = self.merged(schema)
        parts = [part for key in ("anyOf", "oneOf", "allOf") for part in schema.get(key, ())]
        if "" in merged["properties"]:
            yield "binary"  # A file with name and media type, as clients describe an upload.
        elif merged["properties"]:
            title = str(schema.get("title", ""))
            is_inline = name not in self.given
            chosen = title if is_inline and title.isidentifier() else NOT_IN_NAMES.sub("_", name)
            yield self._object(chosen, merged)
        elif parts:
            for number, part in enumerate(parts):
                yield from members(self.type_of(part, f"{name}.{number}", inside))
        elif "const" in schema:
            yield literal(schema["const"])
        elif "enum" in schema:
            yield from map(literal, schema["enum"])
            if [schema.get("default")] != schema["enum"]:
                yield kind if isinstance(kind := schema.get("type"), str) else "string"
        else:
            kinds = schema.get("type", "any")
            for kind in [kinds] if isinstance(kinds, str) else kinds:
                yield self._typed(kind, schema, name, inside)

    def _typed(self, kind: str, schema: JSONObject, name: str, inside: frozenset[str]) -> str:
        if kind == "array":
            return array(self.type_of(schema.get("items", {}), f"{name}.item", inside))
        if kind == "object":
            values: object = schema.get("additionalProperties")
            described = cast("JSONObject", values) if isinstance(values, dict) else {}
            return mapping(self.type_of(described, f"{name}.value", inside))
        has_format = kind == "string" and schema.get("format") in FORMATS
        return str(schema["format"]) if has_format else kind

    def merged(self, schema: JSONObject) -> JSONObject:
        """Return a schema with the properties of all schemas that it combines."""
        if "$ref" in schema:
            return self.merged(self.given[schema["$ref"].rpartition("/")[2]])
        properties, required = dict(schema.get("properties", {})), [*schema.get("required", ())]
        for part in map(self.merged, schema.get("allOf", ())):
            properties = {**part.get("properties", {}), **properties}
            required += part.get("required", ())
        return {**schema, "properties": properties, "required": required}

    def _object(self, name: str, merged: JSONObject) -> str:
        if name not in self.schemas:
            self.schemas[name] = {}
            self.schemas[name] |= self.lines(name, merged)
        return name

    def lines(self, name: str, merged: JSONObject) -> dict[str, str]:
        """Return the fields of an object as lines of the facts."""
        required = merged.get("required", ())
        read = [
            self.field(field, schema, f"{name}.{field}", required=field in required)
            for field, schema in merged["properties"].items()
        ]
        return dict(field.line for field in read)

    def field(self, name: str, schema: JSONObject, path: str, *, required: bool) -> Field:
        """Return a field of an object, or a parameter."""
        default = schema.get("default", self.merged(schema).get("default"))
        kind = self.type_of(schema, path)
        text = "" if default is None or isinstance(default, dict) else literal(default)
        return Field(name, kind, required, "" if is_literal(kind) else text)
