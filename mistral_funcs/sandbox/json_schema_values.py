"""Small, deterministic JSON values that fit a JSON schema."""

from collections.abc import Mapping
from math import ceil, floor, inf
from typing import Any, TypeAlias

import attrs

JsonSchema: TypeAlias = Mapping[str, Any]

DEEP = 4
"""Depth from which optional parts are omitted, since a schema may refer to itself."""

MOST_SCHEMAS = 10_000
"""Maximum number of schemas to follow for one value, since references may be circular."""

LONGEST_STRING = 100_000

FORMATS = {
    "date": "2025-01-01",
    "date-time": "2025-01-01T00:00:00Z",
    "duration": "PT1M",
    "time": "00:00:00Z",
    "email": "someone@example.com",
    "uri": "https://example.com",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


def fitting(schema: JsonSchema, text: str = "") -> Any:
    """Return a value that fits a schema. Strings are `text`, or the name of their field.

    It respects types, `properties`, `required`, `items`, `enum`, `const`, `default`, `anyOf`,
    `oneOf`, `allOf`, `$ref`, formats, and the bounds of numbers and sizes.
    """
    return _Builder(schema, text).value(schema, "text", 0)


@attrs.define
class _Builder:
    """Build the values of one schema.

    Attributes:
        root: The schema that references are resolved against.
        text: The value of strings. If empty, the name of their field.
        followed: Number of schemas followed so far.
    """

    root: JsonSchema
    text: str
    followed: int = 0

    def value(self, schema: JsonSchema, name: str, depth: int) -> Any:
        schema = self._resolved(schema, depth)
        given = [schema[key] for key in ("const", "default") if key in schema]
        given = given or schema.get("enum", [])
        return given[0] if given else self._typed(schema, name, depth)

    def _resolved(self, schema: JsonSchema, depth: int) -> JsonSchema:
        """Resolve the reference of a schema, and merge its `allOf`."""
        self.followed += 1
        if self.followed > MOST_SCHEMAS:
            raise ValueError(f"it has more than {MOST_SCHEMAS} parts")
        if "$ref" in schema:
            target: Any = self.root
            for part in schema["$ref"].removeprefix("#").split("/")[1:]:
                target = target[part]
            return self._resolved(target, depth)
        merged = dict(schema)
        choices = schema.get("anyOf") or schema.get("oneOf")
        parts = [*schema.get("allOf", ()), *([_choice(choices, depth)] if choices else ())]
        for part in (self._resolved(each, depth) for each in parts):
            fields = {**merged.get("properties", {}), **part.get("properties", {})}
            required = [*merged.get("required", ()), *part.get("required", ())]
            merged |= {**part, "required": required, **({"properties": fields} if fields else {})}
        return merged

    def _typed(self, schema: JsonSchema, name: str, depth: int) -> Any:
        match _kind(schema):
            case "object":
                return self._object(schema, depth)
            case "array":
                return self._array(schema, name, depth)
            case "string":
                return _string(schema, self.text or name)
            case "boolean":
                return True
            case "null":
                return None
            case kind:
                return _number(schema, integer=kind == "integer")

    def _object(self, schema: JsonSchema, depth: int) -> dict[str, Any]:
        required = schema.get("required", ())
        return {
            name: self.value(each, name, depth + 1)
            for name, each in schema.get("properties", {}).items()
            if name in required or depth < DEEP
        }

    def _array(self, schema: JsonSchema, name: str, depth: int) -> list[Any]:
        least = schema.get("minItems", 1 if depth < DEEP else 0)
        size = min(least, schema.get("maxItems", least))
        return [self.value(schema.get("items", {}), name, depth + 1) for _ in range(size)]


def _choice(choices: list[JsonSchema], depth: int) -> JsonSchema:
    """Return the first choice that is not `null`, or at depth `DEEP` the one that is."""
    return next(
        (each for each in choices if (each.get("type") == "null") == (depth >= DEEP)), choices[0]
    )


def _kind(schema: JsonSchema) -> str:
    types: str | list[str] | None = schema.get("type")
    if isinstance(types, list):
        return next(kind for kind in types if kind != "null")
    return types or (
        "object" if "properties" in schema else "array" if "items" in schema else "string"
    )


def _string(schema: JsonSchema, text: str) -> str:
    value = FORMATS.get(schema.get("format", ""), text)
    shortest = schema.get("minLength", 0)
    if shortest > LONGEST_STRING:
        raise ValueError(f"a string has more than {LONGEST_STRING} characters")
    return value.ljust(shortest, ".")[: schema.get("maxLength")]


def _number(schema: JsonSchema, *, integer: bool) -> float:
    """Return 1, or another number within the bounds."""
    lows: list[float] = [schema[key] for key in ("minimum", "exclusiveMinimum") if key in schema]
    highs: list[float] = [schema[key] for key in ("maximum", "exclusiveMaximum") if key in schema]
    step: float = schema.get("multipleOf", 1)
    tries: list[float] = [
        1,
        step,
        0,
        *lows,
        *(floor(low / step) * step + step for low in lows),
        *highs,
        *(ceil(high / step) * step - step for high in highs),
        *((low + high) / 2 for low in lows for high in highs),
    ]
    return next(each for each in tries if _fits(each, schema, integer=integer))


def _fits(number: float, schema: JsonSchema, *, integer: bool) -> bool:
    step: float = schema.get("multipleOf", 1)
    return (
        schema.get("minimum", number) <= number <= schema.get("maximum", number)
        and schema.get("exclusiveMinimum", -inf) < number < schema.get("exclusiveMaximum", inf)
        and ("multipleOf" not in schema or number % step == 0)
        and (not integer or number == int(number))
    )
