"""Codecs, and encoded values as they are on the wire."""

import base64
import json
from typing import Any

from mistral_core import Request
from mistral_funcs import PayloadCodec, PayloadEncryption, PayloadOffloading
from mistral_funcs.toolkit.payloads.object_storage import ObjectStorage
from tests.toolkit.payloads.vectors import KEY

FULL = PayloadCodec(encryption=PayloadEncryption(KEY))
PARTIAL = PayloadCodec(encryption=PayloadEncryption(KEY, mode="partial"))
NONE = PayloadCodec()


def offloading_to(storage: ObjectStorage, namespace: str | None = "team") -> PayloadCodec:
    """Return a codec that offloads everything."""
    return PayloadCodec(
        offloading=PayloadOffloading(storage=storage, namespace=namespace, min_size=0)
    )


async def encoded(value: object, codec: PayloadCodec = FULL) -> dict[str, Any]:
    """Return a value as it is on the wire."""
    payload = (await codec.encode(json.dumps(value).encode())).unwrap()
    text = base64.b64encode(payload.data).decode()
    return {"b64payload": text, "encoding_options": [*payload.options], "empty": False}


async def plain(sent: dict[str, Any], codec: PayloadCodec = FULL) -> Any:
    """Return the value that was encoded."""
    data = base64.b64decode(sent["b64payload"])
    return json.loads((await codec.decode(data, sent["encoding_options"])).unwrap())


def body_of(request: Request | None) -> Any:
    """Return the JSON body of a request."""
    assert request is not None
    assert isinstance(request.body, bytes)
    return json.loads(request.body)
