"""Encoding and decoding of payloads, off the event loop where they are large."""

import hashlib
from collections.abc import Sequence
from typing import Final, cast, final

import attrs

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    InvalidRequestError,
    MistralError,
    Ok,
    ResponseValidationError,
)
from mistral_core.http.messages import MAX_RESPONSE_BYTES
from mistral_core.http.text import in_one_line
from mistral_core.result import Result
from mistral_core.runtime.blocking import call_blocking
from mistral_funcs.toolkit.payloads.payload_compression import PayloadCompression, decompress
from mistral_funcs.toolkit.payloads.payload_encryption import PayloadEncryption
from mistral_funcs.toolkit.payloads.payload_errors import PayloadError
from mistral_funcs.toolkit.payloads.payload_json import to_json
from mistral_funcs.toolkit.payloads.payload_offloading import (
    AskNamespace,
    PayloadOffloading,
    fetch_offloaded,
    offload,
)
from mistral_funcs.toolkit.payloads.payload_threads import in_thread_if_large

__all__ = ["EncodedPayload", "PayloadCodec"]

FULL: Final = "encrypted"
PARTIAL: Final = "encrypted-partial"
COMPRESSED: Final = "compressed"
OFFLOADED: Final = "offloaded"


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
    """The encoding of payloads. A step that is `None` is skipped.

    Attributes:
        encryption: Encryption, full or partial.
        compression: Compression of large payloads. Compressed payloads are always decoded.
        offloading: Offloading of large payloads.
    """

    encryption: PayloadEncryption | None = None
    compression: PayloadCompression | None = None
    offloading: PayloadOffloading | None = None

    async def encode(
        self,
        data: bytes,
        *,
        execution_id: str | None = None,
        ask_namespace: AskNamespace | None = None,
    ) -> Result[EncodedPayload, Failure]:
        """Encode a payload.

        Args:
            data: The payload, as JSON in UTF-8.
            execution_id: ID of the execution that the payload is offloaded for. Without one, it is
                not offloaded.
            ask_namespace: A coroutine function that returns the namespace of the execution. It is
                called when a payload is offloaded and `offloading` has no namespace.

        Returns:
            The encoded payload, or `Err`: with an `InvalidRequestError` if the payload cannot be
            encoded, and with an `APIConnectionError` if the storage failed.
        """
        try:
            return Ok(await self._encode(data, execution_id, ask_namespace))
        except MistralError as error:
            return Err(cast("Failure", error.with_traceback(None)))
        except (ValueError, RecursionError) as error:
            return Err(InvalidRequestError(f"The payload cannot be encoded: {_reason(error)}"))

    async def decode(
        self, data: bytes, options: Sequence[object], *, max_bytes: int = MAX_RESPONSE_BYTES
    ) -> Result[bytes, ResponseValidationError | APIConnectionError]:
        """Decode a payload.

        Args:
            data: The encoded bytes.
            options: What was applied, in order.
            max_bytes: Size limit of the payload, and of its object in the storage. Defaults to
                256 MiB.

        Returns:
            The payload, or `Err`: with a `ResponseValidationError` if it cannot be decoded, and
            with an `APIConnectionError` if the storage failed. Undecoded data is never returned.
        """
        try:
            for option in reversed(options):
                data = await self._undo(option, data, max_bytes)
        except APIConnectionError as error:
            return Err(error.with_traceback(None))
        except (ValueError, RecursionError, ImportError) as error:
            return Err(ResponseValidationError(f"A payload cannot be decoded: {_reason(error)}"))
        return Ok(data)

    def input_hash(self, value: object) -> str:
        """Return the hash of the input of a schedule, keyed if there is encryption.

        Args:
            value: The input, as JSON.
        """
        data = to_json(value, sort_keys=True)
        if self.encryption is not None:
            return self.encryption.hash(data)
        return hashlib.sha256(data).hexdigest()

    async def _encode(
        self, data: bytes, execution_id: str | None, ask_namespace: AskNamespace | None
    ) -> EncodedPayload:
        options: list[str] = []
        encryption, offloading = self.encryption, self.offloading
        if encryption is not None and encryption.mode == "partial":
            data, done = await in_thread_if_large(encryption.encrypt_marked, data)
            options += [PARTIAL] * done
        if self.compression is not None:
            data, done = await in_thread_if_large(self.compression.compress, data)
            options += [COMPRESSED] * done
        if offloading is not None and execution_id and len(data) >= offloading.min_size:
            data = await offload(data, offloading, execution_id, ask_namespace)
            options.append(OFFLOADED)
        if encryption is not None and encryption.mode == "full":
            data = await in_thread_if_large(encryption.encrypt, data)
            options.append(FULL)
        return EncodedPayload(data, tuple(options))

    async def _undo(self, option: object, data: bytes, max_bytes: int) -> bytes:
        if option == COMPRESSED:  # Small data can become large.
            return await call_blocking(decompress, data, max_bytes)
        if option == OFFLOADED:
            return await fetch_offloaded(data, self.offloading, max_bytes)
        if option not in (FULL, PARTIAL):
            raise PayloadError(f"its encoding {in_one_line(repr(option))} is unknown")
        if self.encryption is None:
            raise PayloadError("it is encrypted, and there is no key")
        decrypt = self.encryption.decrypt if option == FULL else self.encryption.decrypt_marked
        return await in_thread_if_large(decrypt, data)


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, PayloadError | ImportError) else "it is invalid"
