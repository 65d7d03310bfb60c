"""The voices of the sandbox, and how it answers for them."""

from base64 import b64decode
from datetime import UTC, datetime
from math import ceil
from typing import Any, final

import attrs

from mistral_core import UNSET, Headers, Response, Schema, Unset
from mistral_core.http.chunks import Chunks
from mistral_funcs.audio.voices.create import audio_voices_create
from mistral_funcs.audio.voices.delete import audio_voices_delete
from mistral_funcs.audio.voices.get import audio_voices_get
from mistral_funcs.audio.voices.get_sample_audio import audio_voices_get_sample_audio
from mistral_funcs.audio.voices.list import audio_voices_list
from mistral_funcs.audio.voices.update import audio_voices_update
from mistral_funcs.sandbox.behaviors.sound import say
from mistral_funcs.sandbox.error_responses import refuse, refuse_body
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import read_as, read_number
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import CREATED, State, StoredVoice, keep
from mistral_funcs.schemas.audio.voices import VoiceListResponse, VoiceResponse

USER = "5a9d0000-0000-4000-8000-000000000001"
LONGEST_DESCRIPTION = 500


def first_voices() -> dict[str, StoredVoice]:
    """Return the voices of a new sandbox, which nobody can change."""
    voices = [
        _preset("00000000-0000-4000-8000-00000000a001", "Paul", "male", ["en_us"]),
        _preset("00000000-0000-4000-8000-00000000a002", "Jane", "female", ["en_gb"]),
        _preset("00000000-0000-4000-8000-00000000a003", "Marie", "female", ["fr_fr"]),
    ]
    return {voice.about.id: voice for voice in voices}


def _preset(voice_id: str, name: str, gender: str, languages: list[str]) -> StoredVoice:
    about = VoiceResponse(
        id=voice_id,
        name=name,
        slug=f"{languages[0]}_{name}".lower(),
        languages=languages,
        gender=gender,
        tags=["neutral"],
        created_at=datetime.fromtimestamp(CREATED, UTC),
    )
    return StoredVoice(about, say(f"I am {name}."))


def _fits(_: object, field: "attrs.Attribute[Any]", text: str | None | Unset) -> None:
    if text and len(text) > LONGEST_DESCRIPTION:
        raise ValueError(f"`{field.name}` has more than {LONGEST_DESCRIPTION} characters")


@final
@attrs.frozen(kw_only=True)
class VoiceIn(Schema):
    """Hold a voice that is to be made.

    Attributes:
        name: Its name.
        slug: Its name, as a part of a URL.
        languages: The languages that it speaks.
        gender: Its gender.
        age: Its age.
        tags: What else it is known by.
        color: The color that it is shown with.
        description: What it is like.
        retention_notice: The notice of its retention, in days.
        sample_audio: Its recording, in base64.
    """

    name: str
    slug: str | None = None
    languages: list[str] = attrs.field(factory=list[str])
    gender: str | None = None
    age: int | None = None
    tags: list[str] | None = None
    color: str | None = None
    description: str | None = attrs.field(default=None, validator=_fits)
    retention_notice: int = 30
    sample_audio: str


@final
@attrs.frozen(kw_only=True)
class VoiceChanges(Schema):
    """Hold what is to be changed of a voice.

    Attributes:
        name: Its name.
        languages: The languages that it speaks.
        gender: Its gender.
        age: Its age.
        tags: What else it is known by.
        description: What it is like.
        retention_notice: The notice of its retention, in days.
    """

    name: str | None | Unset = UNSET
    languages: list[str] | None | Unset = UNSET
    gender: str | None | Unset = UNSET
    age: int | None | Unset = UNSET
    tags: list[str] | None | Unset = UNSET
    description: str | None | Unset = attrs.field(default=UNSET, validator=_fits)
    retention_notice: int | None | Unset = UNSET


@responds_to(audio_voices_list)
def list_voices(state: State, request: Incoming) -> VoiceListResponse:
    """Answer for `audio_voices_list`."""
    limit = read_number(request, "limit", 10, least=1)
    offset = read_number(request, "offset", 0)
    kind = request.query.get("type", "all")
    if kind not in ("all", "custom", "preset"):
        message = "Input should be 'all', 'custom' or 'preset'"
        refuse_body("enum", ["query", "type"], message, kind)
    found = [
        voice.about
        for voice in state.voices.values()
        if kind == "all" or voice.is_preset == (kind == "preset")
    ]
    return VoiceListResponse(
        items=[*found[offset : offset + limit]],
        total=len(found),
        page=offset // limit + 1,
        page_size=limit,
        total_pages=ceil(len(found) / limit),
    )


@responds_to(audio_voices_create)
def create_voice(state: State, request: Incoming) -> VoiceResponse:
    """Answer for `audio_voices_create`."""
    asked = read_as(request, VoiceIn)
    sample = decode(asked.sample_audio, "sample_audio")
    fields = attrs.asdict(
        asked,
        recurse=False,
        filter=lambda field, _: field.name not in ("sample_audio", "additional_properties"),
    )
    about = VoiceResponse(
        **fields,
        id=state.new_id(),
        created_at=datetime.fromtimestamp(state.tick(), UTC),
        user_id=USER,
    )
    voice = StoredVoice(about, sample)
    keep(state.voices, about.id, voice, is_permanent=lambda each: each.is_preset)
    return about


@responds_to(audio_voices_update)
def update_voice(state: State, request: Incoming) -> VoiceResponse:
    """Answer for `audio_voices_update`: what the body leaves out stays as it is."""
    changes = read_as(request, VoiceChanges)
    voice = _find_custom(state, request)
    told = attrs.asdict(changes, recurse=False, filter=lambda _, value: value is not UNSET)
    del told["additional_properties"]
    if "languages" in told:
        told["languages"] = told["languages"] or []
    if told.get("retention_notice", 0) is None:
        del told["retention_notice"]
    about = attrs.evolve(voice.about, **told)
    state.voices[about.id] = attrs.evolve(voice, about=about)
    return about


@responds_to(audio_voices_get)
def get_voice(state: State, request: Incoming) -> VoiceResponse:
    """Answer for `audio_voices_get`."""
    return find_voice(state, request.path["voice_id"]).about


@responds_to(audio_voices_delete)
def delete_voice(state: State, request: Incoming) -> VoiceResponse:
    """Answer for `audio_voices_delete`."""
    about = _find_custom(state, request).about
    del state.voices[about.id]
    return about


@responds_to(audio_voices_get_sample_audio)
def get_sample_audio(state: State, request: Incoming) -> Response:
    """Answer for `audio_voices_get_sample_audio`."""
    sample = find_voice(state, request.path["voice_id"]).sample
    headers = [("content-type", "audio/wav"), ("content-length", str(len(sample)))]
    return Response(200, Headers(headers), stream=Chunks((sample,)))


def find_voice(state: State, voice_id: str) -> StoredVoice:
    """Return a voice by its id or slug, or answer 404."""
    voices = state.voices.values()
    found = next((each for each in voices if voice_id in (each.about.id, each.about.slug)), None)
    if found is None:
        refuse(404, f"No voice matches {voice_id!r}.", "not_found")
    return found


def decode(text: str, field: str) -> bytes:
    """Return what a field of the body has in base64, or answer 422."""
    try:
        return b64decode(text, validate=True)
    except ValueError:
        refuse_body("value_error", ["body", field], "Value error, it is not base64.", text[:50])


def _find_custom(state: State, request: Incoming) -> StoredVoice:
    voice = find_voice(state, request.path["voice_id"])
    if voice.is_preset:
        refuse(403, f"Voice {voice.about.id} is a preset, and cannot be changed.", "forbidden")
    return voice
