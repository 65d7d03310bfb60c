"""Compare the declarations in the code with the facts. Each difference is a fault."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from inspect import Parameter as Argument, signature
from typing import Any, final

import attrs

from mistral_core import Operation, Schema
from mistral_core.schema import EXTRA, key_of
from tests.contract.declared import response_schema, type_of
from tests.contract.facts.notation import members
from tests.contract.facts.stored import PLACES, Field, argument_of, body_of, fields, response_type
from tests.contract.rules import REQUIRED, Rules, with_default

BINARY = "binary"


@final
@attrs.frozen
class Fault:
    """A difference.

    Attributes:
        of: The schema or operation.
        name: The field or parameter. Empty if the schema or operation itself differs.
        aspect: What differs.
        ours: What the code declares.
        theirs: What the facts and the rules require.
    """

    of: str
    name: str
    aspect: str
    ours: object
    theirs: object


def operation_faults(operation: Operation[Any], rules: Rules) -> Iterator[Fault]:
    """Compare an operation and its parameters with the facts."""
    name = operation.name
    theirs = rules.facts.operations.get(name)
    if theirs is None:
        yield Fault(name, "", "operation", "an operation", "nothing")
        return
    kind = type_of(response_schema(operation), rules.facts)
    _, wanted_kind, text = response_type(theirs)
    wanted = rules.types_of(text or "null", response=True)
    yield from _differ(name, "", "kind", type(operation.returns).__name__, wanted_kind)
    yield from _types_differ(name, "", "response", kind, wanted)
    yield from _differ(
        name, "", "endpoint", f"{operation.method} {operation.path}", theirs["endpoint"]
    )
    yield from _differ(
        name, "", "constants", dict(operation.constants), theirs.get("constants", {})
    )
    yield from _parameter_faults(operation, theirs, rules)


def _parameter_faults(
    operation: Operation[Any], theirs: Mapping[str, Any], rules: Rules
) -> Iterator[Fault]:
    name = operation.name
    wanted = {(_place(place, each), each.name): each for place, each in _wanted(theirs)}
    given = {(each.place, each.key): each for each in operation.parameters}
    if "body" in theirs:
        (key,) = [each.key for each in operation.parameters if each.place == "body"] or ["body"]
        wanted["body", key] = attrs.evolve(body_of(theirs), name=key)
    yield from _keys_differ(
        name, "parameter", {".".join(each) for each in given}, {".".join(each) for each in wanted}
    )
    function: Callable[..., object] = operation.function or (lambda: None)
    arguments = signature(function).parameters
    yield from _differ(
        name, "", "positional parameters", [*_positional(arguments)], [*operation.path_parameters]
    )
    for where in given.keys() & wanted.keys():
        ours, their = given[where], wanted[where]
        in_json = ours.place == "json"
        argument = arguments[ours.name]
        default = REQUIRED if argument.default is Argument.empty else argument.default
        wanted_default = rules.default_of_parameter(their, in_json=in_json)
        kind = with_default(rules.type_of(their.type, response=False), default)
        key = ours.key
        yield from _differ(name, key, "name", ours.name, argument_of(theirs, key))
        yield from _differ(name, key, "default", default, wanted_default)
        yield from _differ(name, key, "type", type_of(ours.type, rules.facts), kind)
        yield from _differ(name, key, "required", ours.required, their.required)
        if not their.required:
            yield from _differ(name, key, "nullable", ours.nullable, their.is_nullable and in_json)


def _wanted(theirs: Mapping[str, Any]) -> Iterator[tuple[str, Field]]:
    for place in PLACES:
        for field in fields(theirs.get(place, {})).values():
            yield place, field


def _place(place: str, field: Field) -> str:
    return "file" if place == "form" and BINARY in members(field.type) else place


def _positional(arguments: Any) -> Iterator[str]:
    for each in arguments.values():
        if each.kind is Argument.POSITIONAL_OR_KEYWORD and each.name != "client":
            yield each.name


def schema_faults(cls: type, rules: Rules) -> Iterator[Fault]:
    """Compare a schema class with the facts."""
    name = rules.facts.name_of(cls.__name__)
    if name not in rules.facts.schemas:
        yield Fault(name, "", "schema", "a schema", "nothing")
        return
    wanted = fields(rules.facts.schemas[name])
    given = {key_of(field): field for field in attrs.fields(attrs.resolve_types(cls))}
    given.pop(EXTRA)
    yield from _keys_differ(name, "field", {*given}, {*wanted})
    for key in given.keys() & wanted.keys():
        default = _default(given[key])
        kinds = rules.types_of(wanted[key].type, response=name in rules.received)
        if name in rules.sent & rules.received:
            kinds += (rules.type_of(wanted[key].type, response=False),)
        allowed = [with_default(each, default) for each in kinds]
        yield from _differ(name, key, "default", default, rules.default_of_field(name, wanted[key]))
        kind = type_of(given[key].type, rules.facts)
        yield from _types_differ(name, key, "type", kind, allowed)


def _default(field: "attrs.Attribute[Any]") -> Any:
    """Return the default of a field as JSON. An object with only default values is `{}`."""
    default: Any = field.default
    value = default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]
    return {} if isinstance(value, Schema) and value == value.__class__() else value


def _keys_differ(of: str, aspect: str, ours: set[str], theirs: set[str]) -> Iterator[Fault]:
    for key in sorted(ours ^ theirs):
        yield Fault(of, key, aspect, key in ours, key in theirs)


def _types_differ(
    of: str, name: str, aspect: str, ours: str, allowed: Sequence[str]
) -> Iterator[Fault]:
    if ours not in allowed:
        yield Fault(of, name, aspect, ours, allowed[0])


def _differ(of: str, name: str, aspect: str, ours: object, theirs: object) -> Iterator[Fault]:
    if ours != theirs or isinstance(ours, bool) != isinstance(theirs, bool):
        yield Fault(of, name, aspect, ours, theirs)
