"""Audio: beeps, with the text that they represent in a separate chunk."""

import re
import struct

from mistral_funcs.sandbox.behaviors.tokens import count

RATE = 8000
"""Samples per second, each of 16 bits."""

BEEP = (b"\x00\x10" * 10 + b"\x00\xf0" * 10) * 4
"""A word: 10 ms of sound."""

SAID = b"said"
"""The name of the chunk that contains the text. WAV players ignore unknown chunks."""

HEADS = {"pcm": b"", "mp3": b"ID3\x04\x00\x00\x00\x00\x00\x00", "flac": b"fLaC", "opus": b"OggS"}
"""The header of each format. Only WAV files can be played."""


FORMATS = {"wav", *HEADS}


def say(text: str, encoding: str = "wav") -> bytes:
    """Return the sound of a string."""
    said, beeps = _chunk(SAID, text.encode()), BEEP * count(text)
    if encoding != "wav":
        return HEADS[encoding] + said + beeps
    form = _chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, RATE, RATE * 2, 2, 16))
    return _chunk(b"RIFF", b"WAVE" + form + said + _chunk(b"data", beeps))


def hear(sound: bytes, size: int | None = None) -> str:
    """Transcribe speech of the sandbox, or decode UTF-8. Describe other audio by its length.

    Args:
        sound: The sound, or its beginning.
        size: The length of the sound, if this is its beginning.
    """
    match = re.search(re.escape(SAID) + rb"(....)", sound, re.DOTALL)
    if match:
        (size,) = struct.unpack("<I", match[1])
        return sound[match.end() : match.end() + size].decode("utf-8", "replace")
    try:
        text = sound.decode()
    except UnicodeDecodeError:
        text = ""
    return (
        text if text.isprintable() and text else f"There are {size or len(sound)} bytes of sound."
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
