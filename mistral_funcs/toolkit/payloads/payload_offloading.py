"""Offloading of payloads to a storage of your own."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias, cast, final
from urllib.parse import quote

import attrs

from mistral_funcs.toolkit.payloads.object_storage import ObjectStorage
from mistral_funcs.toolkit.payloads.payload_errors import PayloadError, storage_failure
from mistral_funcs.toolkit.payloads.payload_json import from_json, to_json
from mistral_funcs.toolkit.payloads.payload_threads import in_thread_if_large

__all__ = ["PayloadOffloading"]

DIGEST: Final = "/sha256:"

AskNamespace: TypeAlias = Callable[[], Awaitable[str]]
"""Returns the namespace of the client's workflows."""


@final
@attrs.frozen(kw_only=True)
class PayloadOffloading:
    """Offloading of payloads to a storage of your own.

    Attributes:
        storage: The storage.
        namespace: The namespace of your workflows, which is part of the keys. By default a client
            asks the API for it when it offloads a payload for the first time.
        min_size: Size in bytes from which payloads are offloaded. Defaults to 1 MiB.
    """

    storage: ObjectStorage = attrs.field(repr=False)
    namespace: str | None = None
    min_size: int = attrs.field(default=2**20, validator=attrs.validators.ge(0))


async def offload(
    data: bytes, offloading: PayloadOffloading, execution_id: str, ask: AskNamespace | None
) -> bytes:
    """Store data, and return the reference to it.

    Args:
        data: The data.
        offloading: The storage.
        execution_id: ID of the execution that the data is for.
        ask: Returns the namespace, if `offloading` has none.

    Raises:
        APIConnectionError: The storage failed.
        PayloadError: The namespace is unknown.
    """
    namespace = offloading.namespace or (await ask() if ask else None)
    if namespace is None:
        raise PayloadError("`PayloadOffloading` has no `namespace`")
    digest = (await in_thread_if_large(hashlib.sha256, data)).hexdigest()
    folder = f"temporal-payload/{quote(namespace, safe='')}/{quote(execution_id, safe='')}"
    key = f"{folder}{DIGEST}{digest}"
    try:
        await offloading.storage.put(key, data)
    except Exception as error:  # noqa: BLE001 - of any storage
        raise storage_failure(error, sent=False) from None
    return to_json({"key": key})


async def fetch_offloaded(
    data: bytes, offloading: PayloadOffloading | None, max_bytes: int
) -> bytes:
    """Return the object that a reference points to.

    Args:
        data: The reference.
        offloading: The storage, if there is one.
        max_bytes: Size limit of the object.

    Raises:
        APIConnectionError: The storage failed.
        PayloadError: The object does not exist, is too large, or was changed.
    """
    if offloading is None:
        raise PayloadError("it is offloaded, and there is no storage")
    reference: Any = from_json(data)
    key: object = None
    if isinstance(reference, dict):
        key = cast("dict[str, object]", reference).get("key")
    if not isinstance(key, str):
        raise PayloadError("it refers to no object of the storage")
    try:
        content = await offloading.storage.get(key)
    except FileNotFoundError:
        raise PayloadError("its object is not in the storage") from None
    except Exception as error:  # noqa: BLE001 - of any storage
        raise storage_failure(error, sent=True) from None
    if len(content) > max_bytes:
        raise PayloadError(f"its object in the storage has more than {max_bytes} bytes")
    _, separator, digest = key.rpartition(DIGEST)
    if separator and (await in_thread_if_large(hashlib.sha256, content)).hexdigest() != digest:
        raise PayloadError("its object in the storage was changed")
    return content
