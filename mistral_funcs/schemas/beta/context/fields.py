"""Definitions of the fields of search indexes."""

from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown


@final
@attrs.frozen(kw_only=True)
class BoolFieldDefinition(Schema):
    """A field that contains a boolean.

    Attributes:
        type: `"bool"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["bool"] = "bool"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class BoolArrayFieldDefinition(Schema):
    """A field that contains a list of booleans.

    Attributes:
        type: `"bool[]"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["bool[]"] = "bool[]"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class DenseVectorFieldDefinition(Schema):
    """A field that contains a vector.

    Attributes:
        type: `"dense_vector"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["dense_vector"] = "dense_vector"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class FloatFieldDefinition(Schema):
    """A field that contains a number.

    Attributes:
        type: `"float"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["float"] = "float"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class FloatArrayFieldDefinition(Schema):
    """A field that contains a list of numbers.

    Attributes:
        type: `"float[]"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["float[]"] = "float[]"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class IntFieldDefinition(Schema):
    """A field that contains a 32-bit integer.

    Attributes:
        type: `"int"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["int"] = "int"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class IntArrayFieldDefinition(Schema):
    """A field that contains a list of 32-bit integers.

    Attributes:
        type: `"int[]"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["int[]"] = "int[]"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class JSONFieldDefinition(Schema):
    """A field that contains a JSON value.

    Attributes:
        type: `"json"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["json"] = "json"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class KeywordFieldDefinition(Schema):
    """A field that contains a keyword, matched as a whole.

    Attributes:
        type: `"keyword"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["keyword"] = "keyword"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class KeywordArrayFieldDefinition(Schema):
    """A field that contains a list of keywords, each matched as a whole.

    Attributes:
        type: `"keyword[]"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["keyword[]"] = "keyword[]"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class LongFieldDefinition(Schema):
    """A field that contains a 64-bit integer.

    Attributes:
        type: `"long"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["long"] = "long"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class LongArrayFieldDefinition(Schema):
    """A field that contains a list of 64-bit integers.

    Attributes:
        type: `"long[]"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["long[]"] = "long[]"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class TextFieldDefinition(Schema):
    """A field that contains text, searched by its words.

    Attributes:
        type: `"text"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["text"] = "text"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class TextArrayFieldDefinition(Schema):
    """A field that contains a list of strings, searched by their words.

    Attributes:
        type: `"text[]"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["text[]"] = "text[]"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class TimestampFieldDefinition(Schema):
    """A field that contains a time.

    Attributes:
        type: `"timestamp"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["timestamp"] = "timestamp"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


@final
@attrs.frozen(kw_only=True)
class TimestampArrayFieldDefinition(Schema):
    """A field that contains a list of times.

    Attributes:
        type: `"timestamp[]"`.
        indexed: Whether the field can be searched and filtered.
        required: Whether every document must have the field.
        system: Whether the API manages the field.
        default: Value for documents without the field.
    """

    type: Literal["timestamp[]"] = "timestamp[]"
    indexed: bool | None = None
    required: bool | None = None
    system: bool | None = None
    default: Any | None = None


FieldDefinition: TypeAlias = (
    BoolFieldDefinition
    | BoolArrayFieldDefinition
    | DenseVectorFieldDefinition
    | FloatFieldDefinition
    | FloatArrayFieldDefinition
    | IntFieldDefinition
    | IntArrayFieldDefinition
    | JSONFieldDefinition
    | KeywordFieldDefinition
    | KeywordArrayFieldDefinition
    | LongFieldDefinition
    | LongArrayFieldDefinition
    | TextFieldDefinition
    | TextArrayFieldDefinition
    | TimestampFieldDefinition
    | TimestampArrayFieldDefinition
    | Unknown
)
"""The definition of a field of an index, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class ManagedIndexFields(Schema):
    """The fields of an index.

    Attributes:
        document_fields: Fields of documents, by name.
        chunk_fields: Fields of chunks, by name.
    """

    document_fields: dict[str, FieldDefinition] | None = None
    chunk_fields: dict[str, FieldDefinition] | None = None
