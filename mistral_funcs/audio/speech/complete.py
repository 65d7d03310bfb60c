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
    """Say a text.

    Args:
        client: The client to call through.
        input: The text.
        model: The id of the model.
        metadata: Data of your own, to be kept with the call.
        prompt_cache_key: A key that calls with the same beginning share, so that it is cached.
        voice_id: The id of the voice, preset or your own.
        ref_audio: In place of a voice, a recording of one, in base64.
        expressiveness: How expressive the speech is; finite, and at least 1.
        phoneme_hints: Pronunciation of words, case-sensitive: the IPA phones of each, in order.
        conversation_history: Previous turns, oldest first, ending with the user's, to which `input`
            is the response. Requires `voice_id`: a preset voice whose `kind` is `"pvc"`.
        response_format: What the speech is encoded as; by default `"mp3"`.
        additional_fields: Further fields of the request, sent as written.
        options: What this one call does differently.

    Returns:
        The speech. Its `audio` is the bytes of it.
    """
    ...
