"""JSON schemas of Python types: attrs and other classes, containers, literals and unions."""

import inspect
import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import NoneType
from typing import Any, TypeVar, get_args
from uuid import UUID

import attrs

from mistral_funcs.toolkit.typed.annotations import (
    aliased,
    description_of,
    is_alias,
    is_literal,
    is_type_alias,
    is_union,
    members_of,
    split_annotated,
)
from mistral_funcs.toolkit.typed.constraints import (
    constrained,
    constraints_of,
    is_json_scalar,
)
from mistral_funcs.toolkit.typed.containers import (
    is_array,
    is_mapping,
    is_set,
    item_type,
    items_of_tuple,
    value_type,
)
from mistral_funcs.toolkit.typed.json_types import class_of, is_enum, json_value
from mistral_funcs.toolkit.typed.objects import (
    ObjectField,
    class_with_fields,
    fields_of,
    is_object,
    is_pydantic,
    name_of,
)
from mistral_funcs.toolkit.typed.pydantic_models import pydantic_schema

PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Any: {},
    object: {},
    Decimal: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    time: {"type": "string", "format": "time"},
    timedelta: {"type": "string", "format": "duration"},
    UUID: {"type": "string", "format": "uuid"},
}

JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def json_schema_of(kind: Any) -> dict[str, Any]:
    """Return the JSON schema of a type, with nested classes in `$defs`.

    Fields with a default are not required.

    Raises:
        TypeError: The type has no JSON schema.
    """
    builder = SchemaBuilder()
    inner, metadata = split_annotated(kind)
    if is_object(inner):
        schema = described(builder.object(inner), description_of(metadata))
    else:
        schema = builder.schema(kind)
    return builder.with_definitions(schema)


@attrs.frozen
class SchemaBuilder:
    """The schemas of the types in one document.

    Attributes:
        names: Local names that annotations may refer to.
        definitions: The schemas of classes and aliases by name, each with its type.
    """

    names: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    definitions: dict[str, tuple[Any, dict[str, Any]]] = attrs.field(
        factory=dict[str, tuple[Any, dict[str, Any]]]
    )

    def with_definitions(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return a schema with the definitions that have been collected."""
        schemas = {name: definition for name, (_, definition) in self.definitions.items()}
        return {**schema, "$defs": schemas} if schemas else schema

    def schema(self, annotated: Any) -> dict[str, Any]:
        """Return the schema of a type. Classes are references to their definitions.

        Raises:
            TypeError: The type has no JSON schema.
        """
        kind, metadata = split_annotated(annotated)
        schema = constrained(self._unannotated(kind), constraints_of(metadata))
        return described(schema, description_of(metadata))

    def object(self, cls: Any) -> dict[str, Any]:
        """Return the schema of a class for which `is_object` is true."""
        fields = fields_of(cls, self.names)
        schema: dict[str, Any] = {"type": "object", "title": name_of(cls)}
        if documentation := _documentation(class_with_fields(cls)):
            schema["description"] = documentation
        schema["properties"] = {field.name: self.field(field) for field in fields}
        schema["required"] = [field.name for field in fields if field.required]
        schema["additionalProperties"] = False
        return schema

    def field(self, field: ObjectField) -> dict[str, Any]:
        """Return the schema of a field, with its description, constraints and default."""
        schema = constrained(self.schema(field.type), constraints_of(field.validators))
        schema = described(schema, field.description)
        default = json_value(field.default)
        is_shown = is_json_scalar(default) and not field.required and "$ref" not in schema
        return {**schema, "default": default} if is_shown else schema

    def _unannotated(self, kind: Any) -> dict[str, Any]:  # noqa: PLR0911 - one for each kind
        if _is_plain(kind):
            return dict(PLAIN[kind])
        if is_object(kind):
            return self._reference(kind)
        if is_type_alias(kind):
            return self._type_alias(kind)
        if is_pydantic(kind):
            return self._pydantic(kind)
        if is_alias(kind):
            return self.schema(aliased(kind))
        if is_literal(kind):
            return _choices(kind, get_args(kind))
        if is_enum(kind):
            return _choices(kind, tuple(kind))
        if is_union(kind):
            schemas = [self.schema(member) for member in members_of(kind)]
            return {"anyOf": schemas} if len(schemas) > 1 else schemas[0]
        return self._container(kind)

    def _container(self, kind: Any) -> dict[str, Any]:
        if is_mapping(kind):
            return {"type": "object", "additionalProperties": self.schema(value_type(kind)) or True}
        if (items := items_of_tuple(kind)) is not None:
            schemas = [self.schema(each) for each in dict.fromkeys(items)]
            # Draft 7 and later drafts have different keywords for the types by position.
            item: dict[str, Any] = {"anyOf": schemas} if len(schemas) > 1 else dict(*schemas)
            return {"type": "array", "items": item, "minItems": len(items), "maxItems": len(items)}
        if is_array(kind):
            unique = {"uniqueItems": True} if is_set(kind) else {}
            return {"type": "array", "items": self.schema(item_type(kind)), **unique}
        if isinstance(kind, TypeVar):
            raise TypeError(
                f"No JSON schema for the type variable {kind!r}. Use a class with a type for it"
            )
        raise TypeError(
            f"No JSON schema for {kind!r}. Use attrs classes, dataclasses, TypedDict, NamedTuple, "
            "pydantic models, str, int, float, bool, None, Decimal, dates, UUID, Enum, Literal, "
            "lists, tuples, sets, dict[str, ...] and unions of these."
        )

    def _reference(self, kind: Any) -> dict[str, Any]:
        name = re.sub(r"\W+", "_", name_of(kind))
        if name not in self.definitions:
            definition: dict[str, Any] = {}
            # Before its fields, which may refer to the type itself.
            self.definitions[name] = kind, definition
            definition.update(
                self.schema(aliased(kind)) if is_type_alias(kind) else self.object(kind)
            )
        if self.definitions[name][0] != kind:
            raise TypeError(f"No JSON schema for two classes with the same name: {name!r}")
        return {"$ref": f"#/$defs/{name}"}

    def _type_alias(self, kind: Any) -> dict[str, Any]:
        """Return the schema of an alias: a reference to its definition if it is recursive."""
        reference = self._reference(kind)
        _, definition = self.definitions[kind.__name__]
        is_complete = bool(definition)
        if not is_complete or f'"{reference["$ref"]}"' in json.dumps(definition):
            return reference
        del self.definitions[kind.__name__]
        return definition

    def _pydantic(self, kind: Any) -> dict[str, Any]:
        schema = pydantic_schema(kind)
        for name, definition in schema.pop("$defs", {}).items():
            _, other = self.definitions.setdefault(name, (kind, definition))
            if other != definition:
                raise TypeError(f"No JSON schema for two classes with the same name: {name!r}")
        return schema


def described(schema: dict[str, Any], description: str | None) -> dict[str, Any]:
    """Return a schema with a description. A reference is wrapped: it may have no siblings."""
    if not description:
        return schema
    if "$ref" in schema:
        schema = {"anyOf": [schema]}
    return {**schema, "description": description}


def _is_plain(kind: Any) -> bool:
    try:
        return kind in PLAIN
    except TypeError:  # Some types cannot be hashed, such as a `Literal` of a list.
        return False


def _choices(kind: Any, members: tuple[Any, ...]) -> dict[str, Any]:
    """Return the schema of a `Literal` or an enum."""
    values = [*map(json_value, members)]
    types = [JSON_TYPES.get(class_of(each)) for each in values]
    if None in types or not types:
        raise TypeError(f"No JSON schema for {kind!r}: not all of its values are JSON")
    return {"type": types[0], "enum": values} if len(set(types)) == 1 else {"enum": values}


def _documentation(cls: Any) -> str:
    """Return the docstring of a class, unless it was generated or inherited."""
    own: dict[str, Any] = cls.__dict__
    documentation: str = own.get("__doc__") or ""
    is_generated = documentation.startswith(f"{cls.__name__}(")
    return "" if is_generated else inspect.cleandoc(documentation)
