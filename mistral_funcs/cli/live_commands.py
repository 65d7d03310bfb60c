"""The commands that send and receive at the same time: live transcription and live speech."""

import sys
from codecs import getincrementaldecoder
from collections.abc import AsyncGenerator, AsyncIterator, Generator
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from cyclopts import CycloptsError

import mistral_funcs
from mistral_core import Err, Failure, Result
from mistral_core.response.output_files import cannot_write, output_file
from mistral_core.runtime.blocking import Worker
from mistral_funcs.cli.failures import report_error
from mistral_funcs.cli.invocation import Invocation
from mistral_funcs.cli.render.json_documents import to_json
from mistral_funcs.cli.screen import note, write, write_bytes
from mistral_funcs.cli.wav_header import read_header

CHUNK = 2**15
"""Maximum number of bytes to read at once."""


async def run_live(invocation: Invocation) -> int:
    """Transcribe or speak, and return the exit code."""
    failed = await (_speak if "speech" in invocation.name else _transcribe)(invocation)
    return 0 if failed is None else report_error(invocation.attempted, failed)


async def _transcribe(invocation: Invocation) -> Err[Failure] | None:
    """Print the transcript of a file or of standard input while it arrives."""
    arguments = dict(invocation.arguments)
    with _input(arguments.pop("file", None)) as file, Worker() as worker:
        try:
            audio_format, head = await worker.call(read_header, file)
        except ValueError as error:
            raise CycloptsError(msg=f"Cannot transcribe: {error}.") from error
        if audio_format is not None:
            arguments.setdefault("audio_format", audio_format)
        async with invocation.options.client() as client:
            opened = await mistral_funcs.audio_transcriptions_realtime(client, **arguments)
            if isinstance(opened, Err):
                return opened
            audio = _chunks(worker, file, head)
            async with aclosing(audio), opened.value.transcribe(audio) as events:
                return await _print_events(events, as_json=invocation.options.json)


async def _print_events(
    events: AsyncIterator[Result[Any, Failure]], *, as_json: bool
) -> Err[Failure] | None:
    """Print the text of events, or each event as a line of JSON. Return the error, if any."""
    failed: Err[Failure] | None = None
    async for event in events:
        if isinstance(event, Err):
            failed = event
        elif as_json:
            write(to_json(event.value))
        elif getattr(event.value, "type", "") == "transcription.text.delta":
            write(event.value.text)
    if not as_json:
        write("\n")
    return failed


async def _speak(invocation: Invocation) -> Err[Failure] | None:
    """Generate speech from standard input, and write it to a file or to standard output."""
    with _input(None, terminal=True) as file, Worker() as worker:
        async with invocation.options.client() as client:
            opened = await mistral_funcs.audio_speech_realtime(client, **invocation.arguments)
            if isinstance(opened, Err):
                return opened
            text = _decoded(_chunks(worker, file, b""))
            async with aclosing(text), opened.value.speak(text) as audio:
                return await _save(audio, invocation.output)


class _IncompleteError(Exception):
    """The audio is incomplete, so the file is not written."""


async def _save(
    audio: AsyncIterator[Result[bytes, Failure]], path: Path | None
) -> Err[Failure] | None:
    """Write audio to standard output, or to a file if it is complete. Return the error, if any."""
    if path is None:
        async for chunk in audio:
            if isinstance(chunk, Err):
                return chunk
            write_bytes(chunk.value)
        return None
    failed: Err[Failure] | None = None
    try:
        async with output_file(path) as write_chunks:
            async for chunk in audio:
                if isinstance(chunk, Err):
                    failed = chunk
                    raise _IncompleteError  # noqa: TRY301 - the file must see it
                await write_chunks([chunk.value])
    except _IncompleteError:
        return failed
    except OSError as error:
        return Err(cannot_write(path, error))
    note(f"Saved {path}.")
    return None


@contextmanager
def _input(path: Path | None, *, terminal: bool = False) -> Generator[BinaryIO]:
    """Open a file, or yield standard input.

    Raises:
        CycloptsError: Standard input is a terminal or closed.
    """
    if path is not None:
        with path.open("rb") as file:
            yield file
        return
    stdin: Any = sys.stdin
    if stdin is None or not hasattr(stdin, "buffer") or (stdin.isatty() and not terminal):
        raise CycloptsError(msg="Pass a file, or pipe the input to the command.")
    yield cast("BinaryIO", stdin.buffer)


async def _chunks(worker: Worker, file: Any, head: bytes) -> AsyncGenerator[bytes, None]:
    """Yield input as soon as it is available."""
    if head:
        yield head
    while chunk := await worker.call(file.read1, CHUNK):
        yield chunk


async def _decoded(chunks: AsyncGenerator[bytes, None]) -> AsyncGenerator[str, None]:
    """Decode UTF-8. A character may be split between two chunks."""
    decoder = getincrementaldecoder("utf-8")("replace")
    async with aclosing(chunks):
        async for chunk in chunks:
            if text := decoder.decode(chunk):
                yield text
    if text := decoder.decode(b"", final=True):
        yield text
