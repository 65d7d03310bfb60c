# Written by `python -m tests.index --write`.

from mistral_funcs.schemas.audio.capabilities import (
    AudioSpeechCapabilities as AudioSpeechCapabilities,
    AudioTranscriptionCapabilities as AudioTranscriptionCapabilities,
    StreamingDelayRange as StreamingDelayRange,
)
from mistral_funcs.schemas.audio.realtime import (
    AudioEncoding as AudioEncoding,
    AudioFormat as AudioFormat,
    StreamingMode as StreamingMode,
)
from mistral_funcs.schemas.audio.realtime_speech import (
    RealtimeSpeechEvent as RealtimeSpeechEvent,
    RealtimeSpeechSession as RealtimeSpeechSession,
    RealtimeSpeechSessionCreated as RealtimeSpeechSessionCreated,
    RealtimeSpeechSessionUpdated as RealtimeSpeechSessionUpdated,
)
from mistral_funcs.schemas.audio.realtime_transcription import (
    RealtimeTranscriptionEvent as RealtimeTranscriptionEvent,
    RealtimeTranscriptionSession as RealtimeTranscriptionSession,
    RealtimeTranscriptionSessionCreated as RealtimeTranscriptionSessionCreated,
    RealtimeTranscriptionSessionUpdated as RealtimeTranscriptionSessionUpdated,
    TurnDetectionConfig as TurnDetectionConfig,
    TurnDetectionEagerEndEvent as TurnDetectionEagerEndEvent,
    TurnDetectionEndEvent as TurnDetectionEndEvent,
    TurnDetectionResumeEvent as TurnDetectionResumeEvent,
    TurnDetectionStartEvent as TurnDetectionStartEvent,
    TurnEndReason as TurnEndReason,
)
from mistral_funcs.schemas.audio.speech import (
    RawAudio as RawAudio,
    SpeechAssistantTurn as SpeechAssistantTurn,
    SpeechOutputFormat as SpeechOutputFormat,
    SpeechResponse as SpeechResponse,
    SpeechStreamAudioDelta as SpeechStreamAudioDelta,
    SpeechStreamDone as SpeechStreamDone,
    SpeechStreamEventsData as SpeechStreamEventsData,
    SpeechTurn as SpeechTurn,
    SpeechUserTurn as SpeechUserTurn,
)
from mistral_funcs.schemas.audio.transcriptions import (
    TimestampGranularity as TimestampGranularity,
    TranscriptionResponse as TranscriptionResponse,
    TranscriptionSegmentChunk as TranscriptionSegmentChunk,
    TranscriptionStreamDone as TranscriptionStreamDone,
    TranscriptionStreamEventsData as TranscriptionStreamEventsData,
    TranscriptionStreamLanguage as TranscriptionStreamLanguage,
    TranscriptionStreamSegmentDelta as TranscriptionStreamSegmentDelta,
    TranscriptionStreamTextDelta as TranscriptionStreamTextDelta,
)
from mistral_funcs.schemas.audio.voices import (
    VoiceListResponse as VoiceListResponse,
    VoiceResponse as VoiceResponse,
)
from mistral_funcs.schemas.batch.jobs import (
    ApiEndpoint as ApiEndpoint,
    BatchError as BatchError,
    BatchJob as BatchJob,
    BatchJobStatus as BatchJobStatus,
    BatchRequest as BatchRequest,
    DeleteBatchJobResponse as DeleteBatchJobResponse,
    ListBatchJobsResponse as ListBatchJobsResponse,
)
from mistral_funcs.schemas.beta.service_accounts import (
    AssignableServiceAccountRole as AssignableServiceAccountRole,
    ListAssignableServiceAccountRolesResponse as ListAssignableServiceAccountRolesResponse,
    ListServiceAccountRolesResponse as ListServiceAccountRolesResponse,
    ListServiceAccountsResponse as ListServiceAccountsResponse,
    ServiceAccount as ServiceAccount,
    ServiceAccountRole as ServiceAccountRole,
)
from mistral_funcs.schemas.beta.triggers import (
    CreateTriggerAction as CreateTriggerAction,
    Trigger as Trigger,
    TriggerAction as TriggerAction,
    TriggerEvent as TriggerEvent,
    TriggerEventList as TriggerEventList,
)
from mistral_funcs.schemas.beta.users import (
    ListOrganizationsResponse as ListOrganizationsResponse,
    ListWorkspacesResponse as ListWorkspacesResponse,
    UserIdentity as UserIdentity,
    UserIdentityAPIKey as UserIdentityAPIKey,
    UserIdentityOrganization as UserIdentityOrganization,
    UserIdentityWorkspace as UserIdentityWorkspace,
    UserOrganization as UserOrganization,
    UserWorkspace as UserWorkspace,
    WhoamiOrganization as WhoamiOrganization,
    WhoamiResponse as WhoamiResponse,
    WhoamiServiceAccountPrincipal as WhoamiServiceAccountPrincipal,
    WhoamiUserPrincipal as WhoamiUserPrincipal,
)
from mistral_funcs.schemas.beta.webhooks import WebhookSigningSecret as WebhookSigningSecret
from mistral_funcs.schemas.classifiers import (
    ClassificationResponse as ClassificationResponse,
    ClassificationTargetResult as ClassificationTargetResult,
    ModerationObject as ModerationObject,
    ModerationResponse as ModerationResponse,
)
from mistral_funcs.schemas.embeddings import (
    EmbeddingDtype as EmbeddingDtype,
    EmbeddingResponse as EmbeddingResponse,
    EmbeddingResponseData as EmbeddingResponseData,
    EncodingFormat as EncodingFormat,
)
from mistral_funcs.schemas.files import (
    CreateFileResponse as CreateFileResponse,
    DeleteFileResponse as DeleteFileResponse,
    FilePurpose as FilePurpose,
    FileSchema as FileSchema,
    FileVisibility as FileVisibility,
    GetFileResponse as GetFileResponse,
    GetSignedUrlResponse as GetSignedUrlResponse,
    ListFilesResponse as ListFilesResponse,
    SampleType as SampleType,
    Source as Source,
)
from mistral_funcs.schemas.fim import FIMCompletionResponse as FIMCompletionResponse
from mistral_funcs.schemas.fine_tuning.jobs import (
    CheckpointOut as CheckpointOut,
    ClassifierDetailedJobOut as ClassifierDetailedJobOut,
    ClassifierJobOut as ClassifierJobOut,
    ClassifierTargetIn as ClassifierTargetIn,
    ClassifierTargetOut as ClassifierTargetOut,
    ClassifierTrainingParameters as ClassifierTrainingParameters,
    ClassifierTrainingParametersIn as ClassifierTrainingParametersIn,
    CompletionDetailedJobOut as CompletionDetailedJobOut,
    CompletionJobOut as CompletionJobOut,
    CompletionTrainingParameters as CompletionTrainingParameters,
    CompletionTrainingParametersIn as CompletionTrainingParametersIn,
    CreatedJobOut as CreatedJobOut,
    DetailedJobOut as DetailedJobOut,
    EventOut as EventOut,
    FineTuneableModelType as FineTuneableModelType,
    GithubRepositoryIn as GithubRepositoryIn,
    GithubRepositoryOut as GithubRepositoryOut,
    JobMetadataOut as JobMetadataOut,
    JobOut as JobOut,
    JobsOut as JobsOut,
    JobStatus as JobStatus,
    LegacyJobMetadataOut as LegacyJobMetadataOut,
    MetricOut as MetricOut,
    TrainingFile as TrainingFile,
    WandbIntegration as WandbIntegration,
    WandbIntegrationOut as WandbIntegrationOut,
)
from mistral_funcs.schemas.models import (
    ArchiveModelResponse as ArchiveModelResponse,
    BaseModelCard as BaseModelCard,
    ClassifierFineTunedModel as ClassifierFineTunedModel,
    ClassifierTargetResult as ClassifierTargetResult,
    CompletionFineTunedModel as CompletionFineTunedModel,
    DeleteModelResponse as DeleteModelResponse,
    FineTunedModel as FineTunedModel,
    FineTunedModelCapabilities as FineTunedModelCapabilities,
    FTClassifierLossFunction as FTClassifierLossFunction,
    FTModelCard as FTModelCard,
    ModelCapabilities as ModelCapabilities,
    ModelCard as ModelCard,
    ModelList as ModelList,
    UnarchiveModelResponse as UnarchiveModelResponse,
)
from mistral_funcs.schemas.ocr import (
    OCRAsideTextBlock as OCRAsideTextBlock,
    OCRBlock as OCRBlock,
    OCRBlockConfidenceScores as OCRBlockConfidenceScores,
    OCRCaptionBlock as OCRCaptionBlock,
    OCRCodeBlock as OCRCodeBlock,
    OCRConfidenceScore as OCRConfidenceScore,
    OCREquationBlock as OCREquationBlock,
    OCRFooterBlock as OCRFooterBlock,
    OCRHeaderBlock as OCRHeaderBlock,
    OCRImageBlock as OCRImageBlock,
    OCRImageObject as OCRImageObject,
    OCRListBlock as OCRListBlock,
    OCRPageConfidenceScores as OCRPageConfidenceScores,
    OCRPageDimensions as OCRPageDimensions,
    OCRPageObject as OCRPageObject,
    OCRReferencesBlock as OCRReferencesBlock,
    OCRResponse as OCRResponse,
    OCRSignatureBlock as OCRSignatureBlock,
    OCRTableBlock as OCRTableBlock,
    OCRTableObject as OCRTableObject,
    OCRTextBlock as OCRTextBlock,
    OCRTitleBlock as OCRTitleBlock,
    OCRUsageInfo as OCRUsageInfo,
)
from mistral_funcs.schemas.shared.chunks import (
    AudioChunk as AudioChunk,
    BuiltInConnectors as BuiltInConnectors,
    ContentChunk as ContentChunk,
    DocumentURLChunk as DocumentURLChunk,
    FileChunk as FileChunk,
    ImageDetail as ImageDetail,
    ImageURL as ImageURL,
    ImageURLChunk as ImageURLChunk,
    ReferenceChunk as ReferenceChunk,
    ResourceChunk as ResourceChunk,
    ResourceLinkChunk as ResourceLinkChunk,
    SystemMessageContentChunks as SystemMessageContentChunks,
    TextChunk as TextChunk,
    ThinkChunk as ThinkChunk,
    ToolReferenceChunk as ToolReferenceChunk,
)
from mistral_funcs.schemas.shared.completions import (
    ChatCompletionChoice as ChatCompletionChoice,
    ChatCompletionResponse as ChatCompletionResponse,
    CompletionChunk as CompletionChunk,
    CompletionResponseStreamChoice as CompletionResponseStreamChoice,
    DeltaMessage as DeltaMessage,
    JsonSchema as JsonSchema,
    MistralPromptMode as MistralPromptMode,
    Prediction as Prediction,
    ReasoningEffort as ReasoningEffort,
    RequestedServiceTier as RequestedServiceTier,
    ResponseFormat as ResponseFormat,
    ResponseFormats as ResponseFormats,
)
from mistral_funcs.schemas.shared.guardrails import (
    GuardrailConfig as GuardrailConfig,
    ModerationLLMAction as ModerationLLMAction,
    ModerationLLMV1CategoryThresholds as ModerationLLMV1CategoryThresholds,
    ModerationLLMV1Config as ModerationLLMV1Config,
    ModerationLLMV2CategoryThresholds as ModerationLLMV2CategoryThresholds,
    ModerationLLMV2Config as ModerationLLMV2Config,
)
from mistral_funcs.schemas.shared.logprobs import (
    ChatCompletionResponseChoiceLogprobs as ChatCompletionResponseChoiceLogprobs,
    ChatCompletionResponseTokenLogprobs as ChatCompletionResponseTokenLogprobs,
    ChatCompletionResponseTokenLogprobsTopK as ChatCompletionResponseTokenLogprobsTopK,
)
from mistral_funcs.schemas.shared.messages import (
    AssistantMessage as AssistantMessage,
    ChatClassificationRequestInputs as ChatClassificationRequestInputs,
    ChatCompletionRequestMessage as ChatCompletionRequestMessage,
    FunctionCall as FunctionCall,
    InstructRequest as InstructRequest,
    SystemMessage as SystemMessage,
    ToolCall as ToolCall,
    ToolMessage as ToolMessage,
    ToolTypes as ToolTypes,
    UserMessage as UserMessage,
)
from mistral_funcs.schemas.shared.tools import (
    APIKeyAuth as APIKeyAuth,
    ChatCompletionRequestTool as ChatCompletionRequestTool,
    CodeInterpreterTool as CodeInterpreterTool,
    CustomConnector as CustomConnector,
    DocumentLibraryTool as DocumentLibraryTool,
    Function as Function,
    FunctionName as FunctionName,
    ImageGenerationTool as ImageGenerationTool,
    OAuth2TokenAuth as OAuth2TokenAuth,
    Tool as Tool,
    ToolChoice as ToolChoice,
    ToolChoiceEnum as ToolChoiceEnum,
    ToolConfiguration as ToolConfiguration,
    WebSearchPremiumTool as WebSearchPremiumTool,
    WebSearchTool as WebSearchTool,
)
from mistral_funcs.schemas.shared.usage import (
    CompletionTokensDetails as CompletionTokensDetails,
    MessageTokens as MessageTokens,
    PromptTokensDetails as PromptTokensDetails,
    Roles as Roles,
    UsageInfo as UsageInfo,
)
from mistral_funcs.schemas.shared.webhooks import Webhook as Webhook
