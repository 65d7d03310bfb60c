"""Speech, transcriptions and voices of the sandbox, in process and over HTTP."""

import io
import wave
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import pytest

from mistral_core import (
    Err,
    Failure,
    File,
    HTTPValidationError,
    MistralCore,
    Request,
    Result,
    SDKError,
)
from mistral_core.http.secret import Secret
from mistral_funcs import (
    audio_speech_complete,
    audio_speech_stream,
    audio_transcriptions_complete,
    audio_transcriptions_stream,
    audio_voices_create,
    audio_voices_delete,
    audio_voices_get,
    audio_voices_get_sample_audio,
    audio_voices_list,
    audio_voices_search,
    audio_voices_update,
    files_upload,
    paginate,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    SpeechStreamAudioDelta,
    SpeechStreamDone,
    TranscriptionResponse,
    TranscriptionSegmentChunk,
    TranscriptionStreamDone,
    TranscriptionStreamLanguage,
    TranscriptionStreamSegmentDelta,
    TranscriptionStreamTextDelta,
    UsageInfo,
    VoiceResponse,
)

MODEL = "voxtral-mini-latest"
PAUL = "00000000-0000-4000-8000-00000000a001"
SAMPLE = b64encode(b"RIFF\0\xff").decode()


def refused(result: Result[object, Failure]) -> SDKError | HTTPValidationError:
    """Return the error of a refused call."""
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError | HTTPValidationError)
    return result.error


async def transcribe(client: MistralCore, **arguments: Any) -> TranscriptionResponse:
    """Return the transcription of a recording."""
    return (await audio_transcriptions_complete(client, model=MODEL, **arguments)).unwrap()


# ------------------------------------------------------------------------------------------- speech


@pytest.mark.parametrize("encoding", ["pcm", "wav", "mp3", "flac", "opus", None])
async def test_speech_can_be_transcribed(encoding: str | None, client: MistralCore) -> None:
    """The sandbox understands its own speech in each format."""
    text = "Good evening, Zoë. How are you?"
    speech = (await audio_speech_complete(client, input=text, response_format=encoding)).unwrap()
    assert (await transcribe(client, file=speech.audio)).text == text


async def test_speech_is_a_wav_that_can_be_played(client: MistralCore) -> None:
    """Its length is 10 ms per word. The text in the file does not affect players."""
    speech = await audio_speech_complete(client, input="one two three", response_format="wav")
    with wave.open(io.BytesIO(speech.unwrap().audio)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 8000)
        assert sound.getnframes() == 3 * 80


async def test_speech_is_streamed(client: MistralCore) -> None:
    """The parts add up to the complete speech, and the last event has the usage."""
    text = "a long text " * 9
    complete = (await audio_speech_complete(client, input=text)).unwrap().audio
    pieces: list[bytes] = []
    async with (await audio_speech_stream(client, input=text)).unwrap() as events:
        items = [item.unwrap() async for item in events]
    for item in items[:-1]:
        assert isinstance(item, SpeechStreamAudioDelta)
        pieces.append(item.audio)
    assert len(pieces) > 1
    assert b"".join(pieces) == complete
    done = items[-1]
    assert isinstance(done, SpeechStreamDone)
    assert done.usage == UsageInfo(prompt_tokens=28, completion_tokens=len(pieces), total_tokens=28)


async def test_events_have_names(sandbox: Sandbox) -> None:
    """On the line before the data, as in the API."""
    request = Request(
        method="POST",
        url="/v1/audio/speech",
        path_template="/v1/audio/speech",
        body=b'{"input":"hi","stream":true}',
        authorization=Secret("Bearer sandbox-key"),
        streamed=True,
    )
    response = await sandbox.send(request)
    assert response.stream is not None
    first, last = [chunk async for chunk in response.stream]
    assert first.startswith(b'event: speech.audio.delta\ndata: {"type": "speech.audio.delta"')
    assert last.startswith(b'event: speech.audio.done\ndata: {"type": "speech.audio.done"')


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ({"input": ""}, 422, "at least 1 character"),
        ({"input": "a", "model": MODEL}, 400, "Invalid model"),
        ({"input": "a", "voice_id": "nobody"}, 404, "No voice matches 'nobody'"),
        ({"input": "a", "ref_audio": "no base64!"}, 422, "it is not base64"),
        ({"input": "a", "response_format": "aac"}, 422, "response_format"),
    ],
)
async def test_invalid_speech_requests_are_refused(
    arguments: Any, status: int, message: str, client: MistralCore
) -> None:
    """With the message of the API or the invalid field, streamed or not."""
    for result in (
        await audio_speech_complete(client, **arguments),
        await audio_speech_stream(client, **arguments),
    ):
        error = refused(result)
        assert error.status == status
        assert message in error.body.decode()


@pytest.mark.parametrize("voice", [PAUL, "en_us_paul", None])
async def test_voices_are_accepted(voice: str | None, here: MistralCore) -> None:
    """By ID or slug, or as a recording."""
    result = await audio_speech_complete(
        here, input="a", voice_id=voice, ref_audio=SAMPLE, model="voxtral-mini-tts-latest"
    )
    assert result.unwrap().audio.startswith(b"ID3")


# ----------------------------------------------------------------------------------- transcriptions


async def test_a_transcription_has_metadata(client: MistralCore) -> None:
    """Model, language and usage: half a second for each word."""
    transcript = await transcribe(
        client, file=b"One two three.", temperature=0.5, context_bias=["two"]
    )
    assert transcript == TranscriptionResponse(
        model=MODEL,
        text="One two three.",
        language="en",
        segments=[],
        usage=UsageInfo(prompt_audio_seconds=2, completion_tokens=3, total_tokens=3),
    )
    assert (await transcribe(client, file=b"Oui.", language="fr")).language == "fr"


async def test_a_recording_may_be_a_file_an_upload_or_a_url(client: MistralCore) -> None:
    """A URL is not fetched."""
    file = (await files_upload(client, file=b"It is stored.", purpose="audio")).unwrap()
    named = File(b"It is here.", file_name="a.mp3")
    assert (await transcribe(client, file=named)).text == "It is here."
    assert (await transcribe(client, file_id=file.id)).text == "It is stored."
    assert (await transcribe(client, file_url="https://a/b.mp3")).text == "This is https://a/b.mp3."


@pytest.mark.parametrize("sound", [b"\xff\0\0", b"line\nline", b""])
async def test_other_sounds_are_measured(sound: bytes, here: MistralCore) -> None:
    """The sandbox has no speech model."""
    assert (await transcribe(here, file=sound)).text == f"There are {len(sound)} bytes of sound."


async def test_segments_have_times_and_speakers(client: MistralCore) -> None:
    """Each sentence is a segment with another speaker. Words are segments on request."""
    text = b"Hello you. Oh, hi!"

    async def segments(**more: Any) -> list[TranscriptionSegmentChunk]:
        return (await transcribe(client, file=text, **more)).segments

    assert await segments(timestamp_granularities=["segment"]) == [
        TranscriptionSegmentChunk(text="Hello you.", start=0.0, end=1.0),
        TranscriptionSegmentChunk(text=" Oh, hi!", start=1.0, end=2.0),
    ]
    words = await segments(timestamp_granularities=["segment", "word"], diarize=True)
    assert [(each.text, each.start, each.speaker_id) for each in words] == [
        ("Hello", 0.0, "speaker_1"),
        (" you.", 0.5, "speaker_1"),
        (" Oh,", 1.0, "speaker_2"),
        (" hi!", 1.5, "speaker_2"),
    ]
    assert await segments(diarize=True) == []


async def test_a_transcription_is_streamed(client: MistralCore) -> None:
    """Language, words, segments, and the complete text."""
    result = await audio_transcriptions_stream(
        client, model=MODEL, file=b"One two. Three.", timestamp_granularities=["segment"]
    )
    async with result.unwrap() as events:
        items = [item.unwrap() async for item in events]
    complete = await transcribe(
        client, file=b"One two. Three.", timestamp_granularities=["segment"]
    )
    assert items == [
        TranscriptionStreamLanguage(audio_language="en"),
        TranscriptionStreamTextDelta(text="One"),
        TranscriptionStreamTextDelta(text=" two."),
        TranscriptionStreamTextDelta(text=" Three."),
        TranscriptionStreamSegmentDelta(text="One two.", start=0.0, end=1.0),
        TranscriptionStreamSegmentDelta(text=" Three.", start=1.0, end=1.5),
        TranscriptionStreamDone(
            model=MODEL,
            text="One two. Three.",
            language="en",
            segments=complete.segments,
            usage=complete.usage,
        ),
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ({}, 422, "exactly one of"),
        ({"file": b"a", "file_id": "f"}, 422, "exactly one of"),
        ({"file_id": "f"}, 404, "No file matches"),
        ({"file": b"a", "model": "mistral-embed"}, 400, "Invalid model"),
        ({"file": b"a", "timestamp_granularities": ["phoneme"]}, 422, "timestamp_granularities"),
    ],
)
async def test_invalid_transcription_requests_are_refused(
    arguments: Any, status: int, message: str, client: MistralCore
) -> None:
    """With the message of the API or the invalid field, streamed or not."""
    for function in (audio_transcriptions_complete, audio_transcriptions_stream):
        wanted: dict[str, Any] = {"model": MODEL, **arguments}
        error = refused(await function(client, **wanted))
        assert error.status == status
        assert message in error.body.decode()


async def test_an_invalid_boolean_is_refused(sandbox: Sandbox) -> None:
    """Form fields are strings: `yes` is not `true`."""
    body = b'--x\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
    request = Request(
        method="POST",
        url="/v1/audio/transcriptions",
        path_template="/v1/audio/transcriptions",
        headers={"content-type": "multipart/form-data; boundary=x"},
        body=body % (b"model", MODEL.encode()) + body % (b"diarize", b"yes") + b"--x--\r\n",
        authorization=Secret("Bearer sandbox-key"),
    )
    response = await sandbox.send(request)
    assert response.status == 422
    assert b"must be a boolean" in response.body


# ------------------------------------------------------------------------------------------- voices


async def names(client: MistralCore, **filters: Any) -> list[str | None]:
    """Return the names of the listed voices."""
    page = (await audio_voices_list(client, **filters)).unwrap()
    return [voice.name for voice in page.items if isinstance(voice, VoiceResponse)]


async def test_the_life_of_a_voice(client: MistralCore) -> None:
    """It is created, read, downloaded, updated and deleted."""
    voice = (
        await audio_voices_create(
            client,
            name="Zoë",
            sample_audio=SAMPLE,
            slug="zoe",
            languages=["fr_fr"],
            gender="female",
            age=40,
            tags=["calm"],
            color="#fff",
            description="A voice.",
            retention_notice=7,
            sample_filename="a.wav",
        )
    ).unwrap()
    assert voice == VoiceResponse(
        name="Zoë",
        slug="zoe",
        languages=["fr_fr"],
        gender="female",
        age=40,
        tags=["calm"],
        color="#fff",
        description="A voice.",
        retention_notice=7,
        id=voice.id,
        created_at=datetime(2025, 9, 1, 17, 10, 20, tzinfo=UTC),
        user_id="5a9d0000-0000-4000-8000-000000000001",
        kind="ivc",
    )
    assert (await audio_voices_get(client, voice.id)).unwrap() == voice
    sample = (await audio_voices_get_sample_audio(client, "zoe")).unwrap()
    assert (sample.content_type, sample.size) == ("audio/wav", 6)
    assert (await sample.read()).unwrap() == b"RIFF\0\xff"
    changed = (await audio_voices_update(client, voice.id, name="Zo", age=None)).unwrap()
    assert (changed.name, changed.age, changed.tags) == ("Zo", None, ["calm"])
    cleared = (await audio_voices_update(client, voice.id, languages=None, tags=None)).unwrap()
    assert (cleared.languages, cleared.tags, cleared.name) == ([], None, "Zo")
    kept = (await audio_voices_update(client, voice.id, retention_notice=9)).unwrap()
    assert kept.retention_notice == 9
    kept = (await audio_voices_update(client, voice.id, retention_notice=None)).unwrap()
    assert kept.retention_notice == 9
    changed = (await audio_voices_update(client, voice.id, languages=["en_us"])).unwrap()
    assert changed.languages == ["en_us"]
    assert (await audio_voices_delete(client, voice.id)).unwrap() == changed
    for result in (
        await audio_voices_get(client, voice.id),
        await audio_voices_update(client, voice.id),
        await audio_voices_delete(client, voice.id),
        await audio_voices_get_sample_audio(client, voice.id),
    ):
        assert refused(result).status == 404


async def test_voices_are_listed(client: MistralCore) -> None:
    """Presets first, in pages, filtered by type."""
    (await audio_voices_create(client, name="Zoë", sample_audio=SAMPLE)).unwrap()
    assert await names(client) == ["Paul", "Jane", "Marie", "Zoë"]
    assert await names(client, type="preset") == ["Paul", "Jane", "Marie"]
    assert await names(client, type="custom") == ["Zoë"]
    assert await names(client, limit=2, offset=1) == ["Jane", "Marie"]
    page = (await audio_voices_list(client, limit=3, offset=3)).unwrap()
    assert (page.total, page.page, page.page_size, page.total_pages) == (4, 2, 3, 2)
    walked = [each.unwrap() async for each in paginate(audio_voices_list, client, limit=3)]
    assert [each.name for each in walked if isinstance(each, VoiceResponse)] == await names(client)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["Paul", "Jane", "Marie", "Zoë"]),
        ({"type": "preset"}, ["Paul", "Jane", "Marie"]),
        ({"query": "A"}, ["Paul", "Jane", "Marie"]),
        ({"query": "ZO"}, ["Zoë"]),
        ({"gender": ["male", "neutral"]}, ["Paul"]),
        ({"language": ["en"]}, ["Paul", "Jane"]),
        ({"language": ["en_gb", "fr_fr"], "gender": ["female"]}, ["Jane", "Marie"]),
        ({"kind": "ivc"}, ["Zoë"]),
        ({"query": "nobody"}, []),
    ],
)
async def test_voices_are_found(
    client: MistralCore, filters: dict[str, Any], expected: list[str]
) -> None:
    """By name, language, gender and type, on several pages."""
    (await audio_voices_create(client, name="Zoë", sample_audio=SAMPLE)).unwrap()
    matches = [
        each.unwrap()
        async for each in paginate(audio_voices_search, client, page_size=2, **filters)
    ]
    assert [each.name for each in matches if isinstance(each, VoiceResponse)] == expected


async def test_a_preset_cannot_be_changed(client: MistralCore) -> None:
    """It can be read and used."""
    for result in (
        await audio_voices_update(client, PAUL, name="x"),
        await audio_voices_delete(client, PAUL),
    ):
        error = refused(result)
        assert (error.status, "is a preset" in error.message) == (403, True)
    voice = (await audio_voices_get(client, PAUL)).unwrap()
    assert (voice.name, voice.user_id) == ("Paul", None)
    sample = (await (await audio_voices_get_sample_audio(client, PAUL)).unwrap().read()).unwrap()
    assert (await transcribe(client, file=sample)).text == "I am Paul."


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sample_audio": "no base64!"}, "it is not base64"),
        ({"name": None}, "name"),
        ({"age": "old"}, "age"),
        ({"description": "x" * 501}, "more than 500 characters"),
    ],
)
async def test_an_invalid_voice_is_refused(changes: Any, message: str, client: MistralCore) -> None:
    """The error has the invalid field."""
    wanted: dict[str, Any] = {"name": "n", "sample_audio": SAMPLE, **changes}
    error = refused(await audio_voices_create(client, **wanted))
    assert error.status == 422
    assert message in error.body.decode()


async def test_invalid_updates_and_lists_are_refused(here: MistralCore) -> None:
    """The error has the invalid field."""
    error = refused(await audio_voices_update(here, PAUL, description="x" * 501))
    assert (error.status, "more than 500" in error.body.decode()) == (422, True)
    error = refused(await audio_voices_list(here, type="mine"))
    assert (error.status, "'custom'" in error.body.decode()) == (422, True)
    assert refused(await audio_voices_list(here, limit=0)).status == 422
