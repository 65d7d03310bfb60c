"""Compressed payloads as they are on the wire."""

from ormsgpack import packb


def envelope(payload: object, algorithm: str = "zstd") -> bytes:
    """Return the MessagePack envelope of a compressed payload."""
    return packb({"compression": {"algorithm": algorithm, "level": 3}, "payload": payload})
