"""Live transcription of a file or standard input, and speech from standard input."""

import io
import struct
import sys
from pathlib import Path
from typing import Any

import pytest

from mistral_core import APIConnectionError
from mistral_funcs import audio_speech_realtime, audio_transcriptions_realtime
from mistral_funcs.cli.wav_header import read_header
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors.sound import hear, say
from tests.cli.program_runs import Run

HEAR = ("--sandbox", "audio", "transcriptions", "realtime", "--model", "voxtral-mini-latest")
SPEAK = ("--sandbox", "audio", "speech", "realtime", "--model", "voxtral-mini-tts-latest")


def wav(
    content: bytes = bytes(100),
    *,
    code: int = 1,
    channels: int = 1,
    bits: int = 16,
    extra: bytes = b"",
) -> bytes:
    """Return a WAV file."""
    header = struct.pack("<HHIIHH", code, channels, 8000, 16000, 2, bits) + extra
    parts = ((b"fmt ", header), (b"LIST", b"odd"), (b"data", content))
    body = b"".join(
        name + struct.pack("<I", len(x)) + x + b"\0" * (len(x) % 2) for name, x in parts
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WAVE" + body


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what puts bytes into standard input."""

    def fill(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return fill


def test_raw_audio_of_a_file_is_transcribed(run: Run) -> None:
    """As text, which is printed as it arrives, or as one event a line."""
    Path("audio.pcm").write_bytes(say("Hello there.", "pcm") + bytes(100_000))
    assert run(*HEAR, "audio.pcm").out == "Hello there.\n"
    events = run(*HEAR, "audio.pcm", "--json").documents
    assert [each["type"] for each in events][-2:] == [
        *("transcription.text.delta", "transcription.done"),
    ]
    assert events[-1]["text"] == "Hello there."


def test_standard_input_is_transcribed(run: Run, pipe: Any) -> None:
    """Without a file; an empty one is an empty transcript."""
    pipe(say("Hello there.", "pcm"))
    assert run(*HEAR).out == "Hello there.\n"
    pipe(b"")
    seen = run(*HEAR)
    assert (seen.code, seen.out) == (0, "\n")


def test_a_wav_file_has_its_own_format(run: Run, pipe: Any) -> None:
    """Its header is no part of the audio."""
    pipe(wav(b"\x01\x00" * 8000))
    first, *_, last = run(*HEAR, "--json").documents
    assert first["session"]["audio_format"] == {"encoding": "pcm_s16le", "sample_rate": 8000}
    assert last["text"] == "There are 16000 bytes of sound."


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (wav(code=3, bits=32), "pcm_f32le"),
        (wav(code=7, bits=8), "pcm_mulaw"),
        (wav(code=0xFFFE, extra=bytes(8) + b"\x01\x00"), "pcm_s16le"),
    ],
)
def test_formats_of_wav_files(content: bytes, encoding: str) -> None:
    """All that the API accepts."""
    audio_format, head = read_header(io.BytesIO(content))
    assert audio_format is not None
    assert (audio_format.encoding, head) == (encoding, b"")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (wav(channels=2), "has 2 channels"),
        (wav(bits=24), "has 24 bits per sample in format 1"),
        (wav(code=0xFFFE), "has 16 bits per sample in format 65534"),
        (wav()[:30], "header of the WAV file is incomplete"),
        (wav()[:12], "the WAV file has no audio"),
        (b"RIFF\0\0\0\0WAVEdata\0\0\0\0", "the WAV file has no audio"),
    ],
)
def test_a_wav_file_that_cannot_be_transcribed_is_an_error(
    run: Run, content: bytes, complaint: str
) -> None:
    """Before anything is sent."""
    Path("audio.wav").write_bytes(content)
    seen = run(*HEAR, "audio.wav")
    assert seen.code == 2
    assert complaint in seen.err


def test_text_is_spoken_into_a_file(run: Run, pipe: Any) -> None:
    """Or to standard output; a character that is not UTF-8 is replaced."""
    pipe("Good mörning".encode() + b"\xff")
    seen = run(*SPEAK, "--output", "speech.pcm")
    assert (seen.code, seen.out, seen.err) == (0, "", "Saved speech.pcm.\n")
    assert hear(Path("speech.pcm").read_bytes()) == "Good mörning\ufffd"
    pipe(b"a " * 2**14 + b"\xc3")
    assert run(*SPEAK).code == 0
    pipe(b"Good morning \xc3")
    assert "Good morning" in run(*SPEAK).out


@pytest.mark.parametrize("command", [HEAR, SPEAK])
def test_an_error_is_reported(run: Run, sandbox: Sandbox, pipe: Any, command: Any) -> None:
    """Of the handshake, or midway: what came before is printed, and no half file is left."""
    on = audio_speech_realtime if command is SPEAK else audio_transcriptions_realtime
    sandbox.fail(418, on=on)
    pipe(b"")
    seen = run(*command)
    assert (seen.code, "I'm a Teapot" in seen.err) == (1, True)
    for more in ([], ["--output", "speech.pcm"] if command is SPEAK else []):
        sandbox.fail(APIConnectionError("It broke", temporary=False), on=on, after=2)
        pipe(say("Hello there", "pcm") if command is HEAR else b"Hello there, everybody. " * 20)
        seen = run(*command, *more)
        assert (seen.code, "It broke" in seen.err) == (1, True)
        assert seen.out.startswith("Hello") or command is SPEAK
    assert not Path("speech.pcm").exists()


def test_a_file_that_cannot_be_written_is_an_error(run: Run, pipe: Any) -> None:
    """As for other downloads."""
    pipe(b"Hello")
    seen = run(*SPEAK, "--output", "missing/speech.pcm")
    assert (seen.code, "Cannot write" in seen.err) == (1, True)


def test_a_file_that_is_not_there_is_an_error(run: Run) -> None:
    """Named."""
    seen = run(*HEAR, "missing.pcm")
    assert (seen.code, seen.err) == (1, "Error: missing.pcm: No such file or directory.\n")


def test_without_input_there_is_nothing_to_do(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input is closed."""
    monkeypatch.setattr(sys, "stdin", None)
    for command in (HEAR, SPEAK):
        seen = run(*command)
        assert (seen.code, "pipe the input" in seen.err) == (2, True)


@pytest.mark.usefixtures("terminal")
def test_audio_is_not_printed_on_a_terminal(run: Run) -> None:
    """It is to be written to a file."""
    seen = run(*SPEAK)
    assert (seen.code, "--output" in seen.err) == (2, True)
