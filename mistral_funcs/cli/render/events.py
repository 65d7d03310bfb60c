"""Event streams, printed as they arrive: text, audio, or a JSON document per line."""

from pathlib import Path
from typing import Any

from mistral_core import Err, EventStream, Failure
from mistral_funcs.cli.render.agent_outputs import failure_of, lines_of_events
from mistral_funcs.cli.render.binary import save
from mistral_funcs.cli.render.completions import print_ending
from mistral_funcs.cli.render.json_documents import to_json
from mistral_funcs.cli.response_traits import is_text_delta
from mistral_funcs.cli.screen import write


async def print_documents(stream: EventStream[Any]) -> Err[Failure] | None:
    """Print each event as a JSON document on its own line."""
    async with stream as events:
        async for event in events:
            if isinstance(event, Err):
                return event
            write(to_json(event.value))
    return None


async def print_text(
    stream: EventStream[Any], chunks: list[Any] | None = None
) -> Err[Failure] | None:
    """Print the text of a stream as it arrives, then its tool calls and notes.

    Args:
        stream: The stream, not yet entered.
        chunks: A list to which events with text are added, for a caller that may be interrupted.
    """
    chunks = [] if chunks is None else chunks
    seen: list[Any] = []
    async with stream as events:
        async for event in events:
            if isinstance(event, Err):
                write("\n" * bool(chunks))
                return event
            seen.append(event.value)
            if hasattr(event.value, "choices") or is_text_delta(event.value):
                chunks.append(event.value)
                write(_text(event.value))
            if (failure := failure_of(event.value)) is not None:
                write("\n" * bool(chunks))
                return failure
    lines = lines_of_events(seen)
    if chunks:
        write("\n" * any(_text(chunk) for chunk in chunks))
        print_ending([chunk for chunk in chunks if hasattr(chunk, "choices")])
    write("".join(f"{line}\n" for line in lines))
    return None


def _text(event: Any) -> str:
    """Return the text that an event adds."""
    return str(event.text if hasattr(event, "text") else event.delta)


async def save_audio(stream: EventStream[Any], file: Path | None) -> Err[Failure] | None:
    """Collect the audio of a stream, and write it to a file or to standard output."""
    audio: list[bytes] = []
    async with stream as events:
        async for event in events:
            if isinstance(event, Err):
                return event
            audio.append(getattr(event.value, "audio", b""))
    return await save(b"".join(audio), file)
