"""Checkers: what the code says of an operation or a schema, against what the specification says.

Each checker returns the differences; none at all is agreement. Types are compared as sets of
words, which both sides are translated into: `str | None` and `anyOf: [string, null]` are both
`{"string", "null"}`.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, Literal, TypeAlias, Union, cast, final, get_args, get_origin, get_type_hints

import attrs

from mistral_core import (
    UNSET,
    ByteStream,
    Events,
    EventStream,
    File,
    FileContent,
    Ok,
    Operation,
    Schema,
    UnixTime,
    Unknown,
)
from tests.contract.exceptions import EXCEPTIONS, IDENTITIES

Spec: TypeAlias = dict[str, Any]
Function: TypeAlias = Callable[..., Any]
Words: TypeAlias = frozenset[str]

FILE: Any = File | FileContent
"""What is uploaded: one type, though it is a union."""

PLAIN: dict[Any, str] = {
    str: "string",
    int: "integer",
    UnixTime: "integer",
    float: "number",
    bool: "boolean",
    bytes: "binary",
    datetime: "date-time",
    NoneType: "null",
    Any: "any",
    object: "any",
    FILE: "binary",
    ByteStream: "binary",
}
"""The word for each plain Python type, as the specification has it."""

FORMATS = ("binary", "date-time")
"""The formats of strings that have a Python type of their own."""

NOTHING: Words = frozenset()

ADDITIONAL: Words = frozenset({"object of any", "null"})
"""The type of the argument for fields that a request may have beside the specified ones."""

LEFT_OUT = "left out"
"""The word for `Unset`."""


@final
@attrs.frozen
class Fault:
    """Name one difference.

    Attributes:
        of: The schema or function.
        name: The field or argument; empty where it is the whole.
        what: What of it differs.
        ours: What the code says.
        theirs: What the specification says.
    """

    of: str
    name: str
    what: str
    ours: object
    theirs: object

    @property
    def is_known(self) -> bool:
        """Whether the table of exceptions has a reason for it."""
        return any((of, self.name, self.what) in EXCEPTIONS for of in (self.of, "*"))


def unknown(faults: Iterator[Fault]) -> list[Fault]:
    """Return the faults that no exception excuses."""
    return [fault for fault in faults if not fault.is_known]


# ------------------------------------------------------------------ types, as words of both sides


def python_words(kind: Any) -> Words:
    """Return the words for a Python type."""
    if kind in PLAIN:
        return frozenset({PLAIN[kind]})
    if isinstance(kind, type) and attrs.has(kind):
        return frozenset({kind.__name__})
    origin: Any = get_origin(kind)
    arguments = get_args(kind)
    if origin in (Union, UnionType):
        if {*get_args(FILE)} < {*arguments}:
            arguments = (FILE, *(each for each in arguments if each not in get_args(FILE)))
        return NOTHING.union(*map(python_words, arguments))
    if origin is Literal:
        return frozenset(LEFT_OUT if each is UNSET else repr(each) for each in arguments)
    if origin in (list, Sequence):
        return frozenset({_array(python_words(arguments[0]))})
    if origin in (dict, Mapping) and arguments[0] is str:
        return frozenset({_object(python_words(arguments[1]))})
    raise TypeError(f"the contract has no word for {kind!r}")


def spec_words(schema: Spec, spec: Spec, *, response: bool) -> Words:
    """Return the words for a type of the specification.

    A response may bring what is not specified yet: any text in place of an enum's, an `Unknown`
    in place of one of several objects. A request takes a plain mapping for any object, and an
    `Unknown` where a response may have brought it.
    """
    words = frozenset(_spec_words(schema, spec, response=response))
    objects = words & spec["components"]["schemas"].keys()
    if len(objects) > 1 and (response or objects <= schemas_of_both(spec)):
        return words | {"Unknown"}
    return words


def _spec_words(schema: Spec, spec: Spec, *, response: bool) -> Iterator[str]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    if name:
        target = _merged(schema, spec)
        if "properties" not in target:
            yield from spec_words(target, spec, response=response)
            return
        yield name
        if not response:
            yield _object(frozenset({"any"}))
        return
    members = [each for key in ("anyOf", "oneOf", "allOf") for each in schema.get(key, ())]
    if members:
        for member in members:
            yield from _spec_words(member, spec, response=response)
    elif "const" in schema:
        yield repr(schema["const"])
    elif "enum" in schema:
        yield from ("null" if each is None else repr(each) for each in schema["enum"])
        if _constant(schema, spec) is None:
            yield "string"
    else:
        told = schema.get("type", "any")
        for kind in [told] if isinstance(told, str) else told:
            yield _typed(kind, schema, spec, response=response)


def _merged(schema: Spec, spec: Spec) -> Spec:
    """Return a schema for a reference to it; one that is made of others has what they have."""
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    found: Spec = spec["components"]["schemas"][name] if name else schema
    parts = [_merged(each, spec) for each in found.get("allOf", ())]
    if not any("properties" in part for part in parts):
        return found
    properties: Spec = {}
    for part in parts:
        properties.update(part["properties"])
    required = [field for part in parts for field in part.get("required", ())]
    return {**found, "properties": properties, "required": required}


def _constant(schema: Spec, spec: Spec) -> Any:
    """Return the one value that there is, and that is meant where there is none."""
    target = _merged(schema, spec)
    if "const" in target:
        return target["const"]
    default = schema.get("default", target.get("default"))
    return default if [default] == target.get("enum") else None


def _typed(kind: str, schema: Spec, spec: Spec, *, response: bool) -> str:
    if kind == "array":
        return _array(spec_words(schema.get("items", {}), spec, response=response))
    if kind == "object":
        values = schema.get("additionalProperties", {})
        return _object(
            spec_words({} if values in (True, False) else values, spec, response=response)
        )
    if kind == "string" and schema.get("format") in FORMATS:
        return str(schema["format"])
    return kind


def _array(items: Words) -> str:
    return f"array of {' or '.join(sorted(items))}"


def _object(values: Words) -> str:
    return f"object of {' or '.join(sorted(values))}"


# --------------------------------------------------------------------------------------- schemas


def schema_faults(name: str, kind: Any, spec: Spec) -> Iterator[Fault]:
    """Compare a schema, be it a class or an alias, with the specification's of the same name."""
    theirs = spec["components"]["schemas"].get(name)
    if theirs is None:
        yield Fault(name, "", "name", "a schema", "no schema of this name")
    elif isinstance(kind, type) and attrs.has(kind):
        yield from _class_faults(kind, _merged(theirs, spec), spec)
    else:
        wanted = spec_words(theirs, spec, response=name in response_schemas(spec))
        yield from _differ(name, "", "type", python_words(kind), wanted)


def _class_faults(cls: type, theirs: Spec, spec: Spec) -> Iterator[Fault]:
    name = cls.__name__
    fields = attrs.fields_dict(attrs.resolve_types(cls))
    properties: Spec = theirs.get("properties", {})
    extra = set(attrs.fields_dict(Schema))
    yield from _differ(name, "", "fields", set(fields), {*properties, *extra})
    is_response = name in response_schemas(spec)
    is_of_both = name in schemas_of_both(spec)
    for field in properties.keys() & fields.keys():
        their = properties[field]
        required = field in theirs.get("required", ())
        constant = _constant(their, spec)
        default = _default(fields[field])
        words = spec_words(their, spec, response=is_response)
        needed = required and constant is None
        if is_of_both:
            wanted = constant
        elif is_response:
            wanted = _default_of_response(their, spec, required=required)
            needed = required and field in IDENTITIES
        else:
            wanted = UNSET if "null" in words else constant
            words |= {LEFT_OUT} if default is UNSET else NOTHING
        yield from _differ(name, field, "required", default is attrs.NOTHING, needed)
        if default is not attrs.NOTHING:
            yield from _differ(name, field, "default", default, wanted)
        words |= {"null"} if default is None else NOTHING
        yield from _differ(name, field, "type", python_words(fields[field].type), words)


def _default(field: "attrs.Attribute[Any]") -> Any:
    """Return the default of a field as JSON has it: an object of defaults alone is `{}`."""
    default: Any = field.default
    made = default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]
    return {} if isinstance(made, Schema) and made == made.__class__() else made


def _default_of_response(schema: Spec, spec: Spec, *, required: bool) -> Any:
    """Return what stands for a field that a response left out: empty rather than `None`."""
    if "default" in schema or not required:
        return schema.get("default")
    words = spec_words(schema, spec, response=True)
    kinds = {word.partition(" of ")[0] for word in words}
    if "array" in kinds:
        return []
    return {} if "object" in kinds or kinds & spec["components"]["schemas"].keys() else None


def response_schemas(spec: Spec, tag: str | None = None) -> set[str]:
    """Return the names of all schemas that a successful response may bear."""
    return _reachable(
        [
            response
            for operation in _operations(spec, tag)
            for status, response in operation["responses"].items()
            if status.startswith("2")
        ],
        spec,
    )


def request_schemas(spec: Spec, tag: str | None = None) -> set[str]:
    """Return the names of all schemas that the body of a request may bear, or is."""
    return _reachable([each.get("requestBody") for each in _operations(spec, tag)], spec)


def schemas_of_both(spec: Spec) -> set[str]:
    """Return the names of all schemas that stand in requests and in responses."""
    return request_schemas(spec) & response_schemas(spec)


def bodies(spec: Spec, tag: str) -> set[str]:
    """Return the names of the schemas that the bodies of requests themselves have."""
    contents = [each.get("requestBody", {}).get("content", {}) for each in _operations(spec, tag)]
    schemas = [media["schema"] for content in contents for media in content.values()]
    return {str(schema["$ref"]).rpartition("/")[2] for schema in schemas if "$ref" in schema}


def _operations(spec: Spec, tag: str | None) -> list[Spec]:
    each = [operation for path in spec["paths"].values() for operation in path.values()]
    return [operation for operation in each if tag in (None, *operation["tags"])]


def _reachable(waiting: list[object], spec: Spec) -> set[str]:
    found: set[str] = set()
    while waiting:
        names = set(_references(waiting.pop())) - found
        found |= names
        waiting += [spec["components"]["schemas"].get(name) for name in names]
    return found


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        told = cast("dict[str, Any]", value)
        if "$ref" in told:
            yield str(told["$ref"]).rpartition("/")[2]
        for each in told.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            yield from _references(each)


# ------------------------------------------------------------------------------------ operations


def operation_faults(function: Function, operation: Operation[Any], spec: Spec) -> Iterator[Fault]:
    """Compare an operation and the function that calls it with the specification."""
    theirs = spec["paths"].get(operation.path, {}).get(operation.method.lower())
    if theirs is None:
        where = f"{operation.method} {operation.path}"
        yield Fault(function.__name__, "", "operation", where, "no such operation")
        return
    yield from _argument_faults(function, operation, theirs, spec)
    yield from _answer_faults(function, operation, theirs, spec)


@final
@attrs.frozen
class _Argument:
    """Say what an argument of a function must be.

    Attributes:
        types: Its type, in words.
        default: Its default.
        kind: Whether it is positional or by keyword alone.
    """

    types: Words
    default: Any = inspect.Parameter.empty
    kind: Any = inspect.Parameter.KEYWORD_ONLY


def _argument_faults(
    function: Function, operation: Operation[Any], theirs: Spec, spec: Spec
) -> Iterator[Fault]:
    name = function.__name__
    hints = get_type_hints(function)
    (client, *given, options) = inspect.signature(function).parameters.values()
    yield from _differ(name, "client", "place", client.name, "client")
    yield from _differ(name, "options", "place", options.name, "options")
    body, is_form = _body(theirs, spec)
    wanted = {**_parameters(theirs, spec), **_body_arguments(body, spec, is_form=is_form)}
    if body.get("additionalProperties") is True:
        wanted["additional_fields"] = _Argument(ADDITIONAL, None)
    yield from _differ(name, "", "arguments", {each.name for each in given}, set(wanted))
    in_path = [each.name for each in given if each.kind != each.KEYWORD_ONLY]
    places = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    yield from _differ(name, "", "positional arguments", in_path, places)
    for each in given:
        argument = wanted.get(each.name)
        if argument is not None:
            yield from _differ(name, each.name, "kind", each.kind, argument.kind)
            yield from _differ(name, each.name, "default", each.default, argument.default)
            types = python_words(hints[each.name])
            yield from _differ(name, each.name, "type", types, argument.types)
    nullable = {
        field
        for field, schema in body.get("properties", {}).items()
        if "null" in spec_words(schema, spec, response=False) and not is_form
    }
    yield from _differ(name, "", "nullable", set(operation.nullable), nullable)


def _parameters(theirs: Spec, spec: Spec) -> dict[str, _Argument]:
    """Return the arguments that the path and the query ask for."""
    wanted: dict[str, _Argument] = {}
    for each in theirs.get("parameters", ()):
        types = spec_words(each["schema"], spec, response=False)
        if each["in"] == "path":
            wanted[each["name"]] = _Argument(types, kind=inspect.Parameter.POSITIONAL_OR_KEYWORD)
        elif each.get("required"):
            wanted[each["name"]] = _Argument(types)
        else:
            wanted[each["name"]] = _Argument(types | {"null"}, None)
    return wanted


def _body(theirs: Spec, spec: Spec) -> tuple[Spec, bool]:
    """Return the schema of the request's body, and whether that is a form, which has no `null`.

    `stream` is not in it: it is what tells two functions of one path apart, and no argument.
    """
    for media, content in theirs.get("requestBody", {}).get("content", {}).items():
        body = _merged(content["schema"], spec)
        fields = {name: each for name, each in body["properties"].items() if name != "stream"}
        return {**body, "properties": fields}, media != "application/json"
    return {}, False


def _body_arguments(body: Spec, spec: Spec, *, is_form: bool) -> dict[str, _Argument]:
    """Return the arguments that the body asks for."""
    wanted: dict[str, _Argument] = {}
    for name, schema in body.get("properties", {}).items():
        types = spec_words(schema, spec, response=False)
        if name in body.get("required", ()):
            wanted[name] = _Argument(types)
        elif "null" in types and not is_form:
            wanted[name] = _Argument(types | {LEFT_OUT}, UNSET)
        else:
            wanted[name] = _Argument(types | {"null"}, None)
    return wanted


def _answer_faults(
    function: Function, operation: Operation[Any], theirs: Spec, spec: Spec
) -> Iterator[Fault]:
    name = function.__name__
    content = theirs["responses"]["200"]["content"]
    media = operation.returns.accept
    if media not in content:
        yield Fault(name, "", "media type", media, set(content))
        return
    schema = content[media]["schema"]
    ours = python_words(getattr(operation.returns, "schema", ByteStream))
    if isinstance(operation.returns, Events):
        schema = _merged(schema, spec)["properties"]["data"]
    answer = spec_words(schema, spec, response=True)
    yield from _differ(name, "", "answer", ours, answer)
    yield from _differ(name, "", "return type", _returned(function), answer)


def _returned(function: Function) -> Words:
    """Return the words for the value, or each event, of the `Ok` that a function is to return."""
    results = get_args(get_type_hints(function)["return"])
    value = next(get_args(each)[0] for each in results if get_origin(each) is Ok)
    return python_words(get_args(value)[0] if get_origin(value) is EventStream else value)


def members(kind: Any) -> set[str]:
    """Return the names of the classes of a union, but for `Unknown`."""
    return {each.__name__ for each in get_args(kind) if attrs.has(each) and each is not Unknown}


def _differ(of: str, name: str, what: str, ours: object, theirs: object) -> Iterator[Fault]:
    if ours != theirs or isinstance(ours, bool) != isinstance(theirs, bool):
        yield Fault(of, name, what, ours, theirs)
