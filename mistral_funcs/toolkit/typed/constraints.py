"""Constraints of values: in the metadata of `Annotated`, and in validators of attrs.

Objects are recognized by their attributes, so that those of `annotated_types`, pydantic and attrs
work, and none of these packages is needed.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from math import isfinite
from operator import ge, gt, le, lt
from typing import Any, TypeAlias

Constraint: TypeAlias = tuple[str, Any]
"""The name of a constraint, as in `annotated_types`, and its bound."""

NAMES = ("ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length", "pattern")

INNER = ("validator", "iterable_validator", "mapping_validator")
"""Attributes of the validators of attrs `optional`, `deep_iterable` and `deep_mapping`."""

NESTED = {"items": "member_validator", "values": "value_validator"}
"""Constraints of the items of an array and the values of a map, by attributes of `deep_...`."""

COMPARISONS = {">=": "ge", ">": "gt", "<=": "le", "<": "lt"}

KEYWORDS = {
    "ge": "minimum",
    "gt": "exclusiveMinimum",
    "le": "maximum",
    "lt": "exclusiveMaximum",
    "multiple_of": "multipleOf",
}

KEYWORDS_OF_NESTED = {"items": "items", "values": "additionalProperties"}

SIZES = {"string": "Length", "array": "Items", "object": "Properties"}


def _is_multiple(value: Any, bound: Any) -> bool:
    return bool(value % bound == 0)


def _is_long(value: Any, bound: int) -> bool:
    return len(value) >= bound


def _is_short(value: Any, bound: int) -> bool:
    return len(value) <= bound


def _is_match(value: Any, bound: str | re.Pattern[str]) -> bool:
    return re.search(bound, value) is not None


CHECKS: dict[str, tuple[Callable[[Any, Any], bool], str]] = {
    "ge": (ge, "must be at least {}"),
    "gt": (gt, "must be greater than {}"),
    "le": (le, "must be at most {}"),
    "lt": (lt, "must be less than {}"),
    "multiple_of": (_is_multiple, "must be a multiple of {}"),
    "min_length": (_is_long, "must have a length of at least {}"),
    "max_length": (_is_short, "must have a length of at most {}"),
    "pattern": (_is_match, "must match {!r}"),
}


def constraints_of(objects: Iterable[Any]) -> Iterator[Constraint]:
    """Yield the constraints that objects in the metadata of `Annotated`, or validators, express."""
    for each in objects:
        for name in ("metadata", "_validators"):  # A `Field` of pydantic, or `attrs` validators.
            yield from constraints_of(_members(each, name))
        if not hasattr(each, "exc_types"):  # `not_` of attrs, which means the opposite.
            inner = [getattr(each, name, None) for name in INNER]
            yield from constraints_of(validator for validator in inner if validator is not None)
        for name, attribute in NESTED.items():
            if (validator := getattr(each, attribute, None)) is not None:
                yield name, tuple(constraints_of((validator,)))
        if (options := getattr(each, "_original_options", None)) is not None:
            yield "options", options
        elif hasattr(each, "compare_op"):
            yield COMPARISONS[each.compare_op], each.bound
        elif hasattr(each, "match_func"):
            yield from _pattern(each.pattern, each.match_func)
        else:
            values = ((name, getattr(each, name, None)) for name in NAMES)
            yield from ((name, value) for name, value in values if value is not None)


def _members(value: Any, name: str) -> tuple[Any, ...]:
    members: Any = getattr(value, name, ())
    is_list = type(members) in {list, tuple}
    return (*members,) if is_list else ()


def _pattern(pattern: re.Pattern[str], match: Callable[..., Any]) -> Iterator[Constraint]:
    """Yield the pattern of `matches_re`. JSON schema has no flags, and searches."""
    if pattern.flags in (0, re.UNICODE):
        search = {pattern.search: "{}", pattern.match: "^(?:{})"}.get(match, "^(?:{})$")
        yield "pattern", search.format(pattern.pattern)


def constrained(schema: dict[str, Any], constraints: Iterable[Constraint]) -> dict[str, Any]:
    """Return a JSON schema with the keywords for constraints. Those without a keyword are left out.

    Members of a union are constrained as far as the constraints apply to them.
    """
    constraints = tuple(constraints)
    if "anyOf" in schema:
        return {**schema, "anyOf": [constrained(each, constraints) for each in schema["anyOf"]]}
    nested = {
        keyword: constrained(schema[keyword], bound)
        for name, bound in constraints
        if (keyword := KEYWORDS_OF_NESTED.get(name)) and isinstance(schema.get(keyword), dict)
    }
    keywords = dict(_keywords(schema.get("type"), constraints))
    return {**schema, **keywords, **nested}


def _keywords(kind: Any, constraints: Iterable[Constraint]) -> Iterator[tuple[str, Any]]:
    for name, bound in constraints:
        if name in KEYWORDS and kind in ("integer", "number"):
            if is_json_scalar(bound):
                yield KEYWORDS[name], bound
        elif name in ("min_length", "max_length") and kind in SIZES:
            yield name[:3] + SIZES[kind], bound
        elif name == "pattern" and kind == "string":
            yield "pattern", bound if isinstance(bound, str) else bound.pattern
        elif name == "options" and kind in ("string", "integer", "number"):
            values = [each.value if isinstance(each, Enum) else each for each in bound]
            yield "enum", values


def is_json_scalar(value: Any) -> bool:
    """Return whether a value is a string, a boolean or a finite number."""
    return type(value) in (str, int, bool) or (type(value) is float and isfinite(value))


def check(value: Any, constraints: Iterable[Constraint]) -> None:
    """Check a value against the constraints that apply to its type.

    Raises:
        ValueError: The value violates one.
    """
    for name, bound in constraints:
        holds, message = CHECKS.get(name, (None, ""))
        try:
            violated = holds is not None and not holds(value, bound)
        except TypeError:
            continue  # Such as a bound of `int | None` for `None`.
        if violated:
            raise ValueError(f"{message.format(bound)}, got {value!r:.50}")
