"""Voices: presets, and custom ones that are created from a recording."""

from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import attrs

from mistral_core import Headers, Response
from mistral_core.http.chunks import Chunks
from mistral_funcs.audio.voices.create import audio_voices_create
from mistral_funcs.audio.voices.delete import audio_voices_delete
from mistral_funcs.audio.voices.get import audio_voices_get
from mistral_funcs.audio.voices.get_sample_audio import audio_voices_get_sample_audio
from mistral_funcs.audio.voices.list import audio_voices_list
from mistral_funcs.audio.voices.update import audio_voices_update
from mistral_funcs.sandbox.error_responses import refuse, refuse_body
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.sandbox.stored import StoredVoice
from mistral_funcs.schemas.audio.voices import VoiceListResponse, VoiceResponse

USER = "5a9d0000-0000-4000-8000-000000000001"
LONGEST_DESCRIPTION = 500


@responds_to(audio_voices_list)
def list_voices(state: State, arguments: Mapping[str, Any], type: str = "all") -> VoiceListResponse:
    """List the voices of a type, one page of them."""
    if type not in ("all", "custom", "preset"):
        message = "Input should be 'all', 'custom' or 'preset'"
        refuse_body("enum", ["query", "type"], message, type)
    matching = [
        voice.about
        for voice in state.voices.values()
        if type == "all" or voice.is_preset == (type == "preset")
    ]
    items, page = page_of(matching, arguments, first=1, default=10)
    return VoiceListResponse(
        items=[*items],
        total=len(matching),
        page=page["page"],
        page_size=page["page_size"],
        total_pages=page["total_pages"],
    )


@responds_to(audio_voices_create)
def create_voice(state: State, arguments: Mapping[str, Any], sample_audio: str) -> VoiceResponse:
    """Create a voice from a recording."""
    _check_description(arguments)
    sample = decode(sample_audio, "sample_audio")
    about = VoiceResponse(
        **_fields(arguments),
        id=state.new_id(),
        created_at=datetime.fromtimestamp(state.tick(), UTC),
        user_id=USER,
    )
    voice = StoredVoice(about, sample)
    keep(state.voices, about.id, voice, is_permanent=lambda each: each.is_preset)
    return about


@responds_to(audio_voices_update)
def update_voice(state: State, voice_id: str, arguments: Mapping[str, Any]) -> VoiceResponse:
    """Change the fields of a voice that were sent."""
    _check_description(arguments)
    voice = _find_custom(state, voice_id)
    about = attrs.evolve(voice.about, **_fields(arguments))
    state.voices[about.id] = attrs.evolve(voice, about=about)
    return about


@responds_to(audio_voices_get)
def get_voice(state: State, voice_id: str) -> VoiceResponse:
    """Return a voice."""
    return find_voice(state, voice_id).about


@responds_to(audio_voices_delete)
def delete_voice(state: State, voice_id: str) -> VoiceResponse:
    """Delete a custom voice."""
    about = _find_custom(state, voice_id).about
    del state.voices[about.id]
    return about


@responds_to(audio_voices_get_sample_audio)
def get_sample_audio(state: State, voice_id: str) -> Response:
    """Return the recording of a voice."""
    sample = find_voice(state, voice_id).sample
    headers = [("content-type", "audio/wav"), ("content-length", str(len(sample)))]
    return Response(200, Headers(headers), stream=Chunks((sample,)))


def _check_description(arguments: Mapping[str, Any]) -> None:
    if len(arguments.get("description") or "") > LONGEST_DESCRIPTION:
        invalid("description", f"`description` has more than {LONGEST_DESCRIPTION} characters")


def _fields(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments that are fields of a voice."""
    names = {field.name for field in attrs.fields(VoiceResponse)}
    fields = {name: value for name, value in arguments.items() if name in names}
    if "languages" in fields:
        fields["languages"] = [*(fields["languages"] or ())]
    if fields.get("tags"):
        fields["tags"] = [*fields["tags"]]
    if fields.get("retention_notice", 0) is None:
        del fields["retention_notice"]
    return fields


def find_voice(state: State, voice_id: str) -> StoredVoice:
    """Return a voice by its id or slug, or respond with 404."""
    voices = state.voices.values()
    matching = next((each for each in voices if voice_id in (each.about.id, each.about.slug)), None)
    if matching is None:
        refuse(404, f"No voice matches {voice_id!r}.", "not_found")
    return matching


def decode(text: str, field: str) -> bytes:
    """Decode a base64 field of the body, or respond with 422."""
    try:
        return b64decode(text, validate=True)
    except ValueError:
        refuse_body("value_error", ["body", field], "Value error, it is not base64.", text[:50])


def _find_custom(state: State, voice_id: str) -> StoredVoice:
    voice = find_voice(state, voice_id)
    if voice.is_preset:
        refuse(403, f"Voice {voice.about.id} is a preset and cannot be changed.", "forbidden")
    return voice
