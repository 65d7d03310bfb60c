"""POST /v1/audio/speech."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import (
    JSON,
    UNSET,
    Failure,
    MistralCore,
    RequestOptions,
    Result,
    Unset,
    operation,
)
from mistral_funcs.schemas.audio.speech import SpeechOutputFormat, SpeechResponse, SpeechTurn


@operation("POST", "/v1/audio/speech", returns=JSON(SpeechResponse), additional="additional_fields")
async def audio_speech_complete(
    client: MistralCore,
    *,
    input: str,
    model: str | None | Unset = UNSET,
    metadata: Mapping[str, Any] | None | Unset = UNSET,
    prompt_cache_key: str | None | Unset = UNSET,
    voice_id: str | None | Unset = UNSET,
    ref_audio: str | None | Unset = UNSET,
    expressiveness: float | None | Unset = UNSET,
    phoneme_hints: Mapping[str, Sequence[str]] | None | Unset = UNSET,
    conversation_history: Sequence[SpeechTurn] | None | Unset = UNSET,
    response_format: SpeechOutputFormat | None = None,
    additional_fields: Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Result[SpeechResponse, Failure]:
    """Generate speech from text.

    Args:
        client: The client to use.
        input: Text to speak.
        model: ID of the model.
        metadata: Your own metadata, stored with the request.
        prompt_cache_key: Key shared by requests with a common prefix, so that the prefix is cached.
        voice_id: ID of a preset or custom voice.
        ref_audio: Reference recording of a voice in base64, instead of `voice_id`.
        expressiveness: Expressiveness of the speech. A finite number, at least 1.
        phoneme_hints: Pronunciation of words, case-sensitive: the IPA phones of each word, in
            order.
        conversation_history: Previous turns, oldest first, ending with the user turn that `input`
            responds to. Requires a `voice_id` of a preset voice whose `kind` is `"pvc"`.
        response_format: Audio format. Defaults to `"mp3"`.
        additional_fields: Additional request fields, sent unchanged.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The speech. `audio` contains the decoded bytes.
    """
    ...
