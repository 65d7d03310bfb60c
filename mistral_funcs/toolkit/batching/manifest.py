"""Manifest of a batch: its settings, parts and progress."""

import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, final

import attrs

from mistral_core import InvalidRequestError
from mistral_core.structuring.converter import converter, faults

ADVICE = "Restore it from a backup, or use another folder. A new folder submits all requests again."


@final
@attrs.define
class Part:
    """The requests of one job, and its progress.

    Attributes:
        number: Index of the part.
        requests: Number of requests to send.
        refused: Number of requests that cannot be encoded and are not sent.
        digest: Digest of the requests.
        uploading: Whether an upload was started.
        file_id: ID of the uploaded file, once it exists.
        uploaded_at: Upload time by the server's clock, in seconds since the Unix epoch.
        submitting: Whether the creation of a job was started.
        job_id: ID of the job, once it exists.
        status: Final status of the job, once it has ended.
        downloaded: Whether the results are on disk.
        digests: SHA-256 of each file, by kind.
        inline: Whether the requests are part of the job rather than an uploaded file.
        failed: Number of requests that failed, once the results are on disk.
        deleted: Whether the uploaded file has been deleted.
        retry_of: Number of the part whose failed requests these are.
    """

    number: int
    requests: int
    refused: int
    digest: str
    uploading: bool = False
    file_id: str | None = None
    uploaded_at: int | None = None
    submitting: bool = False
    job_id: str | None = None
    status: str | None = None
    downloaded: bool = False
    digests: dict[str, str] = attrs.field(factory=dict[str, str])
    inline: bool = False
    failed: int = 0
    deleted: bool = False
    retry_of: int | None = None


@final
@attrs.define
class Manifest:
    """Settings and progress of a batch.

    Attributes:
        batch_id: ID that makes the names of uploaded files unique.
        settings: Settings of the batch jobs.
        written: Whether all requests have been written to parts.
        parts: The parts, in order.
    """

    batch_id: str
    settings: dict[str, Any]
    written: bool = False
    parts: list[Part] = attrs.field(factory=list[Part])

    @property
    def retried(self) -> set[int]:
        """The numbers of the parts whose failed requests are in another part."""
        return {part.retry_of for part in self.parts if part.retry_of is not None}


def read_manifest(path: Path, settings: Mapping[str, Any]) -> Manifest:
    """Read the manifest of a folder, or return a new one.

    Raises:
        InvalidRequestError: It is invalid, missing, or belongs to a batch with other settings.
        OSError: It cannot be read.
    """
    if not path.exists():
        parts = sorted(path.parent.glob("part-*.jsonl"))
        if parts:
            message = f"`{path}` is missing, though the folder contains `{parts[0].name}`. {ADVICE}"
            raise InvalidRequestError(message, "folder")
        return Manifest(secrets.token_hex(8), dict(settings))
    manifest = _structure(path)
    if manifest.settings != settings:
        stored, given = manifest.settings, dict(settings)
        message = f"`{path.parent}` contains a batch with other settings: {stored}, not {given}"
        raise InvalidRequestError(message, "folder")
    return manifest


def _structure(path: Path) -> Manifest:
    content = path.read_bytes()
    try:
        manifest = converter.structure(json.loads(content), Manifest)
        _check_numbers(manifest)
    except Exception as error:
        reasons = "; ".join(map(str, faults(error)))
        message = f"`{path}` cannot be used: {reasons}. {ADVICE}"
        raise InvalidRequestError(message, "folder") from error
    return manifest


def _check_numbers(manifest: Manifest) -> None:
    if [part.number for part in manifest.parts] != [*range(len(manifest.parts))]:
        raise ValueError("the parts are not numbered from 0")
