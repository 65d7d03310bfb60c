"""Encryption of payloads with AES-GCM: complete, or only marked strings."""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Literal, TypeAlias, cast, final

from mistral_funcs.toolkit.payloads.payload_errors import PayloadError, missing_package
from mistral_funcs.toolkit.payloads.payload_json import from_json, to_json

__all__ = ["PayloadEncryption", "encrypted_string"]

MARKER: Final = "__encrypted_str__"
NONCE_SIZE: Final = 12
HASH_LABEL: Final = b"schedule-input-hash"

EncryptionMode: TypeAlias = Literal["full", "partial"]


def encrypted_string(data: str) -> dict[str, str]:
    """Mark a string in the input of a workflow for partial encryption.

    Args:
        data: The string.
    """
    return {"field_type": MARKER, "data": data}


@final
class PayloadEncryption:
    """Encryption with AES-GCM. Pickling is not possible, so that keys stay in the process.

    Attributes:
        mode: `"full"`, or `"partial"` for marked strings only.
    """

    def __init__(
        self, main_key: str, *, secondary_key: str | None = None, mode: EncryptionMode = "full"
    ) -> None:
        """Check the keys.

        Args:
            main_key: Key of 16, 24 or 32 bytes in hexadecimal, to encrypt and decrypt.
            secondary_key: Key to decrypt payloads with that the main key does not fit, such as the
                previous key.
            mode: `"partial"` encrypts only strings that `encrypted_string` marks. Defaults to
                `"full"`.

        Raises:
            ImportError: The extra `payloads` is not installed.
            ValueError: A key or the mode is not valid.
        """
        if mode not in ("full", "partial"):
            raise ValueError(f"`mode` must be 'full' or 'partial': {mode!r}")
        try:
            from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - of the extra
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415
        except ImportError:
            raise missing_package("cryptography") from None
        self.mode: Final = mode
        key = _key(main_key, "main_key")
        self._mismatch: Final = InvalidTag
        self._ciphers: Final = [AESGCM(key)]
        if secondary_key is not None:
            self._ciphers.append(AESGCM(_key(secondary_key, "secondary_key")))
        self._hash_key: Final = hmac.digest(key, HASH_LABEL, hashlib.sha256)

    def encrypt(self, data: bytes) -> bytes:
        """Encrypt data with the main key. The nonce comes before the ciphertext."""
        nonce = os.urandom(NONCE_SIZE)
        return nonce + self._ciphers[0].encrypt(nonce, data, None)

    def decrypt(self, data: bytes) -> bytes:
        """Decrypt data with the main key, or else with the secondary key.

        Raises:
            PayloadError: No key fits, or the data was changed.
        """
        if len(data) >= NONCE_SIZE:
            for cipher in self._ciphers:
                try:
                    return cipher.decrypt(data[:NONCE_SIZE], data[NONCE_SIZE:], None)
                except self._mismatch:
                    continue
        raise PayloadError("no key decrypts it")

    def encrypt_marked(self, data: bytes) -> tuple[bytes, bool]:
        """Encrypt the marked strings of a JSON document, and return whether there are any."""
        return _replace(data, lambda text: base64.b64encode(self.encrypt(text.encode())).decode())

    def decrypt_marked(self, data: bytes) -> bytes:
        """Decrypt the marked strings of a JSON document."""
        return _replace(data, lambda text: self.decrypt(from_base64(text)).decode())[0]

    def hash(self, data: bytes) -> str:
        """Return a keyed hash of data, in hexadecimal."""
        return hmac.new(self._hash_key, data, hashlib.sha256).hexdigest()

    def __repr__(self) -> str:
        """Show the mode, but no key."""
        return f"PayloadEncryption(mode={self.mode!r})"

    def __reduce__(self) -> str:
        """Refuse pickling.

        Raises:
            TypeError: Always.
        """
        raise TypeError("`PayloadEncryption` cannot be pickled, because it has keys")


def from_base64(text: object) -> bytes:
    """Decode base64.

    Raises:
        PayloadError: It is not base64.
    """
    try:
        return base64.b64decode(text if isinstance(text, str) else "?", validate=True)
    except ValueError:
        raise PayloadError("it is not base64") from None


def _key(text: str, name: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) not in (16, 24, 32):
        raise ValueError(f"`{name}` must be 16, 24 or 32 bytes in hexadecimal") from None
    return key


def _replace(data: bytes, change: Callable[[str], str]) -> tuple[bytes, bool]:
    document = from_json(data)
    changed = False
    for marked in _marked(document):
        if not isinstance(marked.get("data"), str):
            raise PayloadError("`data` of an encrypted string is not a string")
        marked["data"] = change(marked["data"])
        changed = True
    return to_json(document), changed


def _marked(value: Any) -> Iterator[dict[str, Any]]:
    items: Iterable[Any] = ()
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        if fields.get("field_type") == MARKER:
            yield fields
        else:
            items = fields.values()
    elif isinstance(value, list):
        items = cast("list[object]", value)
    for item in items:
        yield from _marked(item)
