"""Tools of the Responses API."""

from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown

ResponsesCallers: TypeAlias = Literal["direct", "programmatic"] | str
"""Who can call a tool. Other values are accepted."""


ResponsesToolChoice: TypeAlias = Literal["none", "auto", "required"] | str
"""Whether the model calls tools. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class ResponsesGrammar(Schema):
    """A grammar that the input of a tool must follow.

    Attributes:
        type: `"grammar"`.
        definition: The grammar.
        syntax: Syntax of the grammar.
    """

    type: Literal["grammar"] = "grammar"
    definition: str
    syntax: Literal["lark", "regex"] | str


@final
@attrs.frozen(kw_only=True)
class ResponsesText(Schema):
    """Free-form text.

    Attributes:
        type: `"text"`.
    """

    type: Literal["text"] = "text"


@final
@attrs.frozen(kw_only=True)
class ResponsesCustomTool(Schema):
    """A tool that takes text.

    Attributes:
        type: `"custom"`.
        name: Name of the tool.
        allowed_callers: Who can call the tool.
        defer_loading: Whether the tool is loaded only when it is needed.
        description: What it does. The model uses it to decide when to call it.
        format: Format of the input.
    """

    type: Literal["custom"] = "custom"
    name: str
    allowed_callers: list[ResponsesCallers] | None = None
    defer_loading: bool | None = None
    description: str | None = None
    format: ResponsesText | ResponsesGrammar | Unknown | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesToolFunction(Schema):
    """A function of a namespace.

    Attributes:
        type: `"function"`.
        name: Name of the tool.
        allowed_callers: Who can call the tool.
        defer_loading: Whether the tool is loaded only when it is needed.
        description: What it does. The model uses it to decide when to call it.
        output_schema: JSON schema of the result.
        parameters: JSON schema of the arguments.
        strict: Whether the arguments must follow the schema exactly.
    """

    type: Literal["function"] = "function"
    name: str
    allowed_callers: list[ResponsesCallers] | None = None
    defer_loading: bool | None = None
    description: str | None = None
    output_schema: dict[str, Any] | None = None
    parameters: Any | None = None
    strict: bool | None = None


ResponsesNamespaceMember: TypeAlias = ResponsesToolFunction | ResponsesCustomTool | Unknown
"""A tool of a namespace, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class ResponsesNamespaceTool(Schema):
    """A group of tools.

    Attributes:
        type: `"namespace"`.
        description: Description of the group, for the model.
        name: Name of the group.
        tools: The tools.
    """

    type: Literal["namespace"] = "namespace"
    description: str
    name: str
    tools: list[ResponsesNamespaceMember]


@final
@attrs.frozen(kw_only=True)
class ResponsesFunctionTool(Schema):
    """A function that the model may call.

    Attributes:
        type: `"function"`.
        name: Name of the tool.
        parameters: JSON schema of the arguments.
        strict: Whether the arguments must follow the schema exactly.
        allowed_callers: Who can call the tool.
        defer_loading: Whether the tool is loaded only when it is needed.
        description: What it does. The model uses it to decide when to call it.
        output_schema: JSON schema of the result.
    """

    type: Literal["function"] = "function"
    name: str
    parameters: dict[str, Any] | None = None
    strict: bool | None = None
    allowed_callers: list[ResponsesCallers] | None = None
    defer_loading: bool | None = None
    description: str | None = None
    output_schema: dict[str, Any] | None = None


ResponsesTool: TypeAlias = ResponsesFunctionTool | ResponsesNamespaceTool | Unknown
"""A tool, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class ResponsesToolChoiceFunction(Schema):
    """The function that the model must call.

    Attributes:
        type: `"function"`.
        name: Name of the function.
    """

    type: Literal["function"] = "function"
    name: str | None = None


@final
@attrs.frozen(kw_only=True)
class CreateResponseRequestResponsesToolChoiceFunction(Schema):
    """The function that the model must call.

    Attributes:
        type: `"function"`.
        name: Name of the function.
    """

    type: Literal["function"] = "function"
    name: str


@final
@attrs.frozen(kw_only=True)
class CountResponseInputTokensRequestResponsesToolChoiceFunction(Schema):
    """The function that the model must call.

    Attributes:
        type: `"function"`.
        name: Name of the function.
    """

    type: Literal["function"] = "function"
    name: str
