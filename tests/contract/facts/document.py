"""The facts that an OpenAPI document states, whatever its style, without its prose."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias, cast, final

import attrs

from mistral_funcs._index import OPERATIONS
from tests.contract.facts.notation import array, is_literal, literal, mapping, members, union
from tests.contract.facts.stored import Facts, Field, fields, request_types, response_type

JSONObject: TypeAlias = dict[str, Any]

FORMATS = frozenset({"binary", "date-time"})
"""The formats of strings that have a Python type of their own."""

KINDS = {
    "text/event-stream": "Events",
    "application/json": "JSON",
    "application/jsonl": "JSONLines",
}
"""The kind of the response for each media type; all others are `Binary`."""

NOT_IN_NAMES = re.compile(r"[^\w.-]+")
"""What the names of objects do not contain, which have none of their own but their place."""

FUNCTIONS = {(method, path, kind): name for name, (_, method, path, kind, _) in OPERATIONS.items()}


@final
@attrs.define
class Reader:
    """Read one document.

    Attributes:
        given: The schemas of the document by their names, and those that schemas define.
        schemas: The objects that were read: their fields, as lines of the facts.
    """

    given: JSONObject
    schemas: dict[str, dict[str, str]] = attrs.field(factory=dict[str, dict[str, str]])

    def type_of(self, schema: JSONObject, name: str, inside: frozenset[str] = frozenset()) -> str:
        """Return a type in the notation of the facts.

        Args:
            schema: The schema.
            name: What an object is called that has no name of its own.
            inside: The names of the schemas that this one is a part of.
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
        """Return whether a schema only stands for what a client does not know."""
        return {"raw", "is_unknown"} <= {*self.given[name].get("properties", ())}

    def _own_members(self, schema: JSONObject, name: str, inside: frozenset[str]) -> Iterator[str]:
        merged = self._merged(schema)
        parts = [part for key in ("anyOf", "oneOf", "allOf") for part in schema.get(key, ())]
        if "" in merged["properties"]:
            yield "binary"  # A file with its name and media type, as clients describe an upload.
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

    def _merged(self, schema: JSONObject) -> JSONObject:
        """Return a schema with the properties of all that it is made of."""
        if "$ref" in schema:
            return self._merged(self.given[schema["$ref"].rpartition("/")[2]])
        properties, required = dict(schema.get("properties", {})), [*schema.get("required", ())]
        for part in map(self._merged, schema.get("allOf", ())):
            properties = {**part.get("properties", {}), **properties}
            required += part.get("required", ())
        return {**schema, "properties": properties, "required": required}

    def _object(self, name: str, merged: JSONObject) -> str:
        if name not in self.schemas:
            self.schemas[name] = {}
            self.schemas[name] |= self.lines(name, merged)
        return name

    def lines(self, name: str, merged: JSONObject) -> dict[str, str]:
        """Return the fields of an object, as lines of the facts."""
        required = merged.get("required", ())
        read = [
            self.field(field, schema, f"{name}.{field}", required=field in required)
            for field, schema in merged["properties"].items()
        ]
        return dict(field.line for field in read)

    def field(self, name: str, schema: JSONObject, path: str, *, required: bool) -> Field:
        """Return a field of an object, or a parameter."""
        default = schema.get("default", self._merged(schema).get("default"))
        kind = self.type_of(schema, path)
        text = "" if default is None or isinstance(default, dict) else literal(default)
        return Field(name, kind, required, "" if is_literal(kind) else text)

    def operations(
        self, method: str, path: str, given: JSONObject
    ) -> Iterator[tuple[str, JSONObject]]:
        """Return an operation for each way in which a success is returned, with its name."""
        returns = self._returns(given, f"{method} {path}")
        request = self._request(given, f"{method} {path}")
        errors = self._errors(given, f"{method} {path}")
        streamed = any(kind == "Events" for _, kind, _ in returns)
        for status, kind, text in returns:
            name = FUNCTIONS.get((method, path, kind), f"{method} {path} {kind}")
            if "x-function" in given:
                name = given["x-function"]
                if streamed and len(returns) > 1 and kind == "Events":
                    name = f"{name.rpartition('_')[0]}_stream"
            operation = {
                "endpoint": f"{method} {path}",
                **request,
                "returns": " ".join(filter(None, (status, kind, text))),
            }
            if errors:
                operation["errors"] = errors
            yield name, operation

    def _request(self, given: JSONObject, name: str) -> JSONObject:
        """Return what a request contains, by its place."""
        request: JSONObject = {}
        for each in given.get("parameters", ()):
            described = each["content"]["application/json"] if "content" in each else each
            schema = described["schema"]
            if "content" in each:
                request.setdefault("json_text", []).append(each["name"])
            required = bool(each.get("required"))
            field = self.field(each["name"], schema, f"{name}.{each['name']}", required=required)
            request.setdefault(each["in"], {}).update([field.line])
            if "x-argument" in each:
                request.setdefault("arguments", {})[each["name"]] = each["x-argument"]
        for media, content in given.get("requestBody", {}).get("content", {}).items():
            body = self._merged(content["schema"])
            if body["properties"]:
                place = "json" if media == "application/json" else "form"
                request[place] = self.lines(name, body)
            else:
                request["body"] = self.type_of(content["schema"], f"{name}.body")
        return request

    def _returns(self, given: JSONObject, name: str) -> list[tuple[str, str, str]]:
        """Return the status, the kind and the type of each successful response."""
        returns: list[tuple[str, str, str]] = []
        for status, response in given["responses"].items():
            if not status.startswith("2"):
                continue
            for media, content in response.get("content", {}).items():
                kind = KINDS.get(media, "Binary")
                text = self.type_of(content.get("schema", {}), f"{name}.response")
                if kind == "Events":
                    event = fields(self.schemas.get(text, {}))
                    text = event["data"].type if "data" in event else text
                returns.append((status, kind, "" if kind == "Binary" else text))
            if not response.get("content"):
                returns.append((status, "NoContent", ""))
        return returns

    def _errors(self, given: JSONObject, name: str) -> str:
        """Return the type of the errors: any of those that are described."""
        described = [
            content.get("schema", {})
            for status, response in given["responses"].items()
            if not status.startswith("2")
            for content in response.get("content", {}).values()
        ]
        types = [self.type_of(part, f"{name}.error") for part in described]
        return union(
            [*given.get("x-errors", ()), *(each for one in types for each in members(one))]
        )


def read_document(document: Mapping[str, Any]) -> Facts:
    """Return the facts that an OpenAPI document states."""
    reader = Reader(dict(document["components"]["schemas"]))
    for name, schema in _definitions(document):
        reader.given.setdefault(name, schema)
    operations: JSONObject = {}
    for path, methods in document["paths"].items():
        for method, given in methods.items():
            operations |= reader.operations(method.upper(), path.partition("#")[0], given)
    _separate_twins(operations)
    facts = Facts(operations, reader.schemas)
    used = facts.reachable(text for each in operations.values() for text in types_of(each))
    return Facts(operations, {name: reader.schemas[name] for name in used})


def _definitions(value: object) -> Iterator[tuple[str, JSONObject]]:
    """Return the schemas that schemas define for themselves."""
    if isinstance(value, list):
        for each in cast("list[object]", value):
            yield from _definitions(each)
    elif isinstance(value, dict):
        fields = cast("JSONObject", value)
        yield from fields.get("$defs", {}).items()
        for each in fields.values():
            yield from _definitions(each)


def _separate_twins(operations: JSONObject) -> None:
    """Make `stream` a constant where one endpoint has two kinds of responses."""
    kinds: dict[str, set[bool]] = {}
    for each in operations.values():
        kinds.setdefault(each["endpoint"], set()).add(" Events" in each["returns"])
    for each in operations.values():
        if len(kinds[each["endpoint"]]) > 1:
            for place in ("json", "form"):
                lines = each.get(place, {})
                kept = {key: text for key, text in lines.items() if key.rstrip("?") != "stream"}
                if len(kept) < len(lines):
                    each[place] = kept
                    if " Events" in each["returns"]:
                        each["constants"] = {"stream": True}


def types_of(operation: Mapping[str, Any]) -> Iterator[str]:
    """Return the types of all that a request and its response may contain."""
    yield from request_types(operation)
    yield response_type(operation)[2]
    yield operation.get("errors", "")
