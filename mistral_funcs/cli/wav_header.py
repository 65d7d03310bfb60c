"""The header of a WAV file."""

import struct
from typing import BinaryIO

from mistral_funcs.schemas.audio.realtime import AudioFormat

ENCODINGS = {
    (1, 16): "pcm_s16le",
    (1, 32): "pcm_s32le",
    (3, 16): "pcm_f16le",
    (3, 32): "pcm_f32le",
    (6, 8): "pcm_alaw",
    (7, 8): "pcm_mulaw",
}
"""Encodings by format code and bits per sample."""

EXTENSIBLE = 0xFFFE
"""The format code of extensible headers, which contain the actual code further on."""

FORMAT = struct.Struct("<HHIIHH")


def read_header(stream: BinaryIO) -> tuple[AudioFormat | None, bytes]:
    """Read the header of a WAV file, up to its audio.

    Returns:
        The format and no audio. For raw audio, no format and the bytes that were read.

    Raises:
        ValueError: The file cannot be transcribed.
    """
    head = stream.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return None, head
    audio_format = None
    while len(chunk := stream.read(8)) == 8:
        name, size = struct.unpack("<4sI", chunk)
        if name == b"data":
            break
        content = stream.read(size + size % 2)
        if name == b"fmt ":
            audio_format = _read_format(content)
    if audio_format is None or len(chunk) < 8:
        raise ValueError("the WAV file has no audio")
    return audio_format, b""


def _read_format(content: bytes) -> AudioFormat:
    if len(content) < FORMAT.size:
        raise ValueError("the header of the WAV file is incomplete")
    code, channels, rate, _, _, bits = FORMAT.unpack_from(content)
    if code == EXTENSIBLE and len(content) >= 26:
        (code,) = struct.unpack_from("<H", content, 24)
    if channels != 1:
        raise ValueError(f"the WAV file has {channels} channels; convert it to mono")
    if (code, bits) not in ENCODINGS:
        raise ValueError(f"the WAV file has {bits} bits per sample in format {code}; convert it")
    return AudioFormat(encoding=ENCODINGS[code, bits], sample_rate=rate)
