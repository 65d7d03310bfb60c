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

from mistral_core import UNSET, Ok, Operation, Schema, Unknown
from tests.contract.exceptions import EXCEPTIONS, IDENTITIES

Spec: TypeAlias = dict[str, Any]
Function: TypeAlias = Callable[..., Any]
Words: TypeAlias = frozenset[str]

PLAIN: dict[Any, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    bytes: "binary",
    datetime: "date-time",
    NoneType: "null",
    Any: "any",
    object: "any",
}
"""The word for each plain Python type, as the specification has it."""

FORMATS = ("binary", "date-time")
"""The formats of strings that have a Python type of their own."""

NOTHING: Words = frozenset()

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
    in place of one of several objects. A request takes a plain mapping for any object.
    """
    words = frozenset(_spec_words(schema, spec, response=response))
    several = len({word for word in words if word in spec["components"]["schemas"]}) > 1
    return words | {"Unknown"} if response and several else words


def _spec_words(schema: Spec, spec: Spec, *, response: bool) -> Iterator[str]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    if name:
        target = spec["components"]["schemas"][name]
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
        yield from map(repr, schema["enum"])
        yield "string"
    else:
        told = schema.get("type", "any")
        for kind in [told] if isinstance(told, str) else told:
            yield _typed(kind, schema, spec, response=response)


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
        yield from _class_faults(kind, theirs, spec)
    else:
        yield from _differ(name, "", "type", python_words(kind), _response(theirs, spec))


def _class_faults(cls: type, theirs: Spec, spec: Spec) -> Iterator[Fault]:
    name = cls.__name__
    fields = attrs.fields_dict(attrs.resolve_types(cls))
    properties: Spec = theirs.get("properties", {})
    extra = set(attrs.fields_dict(Schema))
    yield from _differ(name, "", "fields", set(fields), {*properties, *extra})
    is_response = name in response_schemas(spec)
    for field in properties.keys() & fields.keys():
        their = properties[field]
        required = field in theirs.get("required", ())
        default = _default(fields[field])
        words = spec_words(their, spec, response=is_response)
        if is_response:
            wanted = _default_of_response(their, spec, required=required)
            needed = required and field in IDENTITIES
        else:
            wanted = UNSET if "null" in words else their.get("const")
            needed = required and "const" not in their
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
    if "array" in {word.partition(" ")[0] for word in words}:
        return []
    return {} if words & spec["components"]["schemas"].keys() else None


def response_schemas(spec: Spec) -> set[str]:
    """Return the names of all schemas that a successful response may bear."""
    found: set[str] = set()
    waiting = [
        response
        for operations in spec["paths"].values()
        for operation in operations.values()
        for status, response in operation["responses"].items()
        if status.startswith("2")
    ]
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
    body = _body(theirs, spec)
    wanted = {**_parameters(theirs, spec), **_body_arguments(body, spec)}
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
        if "null" in spec_words(schema, spec, response=False)
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


def _body(theirs: Spec, spec: Spec) -> Spec:
    """Return the schema of the request's body, whatever its media type."""
    for content in theirs.get("requestBody", {}).get("content", {}).values():
        schema: Spec = content["schema"]
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        return spec["components"]["schemas"][name] if name else schema
    return {}


def _body_arguments(body: Spec, spec: Spec) -> dict[str, _Argument]:
    """Return the arguments that the body asks for."""
    wanted: dict[str, _Argument] = {}
    for name, schema in body.get("properties", {}).items():
        types = spec_words(schema, spec, response=False)
        if name in body.get("required", ()):
            wanted[name] = _Argument(types)
        elif "null" in types:
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
    ours = getattr(operation.returns, "schema", None)
    if ours is not None:
        answer = _response(content[media]["schema"], spec)
        yield from _differ(name, "", "answer", python_words(ours), answer)
        yield from _differ(name, "", "return type", _returned(function), answer)


def _response(schema: Spec, spec: Spec) -> Words:
    return spec_words(schema, spec, response=True)


def _returned(function: Function) -> Words:
    """Return the words for the value of the `Ok` that a function is annotated to return."""
    results = get_args(get_type_hints(function)["return"])
    return python_words(next(get_args(each)[0] for each in results if get_origin(each) is Ok))


def members(kind: Any) -> set[str]:
    """Return the names of the classes of a union, but for `Unknown`."""
    return {each.__name__ for each in get_args(kind) if each is not Unknown}


def _differ(of: str, name: str, what: str, ours: object, theirs: object) -> Iterator[Fault]:
    if ours != theirs or isinstance(ours, bool) != isinstance(theirs, bool):
        yield Fault(of, name, what, ours, theirs)
