"""Encoding and decoding of payloads, off the event loop where they are large."""

import hashlib
import json
from collections.abc import Callable, Sequence, Sized
from functools import partial
from typing import Any, Final, TypeVar, cast, final
from urllib.parse import quote

import attrs

from mistral_core import APIConnectionError, Err, InvalidRequestError, Ok, ResponseValidationError
from mistral_core.http.text import in_one_line, without_userinfo
from mistral_core.result import Result
from mistral_core.runtime.blocking import call_blocking
from mistral_funcs.toolkit.payloads.object_storage import ObjectStorage
from mistral_funcs.toolkit.payloads.payload_compression import PayloadCompression, decompress
from mistral_funcs.toolkit.payloads.payload_encryption import PayloadEncryption
from mistral_funcs.toolkit.payloads.payload_errors import PayloadError

__all__ = ["EncodedPayload", "PayloadCodec", "PayloadOffloading"]

D = TypeVar("D")
T = TypeVar("T")

INLINE: Final = 2**16
"""Size in bytes up to which data is encoded and decoded on the event loop."""


@final
@attrs.frozen(kw_only=True)
class PayloadOffloading:
    """Offloading of payloads to a storage of your own.

    Attributes:
        storage: The storage.
        namespace: The namespace of your workflows, which is part of the keys.
        min_size: Size in bytes from which payloads are offloaded. Defaults to 1 MiB.
    """

    storage: ObjectStorage = attrs.field(repr=False)
    namespace: str
    min_size: int = attrs.field(default=2**20, validator=attrs.validators.ge(0))


@final
@attrs.frozen
class EncodedPayload:
    """An encoded payload.

    Attributes:
        data: The encoded bytes.
        options: What was applied, in order: `encrypted-partial`, `compressed`, `offloaded`,
            `encrypted`.
    """

    data: bytes = attrs.field(repr=False)
    options: tuple[str, ...] = ()


@final
@attrs.frozen(kw_only=True)
class PayloadCodec:
    """The encoding of payloads. What is `None` is not done.

    Attributes:
        encryption: Encryption, full or partial.
        compression: Compression of large payloads. Compressed payloads are always decoded.
        offloading: Offloading of large payloads.
    """

    encryption: PayloadEncryption | None = None
    compression: PayloadCompression | None = None
    offloading: PayloadOffloading | None = None

    async def encode(
        self, data: bytes, *, execution_id: str | None = None
    ) -> Result[EncodedPayload, InvalidRequestError | APIConnectionError]:
        """Encode a payload.

        Args:
            data: The payload, as JSON in UTF-8.
            execution_id: ID of the execution that the payload is offloaded for. Without one, it is
                not offloaded.

        Returns:
            The encoded payload, or `Err` with an `APIConnectionError` if the storage fails.
        """
        options: list[str] = []
        encryption = self.encryption
        try:
            if encryption is not None and encryption.mode == "partial":
                data, done = await in_thread_if_large(encryption.encrypt_marked, data)
                options += ["encrypted-partial"] * done
            if self.compression is not None:
                data, done = await in_thread_if_large(self.compression.compress, data)
                options += ["compressed"] * done
        except (ValueError, RecursionError) as error:
            return Err(InvalidRequestError(f"The payload cannot be encoded: {_reason(error)}"))
        offloading = self.offloading
        if offloading is not None and execution_id and len(data) >= offloading.min_size:
            try:
                data = await _offload(data, offloading, execution_id)
            except Exception as error:  # noqa: BLE001 - of any storage
                return Err(APIConnectionError(f"The storage failed: {_of(error)}", sent=False))
            options.append("offloaded")
        if encryption is not None and encryption.mode == "full":
            data = await in_thread_if_large(encryption.encrypt, data)
            options.append("encrypted")
        return Ok(EncodedPayload(data, tuple(options)))

    async def decode(
        self, data: bytes, options: Sequence[object]
    ) -> Result[bytes, ResponseValidationError]:
        """Decode a payload.

        Args:
            data: The encoded bytes.
            options: What was applied, in order.

        Returns:
            The payload, or `Err` if it cannot be decoded. Undecoded data is never returned.
        """
        try:
            for option in reversed(options):
                data = await self._undo(option, data)
        except (ValueError, RecursionError, ImportError) as error:
            return Err(ResponseValidationError(f"A payload cannot be decoded: {_reason(error)}"))
        return Ok(data)

    def input_hash(self, value: object) -> str:
        """Return the hash of the input of a schedule, keyed if there is encryption.

        Args:
            value: The input, as JSON.
        """
        text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        data = text.encode("utf-8", "backslashreplace")
        if self.encryption is not None:
            return self.encryption.hash(data)
        return hashlib.sha256(data).hexdigest()

    async def _undo(self, option: object, data: bytes) -> bytes:
        if option == "compressed":  # Small data can become large.
            return await call_blocking(decompress, data)
        if option == "offloaded":
            return await _fetch(data, self.offloading)
        if option not in ("encrypted", "encrypted-partial"):
            raise PayloadError(f"its encoding {option!r} is not known")
        if self.encryption is None:
            raise PayloadError("it is encrypted, and there is no key")
        full = option == "encrypted"
        return await in_thread_if_large(
            self.encryption.decrypt if full else self.encryption.decrypt_marked, data
        )


async def in_thread_if_large(function: Callable[[D], T], data: D, *, size: int | None = None) -> T:
    """Call a function, in a thread if the data is large.

    Args:
        function: The function.
        data: Its argument.
        size: The size in bytes. Defaults to the length of the data.
    """
    length = len(cast("Sized", data)) if size is None else size
    return function(data) if length <= INLINE else await call_blocking(function, data)


async def _offload(data: bytes, offloading: PayloadOffloading, execution_id: str) -> bytes:
    digest = (await in_thread_if_large(hashlib.sha256, data)).hexdigest()
    encoded = partial(quote, safe="")
    key = (
        f"temporal-payload/{encoded(offloading.namespace)}/{encoded(execution_id)}/sha256:{digest}"
    )
    await offloading.storage.put(key, data)
    return json.dumps({"key": key}, separators=(",", ":")).encode()


async def _fetch(data: bytes, offloading: PayloadOffloading | None) -> bytes:
    if offloading is None:
        raise PayloadError("it is offloaded, and there is no storage")
    reference: Any = json.loads(data)
    key: object = None
    if isinstance(reference, dict):
        key = cast("dict[str, object]", reference).get("key")
    if not isinstance(key, str):
        raise PayloadError("it refers to no object of the storage")
    try:
        content = await offloading.storage.get(key)
    except Exception as error:  # noqa: BLE001 - of any storage
        raise PayloadError(f"the storage failed: {_of(error)}") from None
    _, separator, digest = key.rpartition("/sha256:")
    if separator and (await in_thread_if_large(hashlib.sha256, content)).hexdigest() != digest:
        raise PayloadError("the object in the storage was changed")
    return content


def _of(error: Exception) -> str:
    return in_one_line(without_userinfo(repr(error)))


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, PayloadError | ImportError) else "it is not valid JSON"
