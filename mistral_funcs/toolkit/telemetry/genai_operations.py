"""The operations of the GenAI semantic conventions, and how spans are named after them."""

from collections.abc import Mapping
from typing import Final

PROVIDER: Final = "mistral_ai"

CONVERSATIONS: Final = ("start", "append", "restart")

OPERATION_NAMES: Final[Mapping[str, str]] = {
    "agents_complete": "invoke_agent",
    "agents_stream": "invoke_agent",
    "audio_speech_complete": "generate_content",
    "audio_speech_stream": "generate_content",
    "audio_transcriptions_complete": "generate_content",
    "audio_transcriptions_stream": "generate_content",
    "beta_agents_create": "create_agent",
    **{f"beta_conversations_{each}": "invoke_agent" for each in CONVERSATIONS},
    **{f"beta_conversations_{each}_stream": "invoke_agent" for each in CONVERSATIONS},
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

OUTPUT_TYPES: Final[Mapping[str, str]] = {
    "audio_speech_complete": "speech",
    "audio_speech_stream": "speech",
    "audio_transcriptions_complete": "text",
    "audio_transcriptions_stream": "text",
    "ocr_process": "text",
}
"""The type of output that a function always has."""


def span_name(attributes: Mapping[str, object]) -> str:
    """Return the name of the span of a call: the operation, and the model or agent if known."""
    operation = attributes["gen_ai.operation.name"]
    is_agent = operation in {"create_agent", "invoke_agent"}
    subject = attributes.get("gen_ai.agent.name" if is_agent else "gen_ai.request.model")
    return f"{operation} {subject}" if subject else f"{operation}"
