"""How an answer is given: tables and text for people, JSON for pipes, bytes for files."""

import json
from pathlib import Path
from typing import Any, final

import attrs

from mistral_core import ByteStream, Err, EventStream, Failure
from mistral_core.response.output_files import cannot_write, output_file
from mistral_core.structuring.converter import converter
from mistral_funcs.cli.progress import bar
from mistral_funcs.cli.screen import as_json_text, note, write, write_bytes
from mistral_funcs.cli.views import outcome, show

SPOKEN = ("CompletionChunk", "TranscriptionStreamTextDelta")
"""Events whose texts make up the answer."""


@final
@attrs.frozen
class Answer:
    """Hold an answer, and how it is to be given.

    Attributes:
        value: What the operation returned.
        json: Whether it is printed as JSON.
        output: The file that its bytes are written to; by default standard output.
    """

    value: Any
    json: bool = False
    output: Path | None = None

    @property
    def lines(self) -> bool:
        """Whether it is printed as JSON even where it is bytes."""
        return self.json and self.output is None


async def present(answer: Answer) -> Err[Failure] | None:
    """Give an answer to who asked; return what broke on the way."""
    value = answer.value
    if isinstance(value, EventStream):
        return await read_aloud(answer)
    if isinstance(value, ByteStream):
        return await download(value, answer.output)
    if hasattr(value, "audio") and not answer.lines:
        return await save(value.audio, answer.output)
    if answer.json:
        write(as_json(value, indent=2))
    else:
        show(value)
    return None


def as_json(value: Any, indent: int | None = None) -> str:
    """Return a value as one JSON document, with the end of its line."""
    text = json.dumps(converter.unstructure(value), indent=indent, ensure_ascii=False)
    return f"{as_json_text(text)}\n"


async def read_aloud(answer: Answer) -> Err[Failure] | None:
    """Print the events of a stream while they come: their texts, their sound, or JSON lines."""
    stream: EventStream[Any] = answer.value
    chunks: list[Any] = []
    sound: list[bytes] = []
    async with stream as events:
        async for event in events:
            if isinstance(event, Err):
                write("\n" * bool(chunks))
                return event
            if answer.lines:
                write(as_json(event.value))
            elif hasattr(event.value, "audio"):
                sound.append(event.value.audio)
            elif type(event.value).__name__ in SPOKEN:
                chunks.append(event.value)
                write(event.value.text)
    if sound:
        return await save(b"".join(sound), answer.output)
    if chunks:
        write("\n" * any(chunk.text for chunk in chunks))
        outcome(chunks)
    return None


async def download(stream: ByteStream, output: Path | None) -> Err[Failure] | None:
    """Write a binary answer to a file, or to standard output."""
    if output is not None:
        with bar(output.name) as progress:
            saved = await stream.save(output, progress=progress)
        if isinstance(saved, Err):
            return saved
        note(f"{output} is whole.")
        return None
    async with stream as chunks:
        async for chunk in chunks:
            if isinstance(chunk, Err):
                return chunk
            write_bytes(chunk.value)
    return None


async def save(data: bytes, output: Path | None) -> Err[Failure] | None:
    """Write bytes to a file, or to standard output."""
    if output is None:
        write_bytes(data)
        return None
    try:
        async with output_file(output) as write_chunks:
            await write_chunks([data])
    except OSError as error:
        return Err(cannot_write(output, error))
    note(f"{output} is whole.")
    return None
