"""Settings of the reasoning and the text of responses."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unknown, Unset
from mistral_funcs.schemas.shared.completions import ReasoningEffort

ResponsesVerbosity: TypeAlias = Literal["low", "medium", "high"] | str
"""Length of the text. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class CountResponseInputTokensRequestResponsesFormatJSONObject(Schema):
    """Format of the text: a JSON object.

    Attributes:
        type: `"json_object"`.
    """

    type: Literal["json_object"] = "json_object"


@final
@attrs.frozen(kw_only=True)
class CountResponseInputTokensRequestResponsesFormatText(Schema):
    """Format of the text: plain text.

    Attributes:
        type: `"text"`.
    """

    type: Literal["text"] = "text"


@final
@attrs.frozen(kw_only=True)
class CountResponseInputTokensRequestResponsesFormatTextJSONSchemaConfig(Schema):
    """Format of the text: JSON that follows a schema.

    Attributes:
        type: `"json_schema"`.
        name: Name of the format.
        schema: The JSON schema.
        description: Description of the format, for the model.
        strict: Whether the text must follow the schema exactly.
    """

    type: Literal["json_schema"] = "json_schema"
    name: str
    schema: Mapping[str, Any]
    description: str | None | Unset = UNSET
    strict: bool | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class CountResponseInputTokensRequestResponsesSupportedReasoning(Schema):
    """Settings of the reasoning.

    Attributes:
        effort: Amount of reasoning.
    """

    effort: ReasoningEffort | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class CountResponseInputTokensRequestResponsesTextConfig(Schema):
    """Settings of the text.

    Attributes:
        format: Format of the text.
        verbosity: Length of the text.
    """

    format: (
        CountResponseInputTokensRequestResponsesFormatText
        | CountResponseInputTokensRequestResponsesFormatTextJSONSchemaConfig
        | CountResponseInputTokensRequestResponsesFormatJSONObject
        | Mapping[str, Any]
        | None
        | Unset
    ) = UNSET
    verbosity: ResponsesVerbosity | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class CreateResponseRequestResponsesFormatJSONObject(Schema):
    """Format of the text: a JSON object.

    Attributes:
        type: `"json_object"`.
    """

    type: Literal["json_object"] = "json_object"


@final
@attrs.frozen(kw_only=True)
class CreateResponseRequestResponsesFormatText(Schema):
    """Format of the text: plain text.

    Attributes:
        type: `"text"`.
    """

    type: Literal["text"] = "text"


@final
@attrs.frozen(kw_only=True)
class CreateResponseRequestResponsesFormatTextJSONSchemaConfig(Schema):
    """Format of the text: JSON that follows a schema.

    Attributes:
        type: `"json_schema"`.
        name: Name of the format.
        schema: The JSON schema.
        description: Description of the format, for the model.
        strict: Whether the text must follow the schema exactly.
    """

    type: Literal["json_schema"] = "json_schema"
    name: str
    schema: Mapping[str, Any]
    description: str | None | Unset = UNSET
    strict: bool | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class CreateResponseRequestResponsesSupportedReasoning(Schema):
    """Settings of the reasoning.

    Attributes:
        effort: Amount of reasoning.
    """

    effort: ReasoningEffort | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class CreateResponseRequestResponsesTextConfig(Schema):
    """Settings of the text.

    Attributes:
        format: Format of the text.
        verbosity: Length of the text.
    """

    format: (
        CreateResponseRequestResponsesFormatText
        | CreateResponseRequestResponsesFormatTextJSONSchemaConfig
        | CreateResponseRequestResponsesFormatJSONObject
        | Mapping[str, Any]
        | None
        | Unset
    ) = UNSET
    verbosity: ResponsesVerbosity | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class CreateResponseResponseResponsesSupportedReasoning(Schema):
    """Settings of the reasoning.

    Attributes:
        effort: Amount of reasoning.
    """

    effort: ReasoningEffort | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesTextConfigResponsesFormatText(Schema):
    """Format of the text: plain text.

    Attributes:
        type: `"text"`.
    """

    type: Literal["text"] = "text"


@final
@attrs.frozen(kw_only=True)
class ResponsesTextConfigResponsesFormatTextJSONSchemaConfig(Schema):
    """Format of the text: JSON that follows a schema.

    Attributes:
        type: `"json_schema"`.
        name: Name of the format.
        schema: The JSON schema.
        description: Description of the format, for the model.
        strict: Whether the text must follow the schema exactly.
    """

    type: Literal["json_schema"] = "json_schema"
    name: str | None = None
    schema: dict[str, Any] = attrs.field(factory=dict[str, Any])
    description: str | None = None
    strict: bool | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesTextConfigResponsesFormatJSONObject(Schema):
    """Format of the text: a JSON object.

    Attributes:
        type: `"json_object"`.
    """

    type: Literal["json_object"] = "json_object"


@final
@attrs.frozen(kw_only=True)
class CreateResponseResponseResponsesTextConfig(Schema):
    """Settings of the text.

    Attributes:
        format: Format of the text.
        verbosity: Length of the text.
    """

    format: (
        ResponsesTextConfigResponsesFormatText
        | ResponsesTextConfigResponsesFormatTextJSONSchemaConfig
        | ResponsesTextConfigResponsesFormatJSONObject
        | Unknown
        | None
    ) = None
    verbosity: ResponsesVerbosity | None = None
