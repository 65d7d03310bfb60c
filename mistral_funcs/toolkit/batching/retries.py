"""Parts with the failed requests of other parts, to submit them again."""

from contextlib import aclosing
from typing import Any

from mistral_core import Err, ResponseValidationError
from mistral_core.response.json_text import decode_exactly
from mistral_funcs.toolkit.batching.folder import BatchFolder
from mistral_funcs.toolkit.batching.manifest import Part
from mistral_funcs.toolkit.batching.parts import Limits, PartWriter
from mistral_funcs.toolkit.batching.results import outcomes_of


async def write_retries(folder: BatchFolder, limits: Limits) -> None:
    """Write the failed requests of each ended part to a new part, unless one has them already."""
    retried = folder.manifest.retried
    for part in list(folder.manifest.parts):
        ended = part.requests and part.number not in retried and await folder.has_results(part)
        if ended and await folder.damage(part) is None:
            failed = await _failed(folder, part)
            if failed:
                await _write(folder, part, failed, limits)


async def _failed(folder: BatchFolder, part: Part) -> set[str]:
    """Return the IDs of the failed requests of a part. An invalid response does not count."""
    failed: set[str] = set()
    async with aclosing(outcomes_of(folder, part, Any, None)) as outcomes:
        async for outcome in outcomes:
            result = outcome.result
            if isinstance(result, Err) and not isinstance(result.error, ResponseValidationError):
                failed.add(outcome.custom_id)
    return failed & await ids_of(folder, part)


async def _write(folder: BatchFolder, part: Part, failed: set[str], limits: Limits) -> None:
    writer = PartWriter(folder, len(folder.manifest.parts))
    try:
        async for line in folder.lines(part, "requests"):
            custom_id = _id(line)
            if custom_id in failed:
                writer.add(custom_id, line)
        await writer.seal(limits, retry_of=part.number)
    except BaseException:
        writer.abandon()
        raise


async def ids_of(folder: BatchFolder, part: Part) -> set[str]:
    """Return the IDs of the requests of a part."""
    return {_id(line) async for line in folder.lines(part, "requests")}


async def replaced_in(folder: BatchFolder, part: Part) -> set[str]:
    """Return the IDs of the requests of a part that have been submitted again in another."""
    for other in folder.manifest.parts:
        if other.retry_of == part.number:
            return await ids_of(folder, other)
    return set()


def _id(line: bytes) -> str:
    request: Any = decode_exactly(line)
    return str(request["custom_id"])
