"""Tools of voice agents."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unknown, Unset
from mistral_funcs.schemas.shared.tools import (
    APIKeyAuth,
    Function,
    OAuth2TokenAuth,
    ToolConfiguration,
)


@final
@attrs.frozen(kw_only=True)
class StaticToolFiller(Schema):
    """A sentence that the agent says while a tool runs.

    Attributes:
        type: `"static"`.
        text: The sentence.
    """

    type: Literal["static"] = "static"
    text: str


@final
@attrs.frozen(kw_only=True)
class HangUpTool(Schema):
    """End the call.

    Attributes:
        type: `"hang_up"`.
        filler: What the agent says while the tool runs.
    """

    type: Literal["hang_up"] = "hang_up"
    filler: StaticToolFiller | None = None


@final
@attrs.frozen(kw_only=True)
class PhoneDestination(Schema):
    """A phone number.

    Attributes:
        type: `"phone"`.
        number: The phone number.
    """

    type: Literal["phone"] = "phone"
    number: str


@final
@attrs.frozen(kw_only=True)
class SipDestination(Schema):
    """A SIP address.

    Attributes:
        type: `"sip"`.
        uri: The SIP URI.
    """

    type: Literal["sip"] = "sip"
    uri: str


@final
@attrs.frozen(kw_only=True)
class TransferTarget(Schema):
    """Someone to whom a call can be transferred. The model sees only `id` and `condition`.

    Attributes:
        id: ID that the model chooses.
        condition: When to choose it.
        destination: Where the call goes.
    """

    id: str
    condition: str
    destination: PhoneDestination | SipDestination | Unknown


@final
@attrs.frozen(kw_only=True)
class TransferCallTool(Schema):
    """Transfer the call.

    Attributes:
        type: `"transfer_call"`.
        destinations: Possible destinations.
        filler: What the agent says while the tool runs.
    """

    type: Literal["transfer_call"] = "transfer_call"
    destinations: list[TransferTarget | Unknown]
    filler: StaticToolFiller | None = None


@final
@attrs.frozen(kw_only=True)
class VoiceAgentCustomConnector(Schema):
    """A connector as a tool of a voice agent.

    Attributes:
        type: `"connector"`.
        connector_id: ID of the connector.
        authorization: Credentials for the connector. Not part of the repr.
        tool_configuration: Functions of the tool that may be called.
        filler: What the agent says while the tool runs.
    """

    type: Literal["connector"] = "connector"
    connector_id: str
    authorization: APIKeyAuth | OAuth2TokenAuth | Unknown | None = attrs.field(
        default=None, repr=False
    )
    tool_configuration: ToolConfiguration | None = None
    filler: StaticToolFiller | None = None


@final
@attrs.frozen(kw_only=True)
class VoiceAgentDocumentLibraryTool(Schema):
    """Search in document libraries.

    Attributes:
        type: `"document_library"`.
        library_ids: IDs of the libraries.
        tool_configuration: Functions of the tool that may be called.
        filler: What the agent says while the tool runs.
    """

    type: Literal["document_library"] = "document_library"
    library_ids: list[str]
    tool_configuration: ToolConfiguration | None = None
    filler: StaticToolFiller | None = None


@final
@attrs.frozen(kw_only=True)
class VoiceAgentWebSearchTool(Schema):
    """Web search.

    Attributes:
        type: `"web_search"`.
        tool_configuration: Functions of the tool that may be called.
        filler: What the agent says while the tool runs.
    """

    type: Literal["web_search"] = "web_search"
    tool_configuration: ToolConfiguration | None = None
    filler: StaticToolFiller | None = None


@final
@attrs.frozen(kw_only=True)
class FunctionRequest(Schema):
    """A function that the voice agent may call.

    Attributes:
        name: Name of the function.
        parameters: JSON schema of the arguments.
        description: What the function does. The model uses it to decide when to call the function.
        strict: Whether the arguments must follow the schema exactly.
    """

    name: str
    parameters: Mapping[str, Any]
    description: str | None = None
    strict: bool | None = None


@final
@attrs.frozen(kw_only=True)
class VoiceAgentFunctionToolRequest(Schema):
    """A function tool to give to a voice agent.

    Attributes:
        type: `"function"`.
        function: The function.
        filler: What the agent says while the tool runs.
        timeout_ms: Time limit of a call, in milliseconds.
    """

    type: Literal["function"] = "function"
    function: FunctionRequest | Mapping[str, Any]
    filler: StaticToolFiller | Mapping[str, Any] | None | Unset = UNSET
    timeout_ms: int | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class VoiceAgentFunctionTool(Schema):
    """A function tool of a voice agent.

    Attributes:
        type: `"function"`.
        function: The function.
        filler: What the agent says while the tool runs.
        timeout_ms: Time limit of a call, in milliseconds.
    """

    type: Literal["function"] = "function"
    function: Function
    filler: StaticToolFiller | None = None
    timeout_ms: int | None = None


VoiceAgentTool: TypeAlias = (
    VoiceAgentCustomConnector
    | VoiceAgentDocumentLibraryTool
    | VoiceAgentFunctionTool
    | HangUpTool
    | TransferCallTool
    | VoiceAgentWebSearchTool
    | Unknown
)
"""A tool of a voice agent, discriminated by `type`."""


VoiceAgentToolRequest: TypeAlias = (
    VoiceAgentCustomConnector
    | VoiceAgentDocumentLibraryTool
    | VoiceAgentFunctionToolRequest
    | HangUpTool
    | TransferCallTool
    | VoiceAgentWebSearchTool
    | Unknown
    | Mapping[str, Any]
)
"""A tool to give to a voice agent, discriminated by `type`."""
