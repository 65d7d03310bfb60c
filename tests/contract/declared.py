"""Declarations in the code: their Python types in the notation of the facts, and their classes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib import import_module
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import attrs

from mistral_core import UNSET, ByteStream, File, FileContent, Operation, Unknown, operation_of
from mistral_funcs._index import OPERATIONS
from tests.contract.facts.notation import array, literal, mapping, union
from tests.contract.facts.stored import Facts

UPLOAD: tuple[Any, ...] = get_args(File | FileContent)
"""The types that can be uploaded: one type in the facts, a union here."""

PRIMITIVES: Mapping[Any, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    bytes: "binary",
    datetime: "date-time",
    NoneType: "null",
    Any: "any",
    object: "any",
    ByteStream: "binary",
}

UNSET_TYPE = "unset"
"""The type of `UNSET`, which is not in the facts."""


@cache
def declared(name: str) -> Operation[Any]:
    """Return the declaration of an operation."""
    function = getattr(import_module(f"mistral_funcs.{OPERATIONS[name][0]}"), name)
    return operation_of(function)


def type_of(kind: Any, facts: Facts) -> str:
    """Return a Python type in the notation of the facts.

    Raises:
        TypeError: JSON has no such type.
    """
    return union(_members(kind, facts))


def _members(kind: Any, facts: Facts) -> Iterator[str]:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if {*UPLOAD} <= {*arguments}:
            yield "binary"
            arguments = tuple(each for each in arguments if each not in UPLOAD)
        for each in arguments:
            yield from _members(each, facts)
    elif origin is Annotated:
        yield from _members(arguments[0], facts)
    elif origin is Literal:
        yield from (UNSET_TYPE if each is UNSET else literal(each) for each in arguments)
    elif origin in (list, Sequence):
        yield array(type_of(arguments[0], facts))
    elif origin in (dict, Mapping) and arguments[0] is str:
        yield mapping(type_of(arguments[1], facts))
    elif isinstance(kind, type) and attrs.has(kind):
        yield facts.name_of(kind.__name__)
    elif kind in PRIMITIVES:
        yield PRIMITIVES[kind]
    else:
        raise TypeError(f"the contract has no notation for {kind!r}")


def classes_of(*kinds: Any) -> set[type]:
    """Return the schema classes that can occur in values of these types."""
    classes = set[type]()
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and attrs.has(kind):
            if kind not in {*classes, File, Unknown}:
                classes.add(kind)
                waiting += [each.type for each in attrs.fields(attrs.resolve_types(kind))]
        else:
            waiting += get_args(kind)
    return classes


def response_schema(operation: Operation[Any]) -> Any:
    """Return the type of the values in a response, or `NoneType`."""
    return getattr(operation.returns, "schema", NoneType)


def classes_of_operation(operation: Operation[Any]) -> set[type]:
    """Return the schema classes in the parameters and the response of an operation."""
    kinds = [each.type for each in operation.parameters]
    return classes_of(response_schema(operation), *kinds)
