"""A plugin for Litestar: schema classes as requests, responses and OpenAPI components.

```python
from litestar import Litestar

from mistral_funcs.litestar_plugin import MistralPlugin

app = Litestar(plugins=[MistralPlugin()])
```
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, final

from litestar.dto import AbstractDTO
from litestar.exceptions import ValidationException
from litestar.openapi.spec import Discriminator, Reference, Schema as OpenAPISchema
from litestar.openapi.spec.base import BaseSchemaObject
from litestar.plugins import OpenAPISchemaPlugin, SerializationPlugin
from litestar.response.base import Response
from litestar.typing import FieldDefinition

from mistral_core import (
    InvalidDataError,
    Ok,
    Result,
    Schema,
    Unknown,
    from_dict,
    from_json,
    to_dict,
)
from mistral_core.serialization.component_schemas import class_schema, type_schema

if TYPE_CHECKING:
    from litestar._openapi.schema_generation import SchemaCreator

Component: TypeAlias = Reference | OpenAPISchema


@final
class MistralPlugin(SerializationPlugin, OpenAPISchemaPlugin):
    """A plugin for schema classes, lists and dictionaries of them, and unions."""

    def supports_type(self, field_definition: FieldDefinition) -> bool:
        """Return whether a type is a schema class."""
        return _is_schema(field_definition)

    def create_dto_for_type(self, field_definition: FieldDefinition) -> type[AbstractDTO[Any]]:
        """Return the class that reads and writes a type."""
        return type("SchemaDTO", (_SchemaDTO,), {"model_type": field_definition.annotation})

    @staticmethod
    def is_plugin_supported_type(value: Any) -> bool:
        """Return whether a type becomes a component of the OpenAPI document."""
        return isinstance(value, type) and issubclass(value, Schema)

    def to_openapi_schema(
        self, field_definition: FieldDefinition, schema_creator: "SchemaCreator"
    ) -> OpenAPISchema:
        """Return the component of a schema class."""
        # Register it before its fields, which may refer to it.
        component = schema_creator.schema_registry.get_schema_for_field_definition(field_definition)
        described = class_schema(field_definition.annotation, _references(schema_creator))
        for name, value in vars(_openapi_schema(described)).items():
            setattr(component, name, value)
        return component


def _is_schema(field: FieldDefinition) -> bool:
    kind: Any = field.annotation
    return isinstance(kind, type) and issubclass(kind, Schema | Unknown)


class _SchemaDTO(AbstractDTO[Any]):
    """A DTO for the values of one type, the `model_type` of its subclasses."""

    def decode_bytes(self, value: bytes) -> Any:
        """Return the value of a request body."""
        return _accepted(from_json(self.model_type, value))

    def decode_builtins(self, value: Any) -> Any:
        """Return the value of a form."""
        return _accepted(from_dict(self.model_type, value))

    def data_to_encodable_type(self, data: Any) -> Any:
        """Return the JSON values of a response."""
        response: Any = data
        if not isinstance(data, Response):
            return to_dict(data)
        response.content = to_dict(response.content)
        return response

    @classmethod
    def is_supported_model_type_field(cls, field_definition: FieldDefinition) -> bool:
        """Return whether the class that reads a request also writes the response."""
        return field_definition.match_predicate_recursively(_is_schema)

    @classmethod
    def create_for_field_definition(cls, *_: Any, **__: Any) -> None:
        """Do nothing: there is nothing to prepare."""

    @classmethod
    def create_openapi_schema(
        cls,
        field_definition: FieldDefinition,
        handler_id: str,  # noqa: ARG003 - schemas of all handlers are alike
        schema_creator: "SchemaCreator",
    ) -> Component:
        """Return the schema of a request or a response."""
        if field_definition.is_subclass_of(Response):
            (field_definition,) = field_definition.inner_types
        return _openapi_schema(
            type_schema(field_definition.annotation, _references(schema_creator))
        )

    @classmethod
    def generate_field_definitions(cls, model_type: type[Any]) -> Any:
        """Not used: Litestar does not see the fields."""
        ...

    @classmethod
    def detect_nested_field(cls, field_definition: FieldDefinition) -> Any:
        """Not used: Litestar does not see the fields."""
        ...


def _accepted(result: Result[Any, InvalidDataError]) -> Any:
    """Return a valid value.

    Raises:
        ValidationException: The value is invalid. Litestar responds with status 400.
    """
    if isinstance(result, Ok):
        return result.value
    error = result.error
    raise ValidationException(detail=error.message, extra=[*error.errors])


def _references(creator: "SchemaCreator") -> Callable[[type], dict[str, Any]]:
    """Return a function that returns the reference to the component of a class."""
    return lambda cls: {"$ref": creator.for_field_definition(FieldDefinition.from_annotation(cls))}


@dataclass
class _Target(BaseSchemaObject):
    """The target of a reference. It becomes a string once Litestar has named the components."""

    reference: Reference

    def to_schema(self) -> Any:
        """Return the target."""
        return self.reference.ref


def _openapi_schema(schema: dict[str, Any]) -> Component:
    """Return a JSON schema as an object of Litestar."""
    if "$ref" in schema:
        reference: Reference = schema["$ref"]
        reference.description = schema.get("description")
        return reference
    fields = dict(schema)
    if "properties" in fields:
        fields["properties"] = {
            name: _openapi_schema(each) for name, each in fields["properties"].items()
        }
    if "items" in fields:
        fields["items"] = _openapi_schema(fields["items"])
    if "anyOf" in fields:
        fields["any_of"] = [_openapi_schema(each) for each in fields.pop("anyOf")]
    if "additionalProperties" in fields:
        each = fields.pop("additionalProperties")
        fields["additional_properties"] = each if each is True else _openapi_schema(each)
    if "discriminator" in fields:
        tag, mapping = fields["discriminator"].values()
        targets: dict[str, Any] = {value: _Target(each) for value, each in mapping.items()}
        fields["discriminator"] = Discriminator(tag, targets)
    return OpenAPISchema(**fields)
