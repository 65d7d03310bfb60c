"""The voices of a new sandbox."""

from datetime import UTC, datetime

from mistral_funcs.sandbox.behaviors.sound import say
from mistral_funcs.sandbox.stored import CREATED, StoredVoice
from mistral_funcs.schemas.audio.voices import VoiceResponse


def first_voices() -> dict[str, StoredVoice]:
    """Return the preset voices of a new sandbox, which cannot be changed."""
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
