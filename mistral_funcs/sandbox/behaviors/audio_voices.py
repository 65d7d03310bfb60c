"""Voices: presets, and custom voices created from a recording."""

from base64 import b64decode
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from mistral_core import Headers, Response
from mistral_core.http.chunks import Chunks
from mistral_funcs.audio.voices.create import audio_voices_create
from mistral_funcs.audio.voices.delete import audio_voices_delete
from mistral_funcs.audio.voices.get import audio_voices_get
from mistral_funcs.audio.voices.get_sample_audio import audio_voices_get_sample_audio
from mistral_funcs.audio.voices.list import audio_voices_list
from mistral_funcs.audio.voices.search import audio_voices_search
from mistral_funcs.audio.voices.update import audio_voices_update
from mistral_funcs.sandbox.error_responses import refuse, refuse_body
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.sandbox.stored import StoredVoice
from mistral_funcs.schemas.audio.voices import VoiceListPage, VoiceListResponse, VoiceResponse

USER = "5a9d0000-0000-4000-8000-000000000001"
LONGEST_DESCRIPTION = 500


@responds_to(audio_voices_list)
def list_voices(state: State, arguments: Mapping[str, Any], type: str = "all") -> VoiceListResponse:
    """Return a page of the voices of a type."""
    matching = [each.about for each in _of_type(state, type)]
    items, page = page_of(matching, arguments, first=1, default=10)
    return VoiceListResponse(
        items=[*items],
        total=len(matching),
        page=page["page"],
        page_size=page["page_size"],
        total_pages=page["total_pages"],
    )


@responds_to(audio_voices_search)
def search_voices(
    state: State, arguments: Mapping[str, Any], type: str = "all", query: str = ""
) -> VoiceListPage:
    """Return a page of the voices that match all filters."""
    matching = [
        each.about
        for each in _of_type(state, type)
        if query.casefold() in (each.about.name or "").casefold()
        and arguments.get("kind") in (None, each.about.kind)
        and (arguments.get("gender") is None or each.about.gender in arguments["gender"])
        and _speaks(each.about, arguments.get("language"))
    ]
    items, page = page_of(matching, arguments)
    return VoiceListPage(data=[*items], next_page_token=page.get("next_page_token"))


@responds_to(audio_voices_create)
def create_voice(state: State, arguments: Mapping[str, Any], sample_audio: str) -> VoiceResponse:
    """Create a voice from a recording."""
    _check_description(arguments)
    sample = decode(sample_audio, "sample_audio")
    about = VoiceResponse(
        **_fields(arguments),
        id=state.new_id(),
        created_at=state.moment(),
        user_id=USER,
        kind="ivc",
    )
    voice = StoredVoice(about, sample)
    keep(state.voices, about.id, voice, is_permanent=lambda each: each.is_preset)
    return about


@responds_to(audio_voices_update)
def update_voice(state: State, voice_id: str, arguments: Mapping[str, Any]) -> VoiceResponse:
    """Update a voice. Omitted fields keep their values."""
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


def _of_type(state: State, type: str) -> list[StoredVoice]:
    """Return the voices of a type."""
    if type not in ("all", "custom", "preset"):
        message = "Input should be 'all', 'custom' or 'preset'"
        refuse_body("enum", ["query", "type"], message, type)
    voices = state.voices.values()
    return [each for each in voices if type == "all" or each.is_preset == (type == "preset")]


def _speaks(voice: VoiceResponse, languages: Iterable[str] | None) -> bool:
    """Return whether a voice speaks one of these languages, such as `en` or `en_us`."""
    spoken = [f"{each}_" for each in voice.languages]
    return languages is None or any(
        each.startswith(f"{language}_") for language in languages for each in spoken
    )


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
