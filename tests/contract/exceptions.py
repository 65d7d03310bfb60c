"""Intended differences between the code and the facts, with their reasons. Add new ones here."""

from collections.abc import Iterable, Iterator

from tests.contract.comparison import Fault

IDENTITY = "it identifies the object, which is useless without it"
EMPTY = "a list that was left out is empty, so that a loop needs no check"
EMPTY_MAP = "a map that was left out is empty, so that a look-up needs no check"
LABEL = "it only labels the response, which some servers leave without one"
MORE_FIELDS = "the API takes more fields than it names"
MORE_TOOLS = "the public specification has tools that the official client does not send"
NAMED_VALUE = "the public specification names the only value, which is the default"
NO_TEXT = "a chunk without text adds none"
NOT_ARCHIVED = "a model that does not say so is not archived"
NO_ARGUMENTS = "a function without arguments has an empty schema"
PHONES = "any string is sent: the server knows which phones it has"
OLD_NAME = "older servers, and the examples of the API, say `FT`"
NO_KIND = "what left it out is of no kind"
ONE_OF_BOTH = "either kind of object can be read as one of both"
CONTENT = "it is the content of the resource, and identifies its kind"
EVENT = "it is the whole event, which is useless without it"
RESPONSE = "it is the whole response, which is useless without it"

EXCEPTIONS: dict[tuple[str, str, str], str] = {
    ("*", "object", "type"): "it only names the kind of the object: any string is read",
    ("*", "page", "default"): "where pages are counted from 1, the signature says so",
    ("AgentAliasResponse", "alias", "default"): IDENTITY,
    ("AssignableServiceAccountRole", "uuid", "default"): IDENTITY,
    ("AuthURLResponse", "auth_url", "default"): RESPONSE,
    ("AudioSpeechCapabilities", "modes", "default"): EMPTY,
    ("AudioSpeechCapabilities", "response_formats", "default"): EMPTY,
    ("AudioTranscriptionCapabilities", "languages", "default"): EMPTY,
    ("AudioTranscriptionCapabilities", "modes", "default"): EMPTY,
    ("AudioTranscriptionCapabilities", "streaming_delays_ms", "default"): EMPTY,
    ("AudioTranscriptionCapabilities", "timestamp_granularities", "default"): EMPTY,
    ("BlobResourceContents", "blob", "default"): CONTENT,
    ("ChatCompletionResponse", "id", "default"): LABEL,
    ("ClassificationResponse", "id", "default"): LABEL,
    ("ClassifierFineTunedModel", "archived", "default"): NOT_ARCHIVED,
    ("ClassifierTargetResult", "name", "default"): "it has no id: its name identifies it",
    ("CompletionChunk", "id", "default"): LABEL,
    ("CompletionDetailedJobOut", "job_type", "type"): OLD_NAME,
    ("CompletionFineTunedModel", "archived", "default"): NOT_ARCHIVED,
    ("CompletionJobOut", "job_type", "type"): OLD_NAME,
    ("ConnectorOpenAPISpec", "source", "default"): "an unknown place is none",
    ("ConversationResponse", "conversation_id", "default"): IDENTITY,
    ("CredentialsStatus", "error_http_code", "type"): "any HTTP status is a number",
    ("DeploymentArchiveResponse", "archive_id", "default"): IDENTITY,
    ("DeploymentWorkerResponse", "name", "default"): IDENTITY,
    ("DeploymentWorkerSpecResponse", "backend_spec", "default"): NO_KIND,
    ("EmbeddedResource", "resource", "default"): CONTENT,
    ("EmbeddingResponse", "id", "default"): LABEL,
    ("EmbeddingResponseData", "embedding", "default"): EMPTY,
    ("EmbeddingResponseData", "embedding", "type"): "it is a string where base64 was requested",
    ("ExportDatasetResponse", "file_url", "default"): RESPONSE,
    ("FIMCompletionResponse", "id", "default"): LABEL,
    ("FunctionCallEvent", "arguments", "default"): NO_TEXT,
    ("Function", "parameters", "default"): NO_ARGUMENTS,
    ("GetSignedURLResponse", "url", "default"): RESPONSE,
    ("ListPromptVersionsResponse", "data", "default"): EMPTY,
    ("ListPromptsResponse", "data", "default"): EMPTY,
    ("ListSkillVersionsResponse", "data", "default"): EMPTY,
    ("ListSkillsResponse", "data", "default"): EMPTY,
    ("GetSpan", "span_id", "default"): IDENTITY,
    ("GetTrace", "trace_id", "default"): IDENTITY,
    ("JSONPatchAppend", "value", "default"): CONTENT,
    ("Judge", "output", "default"): NO_KIND,
    ("JudgeDefinitionV1", "prompt", "default"): "else it could be a moderation",
    ("JudgeDefinitionV1", "result_spec", "default"): NO_KIND,
    ("JudgeOutput", "answer", "default"): RESPONSE,
    ("ManagedDeploymentResponse", "name", "default"): IDENTITY,
    ("MCPTool", "name", "default"): IDENTITY,
    ("ManagedIndexResponse", "config", "default"): "a configuration without a model says nothing",
    ("MessageResponse", "message", "default"): RESPONSE,
    ("MessageOutputEvent", "content", "default"): NO_TEXT,
    ("ModelList", "data", "default"): EMPTY,
    ("ModerationObject", "categories", "default"): EMPTY_MAP,
    ("ModerationObject", "category_scores", "default"): EMPTY_MAP,
    ("ModerationResponse", "id", "default"): LABEL,
    ("OCRImageObject", "id", "default"): LABEL,
    ("OCRPageObject", "dimensions", "default"): "a page of unknown size has no dimensions",
    ("OCRPageObject", "hyperlinks", "default"): EMPTY,
    ("OCRPageObject", "markdown", "default"): "a page without text is empty",
    ("OCRPageObject", "tables", "default"): EMPTY,
    ("OCRTableObject", "id", "default"): LABEL,
    ("Prompt", "aliases", "default"): EMPTY,
    ("OtelFieldDefinition", "name", "default"): IDENTITY,
    ("PipelineConfig", "definition", "default"): NO_KIND,
    ("PromptTokensDetails", "messages", "default"): EMPTY,
    ("PromptVersion", "aliases", "default"): EMPTY,
    ("ResponseStartedEvent", "conversation_id", "default"): IDENTITY,
    ("RunOptimizationRef", "optimization_id", "default"): IDENTITY,
    ("ScheduleDefinitionOutput", "schedule_id", "default"): IDENTITY,
    ("CountResponseInputTokensResponse", "input_tokens", "default"): RESPONSE,
    ("ResponsesCompletedEvent", "response", "default"): EVENT,
    ("ResponsesContentPartAddedEvent", "part", "default"): EVENT,
    ("ResponsesContentPartDoneEvent", "part", "default"): EVENT,
    ("ResponsesCreatedEvent", "response", "default"): EVENT,
    ("ResponsesFailedEvent", "response", "default"): EVENT,
    ("ResponsesFunctionCallArgumentsDeltaEvent", "delta", "default"): NO_TEXT,
    ("ResponsesInProgressEvent", "response", "default"): EVENT,
    ("ResponsesIncompleteEvent", "response", "default"): EVENT,
    ("ResponsesOutputItemAddedEvent", "item", "default"): EVENT,
    ("ResponsesOutputItemDoneEvent", "item", "default"): EVENT,
    ("ResponsesOutputText", "annotations", "default"): EMPTY,
    ("ResponsesReasoningItem", "summary", "default"): EMPTY,
    ("ResponsesReasoningTextDeltaEvent", "delta", "default"): NO_TEXT,
    ("ResponsesTextDeltaEvent", "delta", "default"): NO_TEXT,
    ("ServiceAccountRole", "role_id", "default"): IDENTITY,
    ("Skill", "aliases", "default"): EMPTY,
    ("SkillVersion", "aliases", "default"): EMPTY,
    ("SpeechResponse", "audio_data", "default"): RESPONSE,
    ("SpeechStreamAudioDelta", "audio_data", "default"): "it is the whole chunk",
    ("StreamEventSsePayload", "broker_sequence", "default"): "a stream is resumed after it",
    ("StreamEventSsePayload", "data", "default"): CONTENT,
    ("TempoTraceAttribute", "key", "default"): IDENTITY,
    ("TempoTraceAttribute", "value", "default"): CONTENT,
    ("TempoTraceAttributeArrayValue", "arrayValue", "default"): CONTENT,
    ("TempoTraceAttributeBoolValue", "boolValue", "default"): CONTENT,
    ("TempoTraceAttributeDoubleValue", "doubleValue", "default"): CONTENT,
    ("TempoTraceAttributeIntValue", "intValue", "default"): CONTENT,
    ("TempoTraceAttributeStringValue", "stringValue", "default"): CONTENT,
    ("TempoTraceSpan", "spanId", "default"): IDENTITY,
    ("TextResourceContents", "text", "default"): CONTENT,
    ("ToolCall", "type", "default"): NAMED_VALUE,
    ("ToolCall", "type", "type"): NAMED_VALUE,
    ("ToolChoice", "type", "default"): NAMED_VALUE,
    ("ToolChoice", "type", "type"): NAMED_VALUE,
    ("ToolExecutionDeltaEvent", "arguments", "default"): NO_TEXT,
    ("ToolExecutionStartedEvent", "arguments", "default"): NO_TEXT,
    ("TranscriptionResponse", "segments", "default"): EMPTY,
    ("TranscriptionResponse", "text", "default"): RESPONSE,
    ("TranscriptionSegmentChunk", "text", "default"): NO_TEXT,
    ("TranscriptionSegmentChunk", "type", "type"): "it names the only kind there is",
    ("TranscriptionStreamDone", "segments", "default"): EMPTY,
    ("TranscriptionStreamDone", "text", "default"): NO_TEXT,
    ("TranscriptionStreamSegmentDelta", "text", "default"): NO_TEXT,
    ("TranscriptionStreamTextDelta", "text", "default"): NO_TEXT,
    ("agents_complete", "tools", "type"): MORE_TOOLS,
    ("agents_stream", "tools", "type"): MORE_TOOLS,
    ("audio_speech_complete", "json.additional_fields", "parameter"): MORE_FIELDS,
    ("audio_speech_complete", "phoneme_hints", "type"): PHONES,
    ("audio_speech_stream", "json.additional_fields", "parameter"): MORE_FIELDS,
    ("audio_speech_stream", "phoneme_hints", "type"): PHONES,
    ("audio_voices_create", "json.slug", "parameter"): "the public specification has it",
    ("audio_voices_create", "sample_audio", "default"): "the public specification requires it",
    ("audio_voices_create", "sample_audio", "required"): "the public specification requires it",
    ("audio_voices_create", "sample_audio", "type"): "the public specification requires it",
    ("beta_connectors_list_tools", "", "response"): "either kind of item can be read in one list",
    ("chat_complete", "tools", "type"): MORE_TOOLS,
    ("chat_stream", "tools", "type"): MORE_TOOLS,
    ("ocr_process", "document", "type"): "no response contains a document to be read again",
    ("TriggerEvent", "event_id", "default"): IDENTITY,
    ("VoiceAgentFunctionTool", "function", "default"): "it is the whole tool",
    ("WebhookSigningSecret", "signing_secret", "default"): RESPONSE,
    ("WhoamiResponse", "principal", "default"): RESPONSE,
    ("WhoamiServiceAccountPrincipal", "service_account_id", "default"): IDENTITY,
    ("WorkflowExecutionResponse", "execution_id", "default"): IDENTITY,
    ("WorkflowExecutionSyncResponse", "execution_id", "default"): IDENTITY,
    ("WorkflowExecutionTraceEventsResponse", "execution_id", "default"): IDENTITY,
    ("WorkflowExecutionTraceOTelResponse", "execution_id", "default"): IDENTITY,
    ("WorkflowExecutionTraceSummaryResponse", "execution_id", "default"): IDENTITY,
    ("WorkflowExecutionWithoutResultResponse", "execution_id", "default"): IDENTITY,
    ("workflows_execute_workflow", "", "response"): ONE_OF_BOTH,
    ("workflows_execute_workflow_registration", "", "response"): ONE_OF_BOTH,
    ("WorkflowScheduleResponse", "schedule_id", "default"): IDENTITY,
}
"""Schema or operation (`*` is any), field or parameter, aspect, and reason."""


def rows_for(fault: Fault) -> set[tuple[str, str, str]]:
    """Return the rows that allow a difference."""
    return {(of, fault.name, fault.aspect) for of in (fault.of, "*")} & EXCEPTIONS.keys()


def unexplained(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield the differences that no row allows."""
    return (each for each in faults if not rows_for(each))


NOT_SERVED: dict[str, str] = {}
"""Operations that the sandbox does not support yet, with the reason."""

TO_COME: tuple[str, ...] = ()
"""Prefixes of operations that the package does not have yet."""

SAFE_TO_REPEAT: dict[str, str] = {"files_upload": "a second upload is one more file"}
"""Operations that are retried although their method is not idempotent."""
