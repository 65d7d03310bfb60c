"""The operations of the GenAI semantic conventions, and how spans are named after them."""

from collections.abc import Mapping
from typing import Any, Final

from mistral_core import Operation

PROVIDER: Final = "mistral_ai"

CONVERSATIONS: Final = ("start", "append", "restart")

OPERATION_NAMES: Final[Mapping[str, str]] = {
    "agents_complete": "invoke_agent",
    "agents_stream": "invoke_agent",
    "audio_agents_create": "create_agent",
    "audio_speech_complete": "generate_content",
    "audio_speech_stream": "generate_content",
    "audio_transcriptions_complete": "generate_content",
    "audio_transcriptions_stream": "generate_content",
    "beta_agents_create": "create_agent",
    **{f"beta_conversations_{each}": "invoke_agent" for each in CONVERSATIONS},
    **{f"beta_conversations_{each}_stream": "invoke_agent" for each in CONVERSATIONS},
    "beta_context_search_indexes_search": "retrieval",
    "chat_complete": "chat",
    "chat_stream": "chat",
    "embeddings_create": "embeddings",
    "fim_complete": "text_completion",
    "fim_stream": "text_completion",
    "ocr_process": "generate_content",
    "responses_create": "chat",
    "responses_stream": "chat",
}
"""The operation name of each function that has one. All others have the name of the function."""

SUBJECTS: Final[Mapping[str, str]] = {
    "create_agent": "gen_ai.agent.name",
    "invoke_agent": "gen_ai.agent.name",
    "retrieval": "gen_ai.data_source.id",
}
"""The attribute in the name of a span, if it is not the model."""

OUTPUT_TYPES: Final[Mapping[str, str]] = {
    "audio_speech_complete": "speech",
    "audio_speech_stream": "speech",
    "audio_transcriptions_complete": "text",
    "audio_transcriptions_stream": "text",
    "ocr_process": "text",
}
"""The type of output that a function always has."""


def operation_name(operation: Operation[Any]) -> str | None:
    """Return the operation name of a call, or `None` if the conventions have none for it."""
    is_realtime = operation.returns.websocket
    return "generate_content" if is_realtime else OPERATION_NAMES.get(operation.name)


def span_name(attributes: Mapping[str, object]) -> str:
    """Return the name of the span of a call: the operation, and its subject if known."""
    operation = str(attributes["gen_ai.operation.name"])
    subject = attributes.get(SUBJECTS.get(operation, "gen_ai.request.model"))
    return f"{operation} {subject}" if subject else operation
