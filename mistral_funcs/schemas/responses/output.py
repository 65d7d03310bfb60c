"""Items that responses contain."""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown

ResponsesStatus: TypeAlias = Literal["in_progress", "completed", "incomplete"] | str
"""Status of an item. Other values are accepted."""


ResponsesPhase: TypeAlias = Literal["commentary", "final_answer"] | str
"""Whether a message is interim commentary or the final message. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class ResponsesAnnotationURLCitation(Schema):
    """A citation of a web page.

    Attributes:
        type: `"url_citation"`.
        end_index: Index after the last character.
        start_index: Index of the first character.
        title: Title of the page.
        url: URL of the page.
    """

    type: Literal["url_citation"] = "url_citation"
    end_index: int
    start_index: int
    title: str
    url: str


@final
@attrs.frozen(kw_only=True)
class ResponsesAnnotationFileCitation(Schema):
    """A citation of a file.

    Attributes:
        type: `"file_citation"`.
        file_id: ID of the file.
        filename: Name of the file.
        index: Index of the position in the text.
    """

    type: Literal["file_citation"] = "file_citation"
    file_id: str
    filename: str
    index: int


@final
@attrs.frozen(kw_only=True)
class ResponsesAnnotationContainerFileCitation(Schema):
    """A citation of a file in a container.

    Attributes:
        type: `"container_file_citation"`.
        container_id: ID of the container.
        end_index: Index after the last character.
        file_id: ID of the file.
        filename: Name of the file.
        start_index: Index of the first character.
    """

    type: Literal["container_file_citation"] = "container_file_citation"
    container_id: str
    end_index: int
    file_id: str
    filename: str
    start_index: int


@final
@attrs.frozen(kw_only=True)
class ResponsesAnnotationFilePath(Schema):
    """A path of a file.

    Attributes:
        type: `"file_path"`.
        file_id: ID of the file.
        index: Index of the position in the text.
    """

    type: Literal["file_path"] = "file_path"
    file_id: str
    index: int


ResponsesAnnotation: TypeAlias = (
    ResponsesAnnotationURLCitation
    | ResponsesAnnotationFileCitation
    | ResponsesAnnotationContainerFileCitation
    | ResponsesAnnotationFilePath
    | Unknown
)
"""An annotation of text, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class ResponsesOutputTextLogprobTopLogprob(Schema):
    """Log probability of an alternative token.

    Attributes:
        token: The token.
        bytes: UTF-8 bytes of the token.
        logprob: Log probability.
    """

    token: str
    bytes: list[int]
    logprob: float


@final
@attrs.frozen(kw_only=True)
class ResponsesOutputTextLogprob(Schema):
    """Log probability of a token.

    Attributes:
        token: The token.
        bytes: UTF-8 bytes of the token.
        logprob: Log probability.
        top_logprobs: The most likely tokens.
    """

    token: str
    bytes: list[int]
    logprob: float
    top_logprobs: list[ResponsesOutputTextLogprobTopLogprob | Unknown]


@final
@attrs.frozen(kw_only=True)
class ResponsesOutputText(Schema):
    """Text from the model.

    Attributes:
        type: `"output_text"`.
        annotations: Annotations of the text.
        text: The text.
        logprobs: Log probabilities of the tokens.
    """

    type: Literal["output_text"] = "output_text"
    annotations: list[ResponsesAnnotation] = attrs.field(factory=list[ResponsesAnnotation])
    text: str
    logprobs: list[ResponsesOutputTextLogprob | Unknown] | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesOutputRefusal(Schema):
    """A refusal of the model.

    Attributes:
        type: `"refusal"`.
        refusal: Text of the refusal.
    """

    type: Literal["refusal"] = "refusal"
    refusal: str


ResponsesOutputContent: TypeAlias = ResponsesOutputText | ResponsesOutputRefusal | Unknown
"""A part of the content of a message from the model, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class ResponsesOutputMessage(Schema):
    """A message from the model.

    Attributes:
        type: `"message"`.
        role: `"assistant"`.
        id: ID of the item.
        content: The content.
        status: Status of the item.
        phase: Whether it is interim commentary or the final message.
    """

    type: Literal["message"] = "message"
    role: Literal["assistant"] = "assistant"
    id: str
    content: list[ResponsesOutputContent]
    status: ResponsesStatus
    phase: ResponsesPhase | None = None

    @property
    def text(self) -> str:
        """The text of the content. Empty if it has none."""
        return "".join(each.text for each in self.content if isinstance(each, ResponsesOutputText))


@final
@attrs.frozen(kw_only=True)
class ResponsesCallerDirect(Schema):
    """The model as the caller of a function.

    Attributes:
        type: `"direct"`.
    """

    type: Literal["direct"] = "direct"


@final
@attrs.frozen(kw_only=True)
class ResponsesCallerProgram(Schema):
    """A program as the caller of a function.

    Attributes:
        type: `"program"`.
        caller_id: ID of the program.
    """

    type: Literal["program"] = "program"
    caller_id: str


@final
@attrs.frozen(kw_only=True)
class ResponsesFunctionToolCall(Schema):
    """A function call.

    Attributes:
        type: `"function_call"`.
        id: ID of the item.
        arguments: Arguments as a JSON string.
        call_id: ID of the call. The `ResponsesFunctionCallOutput` with the result repeats it.
        name: Name of the function.
        caller: Who called the function.
        namespace: Name of the group that contains the function.
        status: Status of the item.
    """

    type: Literal["function_call"] = "function_call"
    id: str | None = None
    arguments: str
    call_id: str
    name: str
    caller: ResponsesCallerDirect | ResponsesCallerProgram | Unknown | None = None
    namespace: str | None = None
    status: ResponsesStatus | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesContent(Schema):
    """Text of the reasoning.

    Attributes:
        type: `"reasoning_text"`.
        text: The text.
    """

    type: Literal["reasoning_text"] = "reasoning_text"
    text: str


@final
@attrs.frozen(kw_only=True)
class ResponsesSummary(Schema):
    """A part of the summary of the reasoning.

    Attributes:
        type: `"summary_text"`.
        text: The text.
    """

    type: Literal["summary_text"] = "summary_text"
    text: str


@final
@attrs.frozen(kw_only=True)
class ResponsesReasoningItem(Schema):
    """The reasoning of the model.

    Attributes:
        type: `"reasoning"`.
        id: ID of the item.
        summary: Summary of the reasoning.
        content: The reasoning.
        encrypted_content: The encrypted reasoning, which can be sent back.
        status: Status of the item.
    """

    type: Literal["reasoning"] = "reasoning"
    id: str
    summary: list[ResponsesSummary | Unknown] = attrs.field(
        factory=list[ResponsesSummary | Unknown]
    )
    content: list[ResponsesContent | Unknown] | None = None
    encrypted_content: str | None = None
    status: ResponsesStatus | None = None


ResponsesOutputItem: TypeAlias = (
    ResponsesOutputMessage | ResponsesFunctionToolCall | ResponsesReasoningItem | Unknown
)
"""An item that a response contains, discriminated by `type`."""
