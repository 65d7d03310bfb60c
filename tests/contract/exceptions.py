"""Where the SDK differs from the specification, and why. A new difference is a row here."""

OLD_NAME = "older servers, and the API's own examples, say `FT`"
EMPTY = "a list that was left out is empty: a loop needs no check"
NO_TEXT = "a piece without text adds none"
WHOLE_ANSWER = "it is the whole answer: without it there is none"
LABEL = "it only labels the response, which some servers leave without one"
NEW_KIND = "there is one kind today: another, or an odd item, fails no call"
PHONES = "a phone is any string: which of them the server knows is for the server to say"

EXCEPTIONS: dict[tuple[str, str, str], str] = {
    ("*", "object", "type"): "it only names the kind of the object: any text is read",
    ("ModelList", "data", "default"): "a list that was left out is empty: a loop needs no check",
    ("CompletionFineTunedModel", "archived", "default"): "who does not say so archived nothing",
    ("ClassifierFineTunedModel", "archived", "default"): "who does not say so archived nothing",
    ("ClassifierTargetResult", "name", "required"): "it has no id: its name is what tells it",
    ("CompletionJobOut", "integrations", "type"): NEW_KIND,
    ("ClassifierJobOut", "integrations", "type"): NEW_KIND,
    ("CompletionDetailedJobOut", "integrations", "type"): NEW_KIND,
    ("ClassifierDetailedJobOut", "integrations", "type"): NEW_KIND,
    ("CompletionJobOut", "repositories", "type"): NEW_KIND,
    ("CompletionDetailedJobOut", "repositories", "type"): NEW_KIND,
    ("CompletionJobOut", "job_type", "type"): OLD_NAME,
    ("CompletionDetailedJobOut", "job_type", "type"): OLD_NAME,
    ("agents_stream", "", "media type"): "the API streams agents too, and does not say so",
    ("AudioChunk", "input_audio", "type"): "JSON has no bytes: they are sent in base64, as text",
    ("EmbeddingResponseData", "embedding", "type"): "it is text where base64 was asked for",
    ("EmbeddingResponseData", "embedding", "default"): "a list that was left out is empty",
    ("ModerationObject", "categories", "default"): "a map that was left out is empty",
    ("ModerationObject", "category_scores", "default"): "a map that was left out is empty",
    ("ListFilesResponse", "data", "type"): "one odd file does not take the page down",
    ("ListBatchJobsResponse", "data", "type"): "one odd job does not take the page down",
    ("VoiceListResponse", "items", "type"): "one odd voice does not take the page down",
    ("ocr_process", "document", "type"): "what an answer brought is no document to be read",
    ("OCRPageObject", "dimensions", "default"): "a page of unknown size has none",
    ("OCRPageObject", "markdown", "default"): "a page without text is empty",
    ("OCRPageObject", "tables", "default"): EMPTY,
    ("OCRPageObject", "hyperlinks", "default"): EMPTY,
    ("SpeechResponse", "audio_data", "required"): WHOLE_ANSWER,
    ("SpeechStreamAudioDelta", "audio_data", "required"): "it is the whole piece",
    ("TranscriptionResponse", "text", "required"): WHOLE_ANSWER,
    ("TranscriptionResponse", "segments", "default"): EMPTY,
    ("TranscriptionSegmentChunk", "type", "type"): "it names the only kind there is",
    ("TranscriptionSegmentChunk", "text", "default"): NO_TEXT,
    ("TranscriptionStreamTextDelta", "text", "default"): NO_TEXT,
    ("TranscriptionStreamSegmentDelta", "text", "default"): NO_TEXT,
    ("TranscriptionStreamDone", "text", "default"): NO_TEXT,
    ("TranscriptionStreamDone", "segments", "default"): EMPTY,
    ("GetSignedUrlResponse", "url", "required"): "it is the whole answer: without it there is none",
    ("Function", "parameters", "required"): "a function without arguments has an empty schema",
    ("Function", "parameters", "default"): "a function without arguments has an empty schema",
    ("ChatCompletionResponse", "id", "required"): LABEL,
    ("ChatCompletionResponse", "id", "default"): LABEL,
    ("CompletionChunk", "id", "required"): LABEL,
    ("CompletionChunk", "id", "default"): LABEL,
    ("FIMCompletionResponse", "id", "required"): LABEL,
    ("FIMCompletionResponse", "id", "default"): LABEL,
    ("EmbeddingResponse", "id", "required"): LABEL,
    ("EmbeddingResponse", "id", "default"): LABEL,
    ("ModerationResponse", "id", "required"): LABEL,
    ("ModerationResponse", "id", "default"): LABEL,
    ("ClassificationResponse", "id", "required"): LABEL,
    ("ClassificationResponse", "id", "default"): LABEL,
    ("OCRImageObject", "id", "required"): LABEL,
    ("OCRImageObject", "id", "default"): LABEL,
    ("OCRTableObject", "id", "required"): LABEL,
    ("OCRTableObject", "id", "default"): LABEL,
    ("PromptTokensDetails", "messages", "default"): EMPTY,
    ("AudioSpeechCapabilities", "modes", "default"): EMPTY,
    ("AudioSpeechCapabilities", "response_formats", "default"): EMPTY,
    ("AudioTranscriptionCapabilities", "modes", "default"): EMPTY,
    ("AudioTranscriptionCapabilities", "timestamp_granularities", "default"): EMPTY,
    ("AudioTranscriptionCapabilities", "languages", "default"): EMPTY,
    ("AudioTranscriptionCapabilities", "streaming_delays_ms", "default"): EMPTY,
    ("audio_speech_complete", "phoneme_hints", "type"): PHONES,
    ("audio_speech_stream", "phoneme_hints", "type"): PHONES,
    ("JobStatus", "", "name"): "the specification has it inline, in five places",
}
"""Schema or function (`*` is any), field or argument, what differs of it, and the reason."""

IDENTITIES = frozenset({"id"})
"""The fields that a resource must bear: older and self-hosted servers leave out all others."""

UNNAMED: dict[str, set[str]] = {
    "ModelCard": {"BaseModelCard", "FTModelCard"},
    "FineTunedModel": {"CompletionFineTunedModel", "ClassifierFineTunedModel"},
    "JobOut": {"CompletionJobOut", "ClassifierJobOut"},
    "CreatedJobOut": {"CompletionJobOut", "ClassifierJobOut", "LegacyJobMetadataOut"},
    "DetailedJobOut": {"CompletionDetailedJobOut", "ClassifierDetailedJobOut"},
    "ChatCompletionRequestMessage": {
        "SystemMessage",
        "UserMessage",
        "AssistantMessage",
        "ToolMessage",
    },
    "ChatCompletionRequestTool": {
        "Tool",
        "WebSearchTool",
        "WebSearchPremiumTool",
        "CodeInterpreterTool",
        "ImageGenerationTool",
        "DocumentLibraryTool",
        "CustomConnector",
    },
    "OCRBlock": {
        "OCRTextBlock",
        "OCRListBlock",
        "OCRImageBlock",
        "OCRTableBlock",
        "OCRTitleBlock",
        "OCREquationBlock",
        "OCRCaptionBlock",
        "OCRCodeBlock",
        "OCRReferencesBlock",
        "OCRAsideTextBlock",
        "OCRHeaderBlock",
        "OCRFooterBlock",
        "OCRSignatureBlock",
    },
    "SpeechTurn": {"SpeechUserTurn", "SpeechAssistantTurn"},
    "SpeechStreamEventsData": {"SpeechStreamAudioDelta", "SpeechStreamDone"},
    "TranscriptionStreamEventsData": {
        "TranscriptionStreamTextDelta",
        "TranscriptionStreamLanguage",
        "TranscriptionStreamSegmentDelta",
        "TranscriptionStreamDone",
    },
}
"""The unions to which the SDK gives a name and the specification none, with their members."""

TAGS: dict[str, str] = {
    "models": "models",
    "fine_tuning_jobs": "deprecated.fine-tuning",
    "files": "files",
    "chat": "chat",
    "fim": "fim",
    "agents": "agents",
    "embeddings": "embeddings",
    "classifiers": "classifiers",
    "batch_jobs": "batch",
    "ocr": "ocr",
    "audio_speech": "audio.speech",
    "audio_transcriptions": "audio.transcriptions",
    "audio_voices": "audio.voices",
}
"""Each resource, with the tag that the specification has for its operations."""

NO_SCHEMAS: dict[str, str] = {
    "ResponseBase": "what is made of it has its fields",
    "ChatCompletionResponseBase": "what is made of it has its fields",
    "CompletionEvent": "an event of a stream is its data, a `CompletionChunk`",
    "File": "it is the core's",
    "MetadataDict": "it is any object: a mapping",
    "SpeechStreamEvents": "an event of a stream is its data, a `SpeechStreamEventsData`",
    "SpeechStreamEventTypes": "the data says it as its `type`",
    "TranscriptionStreamEvents": (
        "an event of a stream is its data, a `TranscriptionStreamEventsData`"
    ),
    "TranscriptionStreamEventTypes": "the data says it as its `type`",
}
"""The schemas of the specification that are none here, and why."""
