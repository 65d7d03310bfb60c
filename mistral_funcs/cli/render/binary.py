"""Binary responses: written to a file, or to standard output."""

from pathlib import Path

from mistral_core import ByteStream, Err, Failure
from mistral_core.response.output_files import cannot_write, output_file
from mistral_funcs.cli.render.progress_bar import progress_bar
from mistral_funcs.cli.screen import note, write_bytes


async def download(stream: ByteStream, file: Path | None) -> Err[Failure] | None:
    """Write a streamed response to a file or to standard output, and return an error, if any."""
    if file is not None:
        with progress_bar(file.name) as progress:
            saved = await stream.save(file, progress=progress)
        if isinstance(saved, Err):
            return saved
        note(f"Saved {file}.")
        return None
    async with stream as chunks:
        async for chunk in chunks:
            if isinstance(chunk, Err):
                return chunk
            write_bytes(chunk.value)
    return None


async def save(data: bytes, file: Path | None) -> Err[Failure] | None:
    """Write bytes to a file or to standard output, and return an error, if any."""
    if file is None:
        write_bytes(data)
        return None
    try:
        async with output_file(file) as write_chunks:
            await write_chunks([data])
    except OSError as error:
        return Err(cannot_write(file, error))
    note(f"Saved {file}.")
    return None
