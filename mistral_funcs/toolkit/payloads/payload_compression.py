"""Compression of payloads with zstd, in an envelope of MessagePack."""

from typing import Any, Final, final

import attrs

from mistral_core.http.messages import MAX_RESPONSE_BYTES
from mistral_funcs.toolkit.payloads.payload_errors import PayloadError, missing_package

__all__ = ["PayloadCompression"]

INVALID: Final = "its compression is invalid"


@final
@attrs.frozen(kw_only=True)
class PayloadCompression:
    """Compression with zstd.

    Attributes:
        min_size: Size in bytes from which payloads are compressed. Defaults to 1 MiB.
        level: Level of compression, from 1 to 22. Defaults to 3.
    """

    min_size: int = attrs.field(default=2**20, validator=attrs.validators.ge(0))
    level: int = attrs.field(default=3, validator=[attrs.validators.ge(1), attrs.validators.le(22)])

    def __attrs_post_init__(self) -> None:
        """Check that the extra is installed.

        Raises:
            ImportError: The extra `payloads` is not installed.
        """
        _packages()

    def compress(self, data: bytes) -> tuple[bytes, bool]:
        """Compress data unless it is small or gets no smaller, and return whether it was."""
        if len(data) < self.min_size:
            return data, False
        ormsgpack, zstandard = _packages()
        compressed = zstandard.ZstdCompressor(level=self.level).compress(data)
        if len(compressed) >= len(data):
            return data, False
        described = {"algorithm": "zstd", "level": self.level}
        envelope: bytes = ormsgpack.packb({"compression": described, "payload": compressed})
        return envelope, True


def decompress(data: bytes, max_size: int = MAX_RESPONSE_BYTES) -> bytes:
    """Decompress data.

    Args:
        data: The compressed data in its envelope.
        max_size: Size limit of the result in bytes. Defaults to 256 MiB.

    Raises:
        ImportError: The extra `payloads` is not installed.
        PayloadError: The data is invalid or too large.
    """
    ormsgpack, zstandard = _packages()
    try:
        envelope = ormsgpack.unpackb(data)
        algorithm = envelope["compression"]["algorithm"]
        compressed: bytes = envelope["payload"]
        size: int = zstandard.frame_content_size(compressed)
    except (ValueError, LookupError, TypeError, zstandard.ZstdError):
        raise PayloadError(INVALID) from None
    if algorithm != "zstd":
        raise PayloadError(f"its compression {algorithm!r} is not supported")
    if size > max_size:
        raise PayloadError(f"it has more than {max_size} bytes after decompression")
    try:
        result: bytes = zstandard.ZstdDecompressor().decompress(
            compressed, max_output_size=max_size
        )
    except zstandard.ZstdError:
        raise PayloadError(INVALID) from None
    return result


def _packages() -> tuple[Any, Any]:
    try:
        import ormsgpack  # noqa: PLC0415 - of the extra
        import zstandard  # noqa: PLC0415 - of the extra
    except ImportError as error:
        raise missing_package(error.name or "zstandard") from None
    return ormsgpack, zstandard
