"""Imports of JSONL files as dataset records."""

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator
from itertools import islice
from typing import Any, BinaryIO, TypeAlias, final

import attrs

from mistral_core import Err, Failure, InvalidRequestError, MistralCore, Ok, RequestOptions, Result
from mistral_core.response.decode import decode_json
from mistral_core.runtime.iterators import Resumable
from mistral_funcs.beta.observability.datasets.create_record import (
    beta_observability_datasets_create_record,
)
from mistral_funcs.schemas.beta.observability.dataset_records import DatasetRecord

__all__ = ["RecordBatch", "beta_observability_datasets_import_jsonl"]

Line: TypeAlias = tuple[int, bytes]
"""A line with its number, from 1."""


@final
@attrs.frozen
class RecordBatch:
    """The result for a batch of lines.

    Attributes:
        first_line: Number of its first line, from 1.
        last_line: Number of its last line.
        records: The new records by the numbers of their lines.
        errors: The errors by the numbers of the lines that have no record.
    """

    first_line: int
    last_line: int
    records: dict[int, DatasetRecord]
    errors: dict[int, Failure]


def beta_observability_datasets_import_jsonl(
    client: MistralCore,
    dataset_id: str,
    path: str | os.PathLike[str],
    *,
    batch_size: int = 100,
    max_requests: int = 4,
    options: RequestOptions | None = None,
) -> AsyncIterator[Result[RecordBatch, Failure]]:
    """Add each line of a JSONL file to a dataset as the payload of a record.

    The file is read as the import proceeds. Blank lines are skipped.

    Args:
        client: The client to use.
        dataset_id: ID of the dataset, or its name in URLs.
        path: The file, with a JSON object in each line.
        batch_size: Maximum number of lines of a batch.
        max_requests: Maximum number of requests at a time.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Returns:
        An iterator with a result for each batch. A line that is invalid or refused is one of its
        `errors`. An `Err` is the last item: the arguments are invalid, or the file cannot be read.
    """
    return Resumable(_batches(client, dataset_id, path, (batch_size, max_requests), options))


async def _batches(
    client: MistralCore,
    dataset_id: str,
    path: str | os.PathLike[str],
    limits: tuple[int, int],
    options: RequestOptions | None,
) -> AsyncGenerator[Result[RecordBatch, Failure], None]:
    for name, number in zip(("batch_size", "max_requests"), limits, strict=True):
        if number < 1:
            yield Err(InvalidRequestError(f"`{name}` must be at least 1, got {number!r}", name))
            return
    batch_size, max_requests = limits
    slots = asyncio.Semaphore(max_requests)

    async def create(line: Line) -> Result[DatasetRecord, Failure]:
        payload = _payload(line)
        if isinstance(payload, Err):
            return payload
        async with slots:
            return await beta_observability_datasets_create_record(
                client, dataset_id, payload=payload.value, options=options
            )

    try:
        file = await asyncio.to_thread(open, path, "rb")
        with file:
            start = 1
            while lines := await asyncio.to_thread(_read, file, start, batch_size):
                start = lines[-1][0] + 1
                filled = [line for line in lines if line[1].strip()]
                async with asyncio.TaskGroup() as group:
                    tasks = {line[0]: group.create_task(create(line)) for line in filled}
                yield Ok(_batch(lines, {line: task.result() for line, task in tasks.items()}))
    except (OSError, ValueError) as error:
        yield Err(InvalidRequestError(f"`path` cannot be read: {error}", "path"))


def _read(file: BinaryIO, start: int, size: int) -> list[Line]:
    return [*enumerate(islice(file, size), start)]


def _payload(line: Line) -> Result[dict[str, Any], Failure]:
    number, text = line
    try:
        value: Any = decode_json(text)
    except (ValueError, RecursionError) as error:
        return Err(InvalidRequestError(f"Line {number} is not JSON: {error}", "path"))
    if value.__class__ is not dict:
        return Err(InvalidRequestError(f"Line {number} is not a JSON object", "path"))
    return Ok(value)


def _batch(lines: list[Line], results: dict[int, Result[DatasetRecord, Failure]]) -> RecordBatch:
    return RecordBatch(
        lines[0][0],
        lines[-1][0],
        {line: each.value for line, each in results.items() if isinstance(each, Ok)},
        {line: each.error for line, each in results.items() if isinstance(each, Err)},
    )
