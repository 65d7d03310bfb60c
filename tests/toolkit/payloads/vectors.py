"""Test vectors from Mistral's own client, with a fixed nonce."""

import base64
import json
from pathlib import Path
from typing import Any

from mistral_funcs import PayloadCodec, PayloadCompression, PayloadEncryption, PayloadOffloading

VECTORS: dict[str, Any] = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))
NONCE = bytes.fromhex(VECTORS["nonce"])
OLD_KEY: str = VECTORS["secondary_key"]
KEY = bytes(range(32)).hex()


def fixed_nonce(_: int) -> bytes:
    """Return the nonce of the vectors."""
    return NONCE


class Memory:
    """A storage in memory."""

    def __init__(self) -> None:
        """Start empty."""
        self.objects: dict[str, bytes] = {}

    async def put(self, key: str, content: bytes) -> None:
        """Store an object."""
        self.objects[key] = content

    async def get(self, key: str) -> bytes:
        """Return an object."""
        if key not in self.objects:
            raise FileNotFoundError(key)
        return self.objects[key]


def codec_of(vector: dict[str, Any], storage: Memory) -> PayloadCodec:
    """Return the codec of a vector."""
    compression, offloading = vector.get("compression"), vector.get("offloading")
    return PayloadCodec(
        encryption=PayloadEncryption(vector["key"], mode=vector["mode"])
        if vector.get("mode")
        else None,
        compression=PayloadCompression(**compression) if compression else None,
        offloading=PayloadOffloading(
            storage=storage,
            namespace=offloading["namespace"],
            min_size=offloading["min_size"],
        )
        if offloading
        else None,
    )


def encoded_of(vector: dict[str, Any]) -> bytes:
    """Return the encoded bytes of a vector."""
    return base64.b64decode(vector["encoded"])


def objects_of(vector: dict[str, Any]) -> dict[str, bytes]:
    """Return the stored objects of a vector."""
    return {key: base64.b64decode(text) for key, text in vector["objects"].items()}
