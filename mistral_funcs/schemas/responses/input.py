"""Items of the input of responses."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unknown, Unset
from mistral_funcs.schemas.responses.output import (
    ResponsesFunctionToolCall,
    ResponsesOutputMessage,
    ResponsesPhase,
    ResponsesReasoningItem,
    ResponsesStatus,
)


@final
@attrs.frozen(kw_only=True)
class ResponsesInputTextResponsesPromptCacheBreakpoint(Schema):
    """The end of a prefix that is cached.

    Attributes:
        mode: `"explicit"`.
    """

    mode: Literal["explicit"] = "explicit"


@final
@attrs.frozen(kw_only=True)
class ResponsesInputText(Schema):
    """Text.

    Attributes:
        type: `"input_text"`.
        text: The text.
        prompt_cache_breakpoint: The end of a prefix that is cached.
    """

    type: Literal["input_text"] = "input_text"
    text: str
    prompt_cache_breakpoint: (
        ResponsesInputTextResponsesPromptCacheBreakpoint | Mapping[str, Any] | None | Unset
    ) = UNSET


@final
@attrs.frozen(kw_only=True)
class ResponsesInputImageResponsesPromptCacheBreakpoint(Schema):
    """The end of a prefix that is cached.

    Attributes:
        mode: `"explicit"`.
    """

    mode: Literal["explicit"] = "explicit"


@final
@attrs.frozen(kw_only=True)
class ResponsesInputImage(Schema):
    """An image.

    Attributes:
        type: `"input_image"`.
        detail: Level of detail for the input.
        file_id: ID of the file.
        image_url: URL of the image, or the image itself as a `data:` URL.
        prompt_cache_breakpoint: The end of a prefix that is cached.
    """

    type: Literal["input_image"] = "input_image"
    detail: Literal["low", "high", "auto", "original"] | str
    file_id: str | None | Unset = UNSET
    image_url: str | None | Unset = UNSET
    prompt_cache_breakpoint: (
        ResponsesInputImageResponsesPromptCacheBreakpoint | Mapping[str, Any] | None | Unset
    ) = UNSET


@final
@attrs.frozen(kw_only=True)
class ResponsesInputFileResponsesPromptCacheBreakpoint(Schema):
    """The end of a prefix that is cached.

    Attributes:
        mode: `"explicit"`.
    """

    mode: Literal["explicit"] = "explicit"


@final
@attrs.frozen(kw_only=True)
class ResponsesInputFile(Schema):
    """A file.

    Attributes:
        type: `"input_file"`.
        detail: Level of detail for the input.
        file_data: Content of the file.
        file_id: ID of the file.
        file_url: URL of the file.
        filename: Name of the file.
        prompt_cache_breakpoint: The end of a prefix that is cached.
    """

    type: Literal["input_file"] = "input_file"
    detail: Literal["auto", "low", "high"] | str | None | Unset = UNSET
    file_data: str | None | Unset = UNSET
    file_id: str | None | Unset = UNSET
    file_url: str | None | Unset = UNSET
    filename: str | None | Unset = UNSET
    prompt_cache_breakpoint: (
        ResponsesInputFileResponsesPromptCacheBreakpoint | Mapping[str, Any] | None | Unset
    ) = UNSET


ResponsesInputContent: TypeAlias = (
    ResponsesInputText | ResponsesInputImage | ResponsesInputFile | Mapping[str, Any]
)
"""A part of the content of a message to the model, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class ResponsesMessage(Schema):
    """A message with parts.

    Attributes:
        type: `"message"`.
        role: Role of the author.
        content: The content.
        status: Status of the item.
    """

    type: Literal["message"] | None | Unset = UNSET
    role: Literal["user", "system", "developer"] | str
    content: Sequence[ResponsesInputContent]
    status: ResponsesStatus | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class ResponsesEasyInputMessage(Schema):
    """A message, as a string or with parts.

    Attributes:
        type: `"message"`.
        role: Role of the author.
        content: The content.
        phase: Whether it is interim commentary or the final message.
    """

    type: Literal["message"] | None | Unset = UNSET
    role: Literal["user", "assistant", "system", "developer"] | str
    content: str | Sequence[ResponsesInputContent]
    phase: ResponsesPhase | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class ResponsesInputTextContentResponsesPromptCacheBreakpoint(Schema):
    """The end of a prefix that is cached.

    Attributes:
        mode: `"explicit"`.
    """

    mode: Literal["explicit"] = "explicit"


@final
@attrs.frozen(kw_only=True)
class ResponsesInputTextContent(Schema):
    """Text in the result of a function call.

    Attributes:
        type: `"input_text"`.
        text: The text.
        prompt_cache_breakpoint: The end of a prefix that is cached.
    """

    type: Literal["input_text"] = "input_text"
    text: str
    prompt_cache_breakpoint: (
        ResponsesInputTextContentResponsesPromptCacheBreakpoint | Mapping[str, Any] | None | Unset
    ) = UNSET


@final
@attrs.frozen(kw_only=True)
class ResponsesInputImageContentResponsesPromptCacheBreakpoint(Schema):
    """The end of a prefix that is cached.

    Attributes:
        mode: `"explicit"`.
    """

    mode: Literal["explicit"] = "explicit"


@final
@attrs.frozen(kw_only=True)
class ResponsesInputImageContent(Schema):
    """An image in the result of a function call.

    Attributes:
        type: `"input_image"`.
        detail: Level of detail for the input.
        file_id: ID of the file.
        image_url: URL of the image, or the image itself as a `data:` URL.
        prompt_cache_breakpoint: The end of a prefix that is cached.
    """

    type: Literal["input_image"] = "input_image"
    detail: Literal["low", "high", "auto", "original"] | str | None | Unset = UNSET
    file_id: str | None | Unset = UNSET
    image_url: str | None | Unset = UNSET
    prompt_cache_breakpoint: (
        ResponsesInputImageContentResponsesPromptCacheBreakpoint | Mapping[str, Any] | None | Unset
    ) = UNSET


@final
@attrs.frozen(kw_only=True)
class ResponsesInputFileContentResponsesPromptCacheBreakpoint(Schema):
    """The end of a prefix that is cached.

    Attributes:
        mode: `"explicit"`.
    """

    mode: Literal["explicit"] = "explicit"


@final
@attrs.frozen(kw_only=True)
class ResponsesInputFileContent(Schema):
    """A file in the result of a function call.

    Attributes:
        type: `"input_file"`.
        detail: Level of detail for the input.
        file_data: Content of the file.
        file_id: ID of the file.
        file_url: URL of the file.
        filename: Name of the file.
        prompt_cache_breakpoint: The end of a prefix that is cached.
    """

    type: Literal["input_file"] = "input_file"
    detail: Literal["auto", "low", "high"] | str | None | Unset = UNSET
    file_data: str | None | Unset = UNSET
    file_id: str | None | Unset = UNSET
    file_url: str | None | Unset = UNSET
    filename: str | None | Unset = UNSET
    prompt_cache_breakpoint: (
        ResponsesInputFileContentResponsesPromptCacheBreakpoint | Mapping[str, Any] | None | Unset
    ) = UNSET


ResponsesOutputPart: TypeAlias = (
    ResponsesInputTextContent
    | ResponsesInputImageContent
    | ResponsesInputFileContent
    | Mapping[str, Any]
)
"""A part of the result of a function call, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class ResponsesFunctionCallOutputCallerDirect(Schema):
    """The model as the caller of a function.

    Attributes:
        type: `"direct"`.
    """

    type: Literal["direct"] = "direct"


@final
@attrs.frozen(kw_only=True)
class ResponsesFunctionCallOutputCallerProgram(Schema):
    """A program as the caller of a function.

    Attributes:
        type: `"program"`.
        caller_id: ID of the program.
    """

    type: Literal["program"] = "program"
    caller_id: str


@final
@attrs.frozen(kw_only=True)
class ResponsesFunctionCallOutput(Schema):
    """The result of a function call.

    Attributes:
        type: `"function_call_output"`.
        id: ID of the item.
        call_id: ID of the function call.
        output: Result of the function call.
        caller: Who called the function.
        status: Status of the item.
    """

    type: Literal["function_call_output"] = "function_call_output"
    id: str | None | Unset = UNSET
    call_id: str
    output: str | Sequence[ResponsesOutputPart]
    caller: (
        ResponsesFunctionCallOutputCallerDirect
        | ResponsesFunctionCallOutputCallerProgram
        | Mapping[str, Any]
        | None
        | Unset
    ) = UNSET
    status: ResponsesStatus | None | Unset = UNSET


ResponsesInputItem: TypeAlias = (
    ResponsesEasyInputMessage
    | ResponsesMessage
    | ResponsesFunctionCallOutput
    | ResponsesOutputMessage
    | ResponsesFunctionToolCall
    | ResponsesReasoningItem
    | Unknown
    | Mapping[str, Any]
)
"""An item of the input, discriminated by `type`."""
