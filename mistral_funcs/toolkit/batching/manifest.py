"""The manifest of a batch: its settings, its parts, and how far each of them is."""

import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, final

import attrs

from mistral_core import InvalidRequestError
from mistral_core.structuring.converter import converter, faults

ADVICE = (
    "Restore it from a backup, or choose another folder. A new folder submits all requests again"
)


@final
@attrs.define
class Part:
    """Tell of the requests of one job.

    Attributes:
        number: Its place among the parts.
        requests: How many requests it sends.
        refused: How many requests could not be written, and are not sent.
        digest: What tells its requests from all others.
        uploading: Whether an upload was begun.
        file_id: The id of the file with its requests, once it is uploaded.
        uploaded_at: When that was, by the server's clock, in seconds since 1970.
        submitting: Whether the making of a job was begun.
        job_id: The id of its job, once there is one.
        status: How the job ended, once it has.
        downloaded: Whether its results are here.
        digests: The SHA-256 of each of its files, by kind.
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


@final
@attrs.define
class Manifest:
    """Tell how far a batch is.

    Attributes:
        batch_id: The id by which its files are found again.
        settings: What the jobs are made with.
        written: Whether all requests have been written into parts.
        parts: The parts, in their order.
    """

    batch_id: str
    settings: dict[str, Any]
    written: bool = False
    parts: list[Part] = attrs.field(factory=list[Part])


def read_manifest(path: Path, settings: Mapping[str, Any]) -> Manifest:
    """Read the manifest of a folder, or return the one that a new batch begins with.

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
        known, here = manifest.settings, path.parent
        message = f"{here} holds a batch with other settings: {known}, and not {dict(settings)}"
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
