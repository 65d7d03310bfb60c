"""The tools that a model may call: functions of the caller's, and what Mistral runs."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unset
from mistral_funcs.schemas.shared.messages import ToolTypes

ToolChoiceEnum: TypeAlias = Literal["auto", "none", "any", "required"] | str
"""Whether the model calls tools. An open set."""


def _no_parameters() -> Mapping[str, Any]:
    return {"type": "object", "properties": {}}


@final
@attrs.frozen(kw_only=True)
class Function(Schema):
    """Describe a function that the model may call.

    Attributes:
        name: Its name.
        description: What it does, which is how the model knows when to call it.
        strict: Whether the arguments are sure to fit the schema.
        parameters: The JSON schema of its arguments. Defaults to an object without properties,
            for a function without arguments: the API requires a schema.
    """

    name: str
    description: str | None = None
    strict: bool | None = None
    parameters: Mapping[str, Any] = attrs.field(factory=_no_parameters)


@final
@attrs.frozen(kw_only=True)
class Tool(Schema):
    """Let the model call a function.

    Attributes:
        type: `"function"`.
        function: The function. A mapping is sent as it is, so give it `parameters`.
    """

    type: ToolTypes = "function"
    function: Function | Mapping[str, Any]


@final
@attrs.frozen(kw_only=True)
class FunctionName(Schema):
    """Name a function.

    Attributes:
        name: Its name.
    """

    name: str


@final
@attrs.frozen(kw_only=True)
class ToolChoice(Schema):
    """Make the model call one function.

    Attributes:
        type: `"function"`.
        function: The function.
    """

    type: ToolTypes = "function"
    function: FunctionName | Mapping[str, Any]


@final
@attrs.frozen(kw_only=True)
class ToolConfiguration(Schema):
    """Choose among the functions of a tool that Mistral runs.

    Attributes:
        exclude: The functions that may not be called.
        include: The only functions that may be called.
        requires_confirmation: The functions that may be called when the user agrees.
    """

    exclude: Sequence[str] | None | Unset = UNSET
    include: Sequence[str] | None | Unset = UNSET
    requires_confirmation: Sequence[str] | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class WebSearchTool(Schema):
    """Let the model search the web.

    Attributes:
        tool_configuration: Which of its functions may be called.
        type: `"web_search"`.
    """

    tool_configuration: ToolConfiguration | Mapping[str, Any] | None | Unset = UNSET
    type: Literal["web_search"] = "web_search"


@final
@attrs.frozen(kw_only=True)
class WebSearchPremiumTool(Schema):
    """Let the model search the web and the news agencies.

    Attributes:
        tool_configuration: Which of its functions may be called.
        type: `"web_search_premium"`.
    """

    tool_configuration: ToolConfiguration | Mapping[str, Any] | None | Unset = UNSET
    type: Literal["web_search_premium"] = "web_search_premium"


@final
@attrs.frozen(kw_only=True)
class CodeInterpreterTool(Schema):
    """Let the model run code.

    Attributes:
        tool_configuration: Which of its functions may be called.
        type: `"code_interpreter"`.
    """

    tool_configuration: ToolConfiguration | Mapping[str, Any] | None | Unset = UNSET
    type: Literal["code_interpreter"] = "code_interpreter"


@final
@attrs.frozen(kw_only=True)
class ImageGenerationTool(Schema):
    """Let the model make images.

    Attributes:
        tool_configuration: Which of its functions may be called.
        type: `"image_generation"`.
    """

    tool_configuration: ToolConfiguration | Mapping[str, Any] | None | Unset = UNSET
    type: Literal["image_generation"] = "image_generation"


@final
@attrs.frozen(kw_only=True)
class DocumentLibraryTool(Schema):
    """Let the model search libraries of documents.

    Attributes:
        tool_configuration: Which of its functions may be called.
        type: `"document_library"`.
        library_ids: The ids of the libraries, one at least.
    """

    tool_configuration: ToolConfiguration | Mapping[str, Any] | None | Unset = UNSET
    type: Literal["document_library"] = "document_library"
    library_ids: Sequence[str]


@final
@attrs.frozen(kw_only=True)
class OAuth2TokenAuth(Schema):
    """Let a connector in by a token.

    Attributes:
        type: `"oauth2-token"`.
        value: The token. It is sent, and not shown.
    """

    type: Literal["oauth2-token"] = "oauth2-token"
    value: str = attrs.field(repr=False)


@final
@attrs.frozen(kw_only=True)
class APIKeyAuth(Schema):
    """Let a connector in by a key.

    Attributes:
        type: `"api-key"`.
        value: The key. It is sent, and not shown.
    """

    type: Literal["api-key"] = "api-key"
    value: str = attrs.field(repr=False)


@final
@attrs.frozen(kw_only=True)
class CustomConnector(Schema):
    """Let the model use a connector.

    Attributes:
        type: `"connector"`.
        connector_id: The id of the connector.
        authorization: What lets it in. It is sent, and not shown.
        tool_configuration: Which of its functions may be called.
    """

    type: Literal["connector"] = "connector"
    connector_id: str
    authorization: OAuth2TokenAuth | APIKeyAuth | Mapping[str, Any] | None | Unset = attrs.field(
        default=UNSET, repr=False
    )
    tool_configuration: ToolConfiguration | Mapping[str, Any] | None | Unset = UNSET


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
