"""Storage of offloaded payloads: S3, Google Cloud Storage, Azure, or a folder."""

from typing import TYPE_CHECKING, Any, Final, Protocol, final

from mistral_funcs.toolkit.payloads.payload_errors import harmless_url, missing_package

if TYPE_CHECKING:
    from obstore.store import ObjectStore

__all__ = ["ObjectStorage", "ObstoreStorage"]


class ObjectStorage(Protocol):
    """A place for offloaded payloads. Keys depend on the content: objects never change."""

    async def put(self, key: str, content: bytes) -> None:
        """Store an object, unless there is one with this key already.

        Args:
            key: The key of the object.
            content: Its content.
        """
        ...

    async def get(self, key: str) -> bytes:
        """Return the content of an object.

        Args:
            key: The key of the object.
        """
        ...


@final
class ObstoreStorage:
    """Storage with `obstore`: S3, Google Cloud Storage, Azure, or a folder."""

    def __init__(self, store: "ObjectStore | str", *, prefix: str = "") -> None:
        """Choose a store.

        Args:
            store: A store of `obstore.store`, or its URL: `s3://bucket`, `gs://bucket`,
                `az://container`, or `file:///folder`. Credentials of a URL come from the
                environment.
            prefix: Beginning of all keys, before a slash.

        Raises:
            ImportError: The extra `payloads` is not installed.
            ValueError: The URL is not valid.
        """
        try:
            import obstore.exceptions  # noqa: PLC0415 - of the extra
            import obstore.store  # noqa: PLC0415
        except ImportError:
            raise missing_package("obstore") from None
        if isinstance(store, str):
            options: dict[str, Any] = {"mkdir": True} if store.startswith("file:") else {}
            try:
                self._store = obstore.store.from_url(store, **options)
            except (ValueError, obstore.exceptions.BaseError):
                message = "`store` must be the URL of a bucket, a container or a folder"
                raise ValueError(f"{message}: {harmless_url(store)}") from None
        else:
            self._store = store
        self._obstore: Final = obstore
        self._prefix: Final = prefix and prefix.rstrip("/") + "/"

    async def put(self, key: str, content: bytes) -> None:
        """Store an object, unless there is one with this key already.

        Args:
            key: The key of the object.
            content: Its content.
        """
        path = self._path(key)
        try:
            await self._obstore.head_async(self._store, path)
        except (FileNotFoundError, self._obstore.exceptions.PermissionDeniedError):
            # S3 hides whether there is an object from those who must not list the bucket.
            await self._obstore.put_async(self._store, path, content)

    async def get(self, key: str) -> bytes:
        """Return the content of an object.

        Args:
            key: The key of the object.

        Raises:
            FileNotFoundError: No object has this key.
        """
        result = await self._obstore.get_async(self._store, self._path(key))
        return bytes(await result.bytes_async())

    def _path(self, key: str) -> str:
        return key if key.startswith(self._prefix) else self._prefix + key
