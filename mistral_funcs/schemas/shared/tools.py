"""Tools that a model may call: functions of the caller, and tools hosted by Mistral."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.shared.messages import ToolTypes

ToolChoiceEnum: TypeAlias = Literal["auto", "none", "any", "required"] | str
"""Whether the model calls tools. Other values are accepted."""


def _no_parameters() -> Mapping[str, Any]:
    return {"type": "object", "properties": {}}


@final
@attrs.frozen(kw_only=True)
class Function(Schema):
    """A function that the model may call.

    Attributes:
        name: Name of the function.
        description: What the function does. The model uses it to decide when to call the function.
        strict: Whether the arguments must follow the schema exactly.
        parameters: JSON schema of the arguments. Defaults to an object without properties, for a
            function without arguments. The API requires a schema.
    """

    name: str
    description: str | None = None
    strict: bool | None = None
    parameters: Mapping[str, Any] = attrs.field(factory=_no_parameters)


@final
@attrs.frozen(kw_only=True)
class Tool(Schema):
    """A function tool.

    Attributes:
        type: `"function"`.
        function: The function. A mapping is sent unchanged, so include `parameters`.
    """

    type: ToolTypes = "function"
    function: Function | Mapping[str, Any]


@final
@attrs.frozen(kw_only=True)
class FunctionName(Schema):
    """The name of a function.

    Attributes:
        name: Name of the function.
    """

    name: str


@final
@attrs.frozen(kw_only=True)
class ToolChoice(Schema):
    """The function that the model must call.

    Attributes:
        type: `"function"`.
        function: The function.
    """

    type: ToolTypes = "function"
    function: FunctionName | Mapping[str, Any]


@final
@attrs.frozen(kw_only=True)
class ToolConfiguration(Schema):
    """The enabled functions of a tool hosted by Mistral.

    Attributes:
        exclude: Functions that must not be called.
        include: Functions that may be called. All others are excluded.
        requires_confirmation: Functions that require the user's confirmation.
    """

    exclude: list[str] | None = None
    include: list[str] | None = None
    requires_confirmation: list[str] | None = None


@final
@attrs.frozen(kw_only=True)
class WebSearchTool(Schema):
    """Web search.

    Attributes:
        tool_configuration: Functions of the tool that may be called.
        type: `"web_search"`.
    """

    tool_configuration: ToolConfiguration | Mapping[str, Any] | None = None
    type: Literal["web_search"] = "web_search"


@final
@attrs.frozen(kw_only=True)
class WebSearchPremiumTool(Schema):
    """Web search including news agencies.

    Attributes:
        tool_configuration: Functions of the tool that may be called.
        type: `"web_search_premium"`.
    """

    tool_configuration: ToolConfiguration | Mapping[str, Any] | None = None
    type: Literal["web_search_premium"] = "web_search_premium"


@final
@attrs.frozen(kw_only=True)
class CodeInterpreterTool(Schema):
    """Code execution.

    Attributes:
        tool_configuration: Functions of the tool that may be called.
        type: `"code_interpreter"`.
    """

    tool_configuration: ToolConfiguration | Mapping[str, Any] | None = None
    type: Literal["code_interpreter"] = "code_interpreter"


@final
@attrs.frozen(kw_only=True)
class ImageGenerationTool(Schema):
    """Image generation.

    Attributes:
        tool_configuration: Functions of the tool that may be called.
        type: `"image_generation"`.
    """

    tool_configuration: ToolConfiguration | Mapping[str, Any] | None = None
    type: Literal["image_generation"] = "image_generation"


@final
@attrs.frozen(kw_only=True)
class DocumentLibraryTool(Schema):
    """Search in document libraries.

    Attributes:
        tool_configuration: Functions of the tool that may be called.
        type: `"document_library"`.
        library_ids: IDs of the libraries, at least one.
    """

    tool_configuration: ToolConfiguration | Mapping[str, Any] | None = None
    type: Literal["document_library"] = "document_library"
    library_ids: list[str]


@final
@attrs.frozen(kw_only=True)
class OAuth2TokenAuth(Schema):
    """OAuth 2 token for a connector.

    Attributes:
        type: `"oauth2-token"`.
        value: The token. Not part of the repr.
    """

    type: Literal["oauth2-token"] = "oauth2-token"
    value: str = attrs.field(repr=False)


@final
@attrs.frozen(kw_only=True)
class APIKeyAuth(Schema):
    """API key for a connector.

    Attributes:
        type: `"api-key"`.
        value: The key. Not part of the repr.
    """

    type: Literal["api-key"] = "api-key"
    value: str = attrs.field(repr=False)


@final
@attrs.frozen(kw_only=True)
class CustomConnector(Schema):
    """A connector as a tool.

    Attributes:
        type: `"connector"`.
        connector_id: ID of the connector.
        authorization: Credentials for the connector. Not part of the repr.
        tool_configuration: Functions of the tool that may be called.
    """

    type: Literal["connector"] = "connector"
    connector_id: str
    authorization: OAuth2TokenAuth | APIKeyAuth | Unknown | Mapping[str, Any] | None = attrs.field(
        default=None, repr=False
    )
    tool_configuration: ToolConfiguration | Mapping[str, Any] | None = None


ChatCompletionRequestTool: TypeAlias = (
    Tool
    | WebSearchTool
    | WebSearchPremiumTool
    | CodeInterpreterTool
    | ImageGenerationTool
    | DocumentLibraryTool
    | CustomConnector
    | Mapping[str, Any]
)
"""A tool that the model may call."""


@final
@attrs.frozen(kw_only=True)
class FunctionTool(Schema):
    """A function tool of an agent or a conversation.

    Attributes:
        type: `"function"`.
        function: The function.
    """

    type: Literal["function"] = "function"
    function: Function


AgentTool: TypeAlias = (
    FunctionTool
    | WebSearchTool
    | WebSearchPremiumTool
    | CodeInterpreterTool
    | ImageGenerationTool
    | DocumentLibraryTool
    | CustomConnector
    | Unknown
)
"""A tool of an agent or a conversation, discriminated by `type`."""
