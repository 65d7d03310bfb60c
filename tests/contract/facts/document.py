"""Read the facts from an OpenAPI document of any style, without its prose."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from mistral_funcs._index import OPERATIONS
from tests.contract.facts.notation import members, union
from tests.contract.facts.schema_reader import JSONObject, SchemaReader
from tests.contract.facts.stored import Facts, fields, request_types, response_type

KINDS = {
    "text/event-stream": "Events",
    "application/json": "JSON",
    "application/jsonl": "JSONLines",
}
"""Response kinds by media type. All other types are `Binary`."""

FUNCTIONS = {(method, path, kind): name for name, (_, method, path, kind, _) in OPERATIONS.items()}


def _operations(
    reader: SchemaReader, method: str, path: str, given: JSONObject
) -> Iterator[tuple[str, JSONObject]]:
    """Yield a named operation for each kind of successful response."""
    returns = _returns(reader, given, f"{method} {path}")
    request = _request(reader, given, f"{method} {path}")
    errors = _errors(reader, given, f"{method} {path}")
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


def _request(reader: SchemaReader, given: JSONObject, name: str) -> JSONObject:
    """Return the contents of a request, by place."""
    request: JSONObject = {}
    for each in given.get("parameters", ()):
        described = each["content"]["application/json"] if "content" in each else each
        schema = described["schema"]
        if "content" in each:
            request.setdefault("json_text", []).append(each["name"])
        required = bool(each.get("required"))
        field = reader.field(each["name"], schema, f"{name}.{each['name']}", required=required)
        request.setdefault(each["in"], {}).update([field.line])
        if "x-argument" in each:
            request.setdefault("arguments", {})[each["name"]] = each["x-argument"]
    for media, content in given.get("requestBody", {}).get("content", {}).items():
        body = reader.merged(content["schema"])
        if body["properties"]:
            place = "json" if media == "application/json" else "form"
            request[place] = reader.lines(name, body)
        else:
            request["body"] = reader.type_of(content["schema"], f"{name}.body")
    return request


def _returns(reader: SchemaReader, given: JSONObject, name: str) -> list[tuple[str, str, str]]:
    """Return the status, kind and type of each successful response."""
    returns: list[tuple[str, str, str]] = []
    for status, response in given["responses"].items():
        if not status.startswith("2"):
            continue
        for media, content in response.get("content", {}).items():
            kind = KINDS.get(media, "Binary")
            text = reader.type_of(content.get("schema", {}), f"{name}.response")
            if kind == "Events":
                event = fields(reader.schemas.get(text, {}))
                text = event["data"].type if "data" in event else text
            returns.append((status, kind, "" if kind == "Binary" else text))
        if not response.get("content"):
            returns.append((status, "NoContent", ""))
    return returns


def _errors(reader: SchemaReader, given: JSONObject, name: str) -> str:
    """Return the type of the described errors."""
    described = [
        content.get("schema", {})
        for status, response in given["responses"].items()
        if not status.startswith("2")
        for content in response.get("content", {}).values()
    ]
    types = [reader.type_of(part, f"{name}.error") for part in described]
    return union([*given.get("x-errors", ()), *(each for one in types for each in members(one))])


def read_document(document: Mapping[str, Any]) -> Facts:
    """Return the facts in an OpenAPI document."""
    reader = SchemaReader(dict(document["components"]["schemas"]))
    for name, schema in _definitions(document):
        definition = reader.given.get(name, schema)
        properties = {**schema.get("properties", {}), **definition.get("properties", {})}
        reader.given[name] = {**definition, "properties": properties} if properties else definition
    operations: JSONObject = {}
    for path, methods in document["paths"].items():
        for method, given in methods.items():
            operations |= _operations(reader, method.upper(), path.partition("#")[0], given)
    _separate_twins(operations)
    facts = Facts(operations, reader.schemas)
    used = facts.reachable(text for each in operations.values() for text in types_of(each))
    return Facts(operations, {name: reader.schemas[name] for name in used})


def _definitions(value: object) -> Iterator[tuple[str, JSONObject]]:
    """Yield the nested definitions (`$defs`) of schemas."""
    if isinstance(value, list):
        for each in cast("list[object]", value):
            yield from _definitions(each)
    elif isinstance(value, dict):
        fields = cast("JSONObject", value)
        yield from fields.get("$defs", {}).items()
        for each in fields.values():
            yield from _definitions(each)


def _separate_twins(operations: JSONObject) -> None:
    """Make `stream` a constant if one endpoint has both kinds of responses."""
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
    """Return the types in a request and its response."""
    yield from request_types(operation)
    yield response_type(operation)[2]
    yield operation.get("errors", "")
