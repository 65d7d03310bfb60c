"""Validation of JSON schemas by draft 7, whose keywords this module lists."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

Check: TypeAlias = Callable[[Any], bool]

TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")


def problem_of_schema(schema: Any, path: str = "$") -> str | None:
    """Return the first problem of a JSON schema with its path, or `None` if the schema is valid.

    Args:
        schema: The schema as JSON.
        path: The path of the schema.
    """
    if isinstance(schema, bool):
        return None
    if not _is_object(schema):
        return f"{path} is not a schema"
    for keyword, value in schema.items():
        place = f"{path}.{keyword}"
        if keyword in CHECKS and not CHECKS[keyword](value):
            return f"{place} is invalid"
        for name, inner in _schemas(keyword, value):
            problem = problem_of_schema(inner, f"{place}{name}")
            if problem is not None:
                return problem
    return None


def _schemas(keyword: str, value: Any) -> list[tuple[str, Any]]:
    """Return the schemas in the value of a keyword, each with its path below the keyword."""
    many = keyword in LISTS or (keyword == "items" and value.__class__ is list)
    if keyword in MAPPINGS:
        return [(f".{name}", inner) for name, inner in value.items()]
    if keyword == "dependencies":
        return [(f".{name}", each) for name, each in value.items() if each.__class__ is not list]
    if many:
        return [(f"[{index}]", inner) for index, inner in enumerate(value)]
    return [("", value)] if keyword in NESTED else []


def _is_object(value: Any) -> bool:
    return value.__class__ is dict


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_boolean(value: Any) -> bool:
    return isinstance(value, bool)


def _is_list(value: Any) -> bool:
    return value.__class__ is list


def _is_filled_list(value: Any) -> bool:
    return value.__class__ is list and bool(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_factor(value: Any) -> bool:
    return _is_number(value) and value > 0


def _is_count(value: Any) -> bool:
    return _is_number(value) and value >= 0 and value == int(value)


def _is_list_of_names(value: Any) -> bool:
    return _is_list(value) and all(map(_is_text, value)) and len({*value}) == len(value)


def _is_type(value: Any) -> bool:
    names = value if _is_filled_list(value) else [value]
    return _is_list_of_names(names) and all(name in TYPES for name in names)


def _is_pattern(value: Any) -> bool:
    try:
        re.compile(value)
    except (TypeError, re.error, RecursionError, OverflowError):
        return False
    return True


def _is_items(value: Any) -> bool:
    return value.__class__ is not list or bool(value)


def _is_patterns(value: Any) -> bool:
    return _is_object(value) and all(map(_is_pattern, value))


def _are_dependencies(value: Any) -> bool:
    return _is_object(value) and all(
        _is_list_of_names(each) for each in value.values() if each.__class__ is list
    )


LISTS = ("allOf", "anyOf", "oneOf")
MAPPINGS = ("definitions", "properties", "patternProperties")
NESTED = (
    *("additionalItems", "additionalProperties", "contains", "else", "if", "items", "not"),
    *("propertyNames", "then"),
)

CHECKS: Final[Mapping[str, Check]] = {
    **dict.fromkeys(("$id", "$schema", "$ref", "$comment", "title", "description"), _is_text),
    **dict.fromkeys(("format", "contentEncoding", "contentMediaType"), _is_text),
    **dict.fromkeys(("readOnly", "writeOnly", "uniqueItems"), _is_boolean),
    **dict.fromkeys(("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum"), _is_number),
    **dict.fromkeys(("maxLength", "minLength", "maxItems", "minItems"), _is_count),
    **dict.fromkeys(("maxProperties", "minProperties"), _is_count),
    **dict.fromkeys(("enum", "examples"), _is_list),
    **dict.fromkeys(LISTS, _is_filled_list),
    **dict.fromkeys(MAPPINGS, _is_object),
    "dependencies": _are_dependencies,
    "items": _is_items,
    "multipleOf": _is_factor,
    "pattern": _is_pattern,
    "patternProperties": _is_patterns,
    "required": _is_list_of_names,
    "type": _is_type,
}
