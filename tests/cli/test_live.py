"""Live transcription of a file or standard input, and live speech of standard input."""

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
    """Return a function that sets standard input."""

    def fill(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return fill


def test_raw_audio_of_a_file_is_transcribed(run: Run) -> None:
    """As text while it arrives, or as one event per line."""
    Path("audio.pcm").write_bytes(say("Hello there.", "pcm") + bytes(100_000))
    assert run(*HEAR, "audio.pcm").out == "Hello there.\n"
    events = run(*HEAR, "audio.pcm", "--json").documents
    assert [each["type"] for each in events][-2:] == [
        *("transcription.text.delta", "transcription.done"),
    ]
    assert events[-1]["text"] == "Hello there."


def test_standard_input_is_transcribed(run: Run, pipe: Any) -> None:
    """Without a file argument. Empty input has an empty transcript."""
    pipe(say("Hello there.", "pcm"))
    assert run(*HEAR).out == "Hello there.\n"
    pipe(b"")
    outcome = run(*HEAR)
    assert (outcome.code, outcome.out) == (0, "\n")


def test_a_wav_file_has_its_own_format(run: Run, pipe: Any) -> None:
    """Its header is not sent as audio."""
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
def test_wav_formats_are_recognized(content: bytes, encoding: str) -> None:
    """All encodings that the API accepts."""
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
def test_an_unsupported_wav_file_is_an_error(run: Run, content: bytes, complaint: str) -> None:
    """Nothing is sent."""
    Path("audio.wav").write_bytes(content)
    outcome = run(*HEAR, "audio.wav")
    assert outcome.code == 2
    assert complaint in outcome.err


def test_text_is_spoken_into_a_file(run: Run, pipe: Any) -> None:
    """Or to standard output. Invalid UTF-8 in the input is replaced."""
    pipe("Good mörning".encode() + b"\xff")
    outcome = run(*SPEAK, "--output", "speech.pcm")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "Saved speech.pcm.\n")
    assert hear(Path("speech.pcm").read_bytes()) == "Good mörning\ufffd"
    pipe(b"a " * 2**14 + b"\xc3")
    assert run(*SPEAK).code == 0
    pipe(b"Good morning \xc3")
    assert "Good morning" in run(*SPEAK).out


@pytest.mark.parametrize("command", [HEAR, SPEAK])
def test_an_error_is_reported(run: Run, sandbox: Sandbox, pipe: Any, command: Any) -> None:
    """During the handshake or later. Earlier text is printed, and no partial file is left."""
    on = audio_speech_realtime if command is SPEAK else audio_transcriptions_realtime
    sandbox.fail(418, on=on)
    pipe(b"")
    outcome = run(*command)
    assert (outcome.code, "I'm a Teapot" in outcome.err) == (1, True)
    for more in ([], ["--output", "speech.pcm"] if command is SPEAK else []):
        sandbox.fail(APIConnectionError("It broke", temporary=False), on=on, after=2)
        pipe(say("Hello there", "pcm") if command is HEAR else b"Hello there, everybody. " * 20)
        outcome = run(*command, *more)
        assert (outcome.code, "It broke" in outcome.err) == (1, True)
        assert outcome.out.startswith("Hello") or command is SPEAK
    assert not Path("speech.pcm").exists()


def test_a_file_that_cannot_be_written_is_an_error(run: Run, pipe: Any) -> None:
    """As for other downloads."""
    pipe(b"Hello")
    outcome = run(*SPEAK, "--output", "missing/speech.pcm")
    assert (outcome.code, "Cannot write" in outcome.err) == (1, True)


def test_a_missing_file_is_an_error(run: Run) -> None:
    """The message names it."""
    outcome = run(*HEAR, "missing.pcm")
    assert (outcome.code, outcome.err) == (1, "Error: missing.pcm: No such file or directory.\n")


def test_closed_standard_input_is_an_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says to pipe the input."""
    monkeypatch.setattr(sys, "stdin", None)
    for command in (HEAR, SPEAK):
        outcome = run(*command)
        assert (outcome.code, "pipe the input" in outcome.err) == (2, True)


@pytest.mark.usefixtures("terminal")
def test_audio_is_not_printed_on_a_terminal(run: Run) -> None:
    """The advice is to write it to a file."""
    outcome = run(*SPEAK)
    assert (outcome.code, "--output" in outcome.err) == (2, True)
