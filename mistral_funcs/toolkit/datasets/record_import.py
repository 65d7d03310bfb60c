"""Imports of JSONL files as dataset records."""

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from typing import Any, final

import attrs

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestOptions,
    RequestTimeoutError,
    Result,
    SDKError,
)
from mistral_core.response.json_text import decode_json
from mistral_core.runtime.iterators import Resumable
from mistral_funcs.beta.observability.datasets.create_record import (
    beta_observability_datasets_create_record,
)
from mistral_funcs.schemas.beta.observability.dataset_records import DatasetRecord
from mistral_funcs.toolkit.datasets.line_batches import Line, LineReader

__all__ = ["RecordBatch", "beta_observability_datasets_import_jsonl"]

PATH = "path"

ABOUT_A_RECORD = frozenset({400, 409, 413, 422})
"""The statuses of errors that concern one record. After others the import stops."""


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
    properties: Mapping[str, Any] | None = None,
    first_line: int = 1,
    batch_size: int = 100,
    max_requests: int = 4,
    options: RequestOptions | None = None,
) -> AsyncIterator[Result[RecordBatch, Failure]]:
    """Add each line of a JSONL file to a dataset as the payload of a record.

    The file is read as the import proceeds. Blank lines are skipped.

    Args:
        client: The client to use.
        dataset_id: ID of the dataset, or its name in URLs.
        path: The file, with a JSON object in each line, shorter than 16 MiB.
        properties: Properties of each record.
        first_line: Number of the first line to import. To resume, the line after the last batch.
        batch_size: Maximum number of lines of a batch.
        max_requests: Maximum number of requests at a time.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Returns:
        An iterator with a result for each batch. A line that is invalid or refused is one of its
        `errors`. An `Err` is the last item: the arguments are invalid, the file cannot be read, or
        the server accepts no record, as with an invalid key or after an outage. The batch before it
        describes each of its lines.
    """
    records = _Import(client, dataset_id, properties, max_requests, options)
    return Resumable(records.batches(os.fspath(path), first_line, batch_size))


@final
@attrs.frozen
class _Import:
    """An import into a dataset."""

    client: MistralCore
    dataset_id: str
    properties: Mapping[str, Any] | None
    max_requests: int
    options: RequestOptions | None

    async def batches(
        self, path: str, first: int, size: int
    ) -> AsyncGenerator[Result[RecordBatch, Failure], None]:
        """Yield the result for each batch of lines."""
        numbers = {"first_line": first, "batch_size": size, "max_requests": self.max_requests}
        for name, number in numbers.items():
            if number < 1:
                message = f"`{name}` must be at least 1, got {number!r}"
                yield Err(InvalidRequestError(message, name))
                return
        slots = asyncio.Semaphore(self.max_requests)
        try:
            file = await asyncio.to_thread(open, path, "rb")
        except (OSError, ValueError) as error:
            yield Err(_unreadable(error))
            return
        with file:
            reader = LineReader(file)
            while True:
                try:
                    lines = await asyncio.to_thread(reader.read, first, size)
                except OSError as error:
                    yield Err(_unreadable(error))
                    return
                if not lines:
                    return
                batch = await self._send(lines, slots)
                yield Ok(batch)
                if not batch.records and (stopped := _stop(batch)):
                    yield Err(stopped)
                    return
                first = batch.last_line + 1

    async def _send(self, lines: list[Line], slots: asyncio.Semaphore) -> RecordBatch:
        """Create the records of a batch."""
        filled = [line for line in lines if line[1] is None or line[1].strip()]
        async with asyncio.TaskGroup() as group:
            tasks = {line[0]: group.create_task(self._create(line, slots)) for line in filled}
        results = {line: task.result() for line, task in tasks.items()}
        return RecordBatch(
            lines[0][0],
            lines[-1][0],
            {line: each.value for line, each in results.items() if isinstance(each, Ok)},
            {line: each.error for line, each in results.items() if isinstance(each, Err)},
        )

    async def _create(self, line: Line, slots: asyncio.Semaphore) -> Result[DatasetRecord, Failure]:
        payload = _payload(*line)
        if isinstance(payload, Err):
            return payload
        async with slots:
            return await beta_observability_datasets_create_record(
                self.client,
                self.dataset_id,
                payload=payload.value,
                properties=self.properties,
                options=self.options,
            )


def _payload(number: int, text: bytes | None) -> Result[dict[str, Any], Failure]:
    if text is None:
        return Err(InvalidRequestError(f"Line {number} has 16 MiB or more", PATH))
    try:
        value: Any = decode_json(text)
    except (ValueError, RecursionError) as error:
        return Err(InvalidRequestError(f"Line {number} is not JSON: {error}", PATH))
    if value.__class__ is not dict:
        return Err(InvalidRequestError(f"Line {number} is not a JSON object", PATH))
    return Ok(value)


def _stop(batch: RecordBatch) -> Failure | None:
    """Return an error of a batch that does not concern a single record, if any."""
    for error in batch.errors.values():
        match error:
            case APIConnectionError() | RequestTimeoutError():
                return error
            case SDKError(status=status) if status not in ABOUT_A_RECORD:
                return error
            case InvalidRequestError(param=param) if param != PATH:
                return error
            case _:
                pass
    return None


def _unreadable(error: Exception) -> InvalidRequestError:
    return InvalidRequestError(f"`path` cannot be read: {error}", PATH)
