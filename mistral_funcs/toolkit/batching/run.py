"""The run of a batch: from requests over parts, files and jobs to results."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, TypeVar, cast, final

import attrs

from mistral_core import (
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    MistralError,
    Ok,
    RequestOptions,
    Result,
)
from mistral_funcs.schemas.batch.jobs import ApiEndpoint
from mistral_funcs.toolkit.batching.carrier import Carrier
from mistral_funcs.toolkit.batching.folder import BatchFolder, PartWriter, digest_request
from mistral_funcs.toolkit.batching.lines import LINES_AT_ONCE, Requests, numbered_lines
from mistral_funcs.toolkit.batching.manifest import Part
from mistral_funcs.toolkit.batching.results import BatchOutcome, outcomes_of

__all__ = ["run_batch"]

if TYPE_CHECKING:
    from typing_extensions import TypeForm

T = TypeVar("T")

MOST_REQUESTS = 10_000
MOST_BYTES = 500_000_000


async def run_batch(
    client: MistralCore,
    requests: Requests,
    *,
    folder: str | os.PathLike[str],
    endpoint: ApiEndpoint,
    schema: "TypeForm[T]",
    model: str | None = None,
    agent_id: str | None = None,
    metadata: Mapping[str, str] | None = None,
    timeout_hours: int | None = None,
    max_requests: int = MOST_REQUESTS,
    max_bytes: int = MOST_BYTES,
    max_jobs: int = 4,
    interval: float = 10.0,
    options: RequestOptions | None = None,
) -> AsyncIterator[Result[BatchOutcome[T], Failure]]:
    """Send any number of requests through batch jobs, and give back what came of each.

    The requests are written into parts in a folder, never all in memory; each part is uploaded,
    submitted as a job, awaited and downloaded. Run it again with the same arguments and requests
    after the process died, or after an `Err`: it goes on where it was, and submits nothing twice.
    When it comes to its end, it has given one outcome for each request, those of earlier runs too.

    Args:
        client: The client to call through.
        requests: The requests, in the same order each time.
        folder: Where to keep them, their results and how far they are; it belongs to this batch.
        endpoint: The endpoint that they are for, such as `"/v1/chat/completions"`.
        schema: What an answer is: `ChatCompletionResponse`, say, or `dict[str, Any]`.
        model: The id of the model that answers them.
        agent_id: In place of a model, the id of the agent that answers them.
        metadata: Data of your own, to be kept with the jobs.
        timeout_hours: How long a job may take, from 1 to 168 hours; by default 24.
        max_requests: The most requests of one job.
        max_bytes: The most bytes of one job's file; the API takes up to 512 MB.
        max_jobs: The most jobs at once.
        interval: Seconds from one look at a job to the next.
        options: What each call does differently.

    Yields:
        The outcome of each request as `Ok`, part by part as they end. An `Err` is the last, and
        says what kept the batch from going on. Files in the folder are checked before they are
        used: results that have changed are downloaded again, and other damage is an `Err`.
    """
    settings = {
        "endpoint": endpoint,
        "model": model,
        "agent_id": agent_id,
        "metadata": None if metadata is None else dict(metadata),
        "timeout_hours": timeout_hours,
    }
    try:
        opened = await asyncio.to_thread(BatchFolder, folder, settings)
    except InvalidRequestError as error:
        yield Err(error)
        return
    except Exception as error:  # noqa: BLE001
        yield Err(InvalidRequestError(f"{folder} cannot be used: {error}", "folder"))
        return
    carrier = Carrier(client, opened, settings, interval, options)
    run = _Run(opened, carrier, asyncio.Semaphore(max_jobs))
    producing = asyncio.create_task(run.produce(requests, max_requests, max_bytes))
    try:
        while (ended := await run.ended.get()) is not None:
            if not isinstance(ended, Part):
                yield Err(ended)
                return
            lost = carrier.lost.get(ended.number)
            async with aclosing(outcomes_of(opened, ended, schema, lost)) as outcomes:
                async for outcome in outcomes:
                    yield Ok(outcome)
    except Exception as error:  # noqa: BLE001
        yield Err(_as_failure(error))
    finally:
        producing.cancel()
        for task in run.tasks:
            task.cancel()
        await asyncio.gather(producing, *run.tasks, return_exceptions=True)
        opened.close()


@final
@attrs.define
class _Run:
    """Make parts of requests, and let each be carried to its end.

    Attributes:
        folder: What the batch has on disk.
        carrier: What carries a part.
        room: Lets so many parts be on their way at once.
        ended: The parts that have come to their end; a failure, or `None`, is the last.
        tasks: The parts that are on their way.
        damaged: Why a part cannot be carried, if its requests on disk have changed.
    """

    folder: BatchFolder
    carrier: Carrier
    room: asyncio.Semaphore
    ended: asyncio.Queue[Part | Failure | None] = attrs.field(
        factory=asyncio.Queue["Part | Failure | None"]
    )
    tasks: set["asyncio.Task[None]"] = attrs.field(factory=set["asyncio.Task[None]"])
    damaged: Failure | None = None

    async def produce(self, requests: Requests, max_requests: int, max_bytes: int) -> None:
        """Carry all parts to their end, and report each.

        Parts whose results are on disk come first, so that no failure of another hides them. One
        whose requests are damaged does not stop the others; its failure comes last.
        """
        try:
            parts = [part for part in self.folder.manifest.parts if not await self._has_ended(part)]
            for part in parts:
                await self._start(part)
            if not self.folder.manifest.written:
                await self._write(requests, max_requests, max_bytes)
            await asyncio.gather(*self.tasks)
            await self.ended.put(self.damaged)
        except Exception as error:  # noqa: BLE001
            await self.ended.put(_as_failure(error))

    async def _has_ended(self, part: Part) -> bool:
        """Report a part of an earlier run, if its results are on disk or it is damaged."""
        damage = await self.folder.damage(part)
        if damage is not None:
            self.damaged = damage
        elif part.requests and not await self.folder.has_results(part):
            return False
        else:
            await self.ended.put(part)
        return True

    async def _start(self, part: Part) -> None:
        await self.room.acquire()
        self.tasks.add(asyncio.create_task(self._carry(part)))

    async def _carry(self, part: Part) -> None:
        try:
            if part.requests:
                await self.carrier.carry(part)
            await self.ended.put(part)
        except Exception as error:  # noqa: BLE001
            await self.ended.put(_as_failure(error))
        finally:
            self.room.release()

    async def _write(self, requests: Requests, max_requests: int, max_bytes: int) -> None:
        """Write the requests into parts, but for those that earlier runs have written."""
        numbered = numbered_lines(requests)
        for part in self.folder.manifest.parts:
            digest = hashlib.sha256()
            left = part.requests + part.refused
            async for custom_id, line in numbered:
                digest_request(digest, custom_id, line)
                left -= 1
                if not left:
                    break
            if digest.hexdigest() != part.digest:
                message = "The requests are not those that the batch in the folder began with"
                raise InvalidRequestError(message, "requests")
        writer: PartWriter | None = None
        try:
            async for custom_id, line in numbered:
                if writer is not None and (
                    writer.count >= max_requests
                    or writer.size + len(line if isinstance(line, bytes) else b"") > max_bytes
                    or custom_id in writer.custom_ids
                ):
                    sealed, writer = await writer.seal(), None
                    await self._start(sealed)
                writer = writer or PartWriter(self.folder, len(self.folder.manifest.parts))
                writer.add(custom_id, line)
                if writer.count % LINES_AT_ONCE == 0:
                    await writer.flush()
            last = None if writer is None else await writer.seal()
            writer = None
        finally:
            if writer is not None:
                writer.abandon()
        self.folder.manifest.written = True
        await self.folder.save()
        if last is not None:
            await self._start(last)


def _as_failure(error: Exception) -> Failure:
    if isinstance(error, MistralError):
        return cast("Failure", error)
    failure = InvalidRequestError(f"The batch cannot go on: {error!r}")
    failure.__cause__ = error
    return failure
