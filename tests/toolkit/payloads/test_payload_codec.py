"""Payloads are encoded like by Mistral's own client. Invalid ones are an `Err`."""

import json
import os
import pickle
import sys
import threading
from typing import Any

import pytest
from zstandard import ZstdCompressor

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    InvalidRequestError,
    Ok,
    ResponseValidationError,
    Result,
)
from mistral_funcs import (
    EncodedPayload,
    ObstoreStorage,
    PayloadCodec,
    PayloadCompression,
    PayloadEncryption,
    encrypted_string,
)
from mistral_funcs.toolkit.payloads.payload_compression import decompress
from mistral_funcs.toolkit.payloads.payload_encryption import from_base64
from mistral_funcs.toolkit.payloads.payload_errors import PayloadError
from tests.toolkit.payloads.encoded_values import FULL, NONE, PARTIAL, offloading_to
from tests.toolkit.payloads.vectors import (
    KEY,
    OLD_KEY,
    VECTORS,
    Memory,
    codec_of,
    encoded_of,
    fixed_nonce,
    objects_of,
)
from tests.toolkit.payloads.zstd_envelopes import envelope

VECTOR = pytest.mark.parametrize("vector", VECTORS["payloads"], ids=lambda each: each["name"])


def failure_of(outcome: Result[object, Failure]) -> Failure:
    """Return the error of an outcome."""
    assert isinstance(outcome, Err)
    return outcome.error


@VECTOR
async def test_encoding_agrees_byte_for_byte(
    vector: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Compared are the bytes, the options, and the stored objects."""
    monkeypatch.setattr(os, "urandom", fixed_nonce)
    storage = Memory()
    codec = codec_of(vector, storage)
    execution_id = vector.get("offloading", {}).get("execution_id")
    encoded = await codec.encode(vector["data"].encode(), execution_id=execution_id)
    assert encoded == Ok(EncodedPayload(encoded_of(vector), tuple(vector["options"])))
    assert storage.objects == objects_of(vector)


@VECTOR
async def test_decoding_agrees(vector: dict[str, Any]) -> None:
    """In the other direction."""
    storage = Memory()
    storage.objects = objects_of(vector)
    codec = codec_of(vector, storage)
    decoded = (await codec.decode(encoded_of(vector), vector["options"])).unwrap()
    expected = json.loads(vector["data"])
    assert json.loads(decoded) == expected


async def test_previous_key_still_decrypts() -> None:
    """After a rotation the new key encrypts, and both decrypt."""
    old = (await PayloadCodec(encryption=PayloadEncryption(OLD_KEY)).encode(b"1")).unwrap()
    rotated = PayloadCodec(encryption=PayloadEncryption(KEY, secondary_key=OLD_KEY))
    new = (await rotated.encode(b"1")).unwrap()
    assert await rotated.decode(old.data, old.options) == Ok(b"1")
    assert await FULL.decode(new.data, new.options) == Ok(b"1")
    assert isinstance(await FULL.decode(old.data, old.options), Err)


async def test_large_payloads_are_encoded_in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The event loop is free meanwhile. Small payloads are encoded directly."""
    threads: list[threading.Thread] = []
    encrypt = PayloadEncryption.encrypt

    def recorded(self: PayloadEncryption, data: bytes) -> bytes:
        threads.append(threading.current_thread())
        return encrypt(self, data)

    monkeypatch.setattr(PayloadEncryption, "encrypt", recorded)
    await FULL.encode(b"0" * 2**16)
    await FULL.encode(b"0" * (2**16 + 1))
    assert [each is threading.main_thread() for each in threads] == [True, False]


@pytest.mark.parametrize(
    ("codec", "data", "options", "message"),
    [
        (FULL, b"0" * 40, ["encrypted"], "no key decrypts it"),
        (FULL, b"short", ["encrypted"], "no key decrypts it"),
        (NONE, b"", ["encrypted"], "it is encrypted, and there is no key"),
        (NONE, b"", ["encrypted-partial"], "it is encrypted, and there is no key"),
        (NONE, b"", ["rot13"], "its encoding 'rot13' is unknown"),
        (NONE, b"", [None], "its encoding None is unknown"),
        (PARTIAL, b"\xff", ["encrypted-partial"], "it is not valid JSON"),
        (PARTIAL, b"[" * 200_000, ["encrypted-partial"], "it is not valid JSON"),
        (
            PARTIAL,
            json.dumps(encrypted_string("?")).encode(),
            ["encrypted-partial"],
            "it is not base64",
        ),
        (
            PARTIAL,
            b'{"field_type":"__encrypted_str__"}',
            ["encrypted-partial"],
            "`data` of an encrypted string is not a string",
        ),
        (NONE, b"\xc1", ["compressed"], "its compression is invalid"),
        (NONE, b"1", ["compressed"], "its compression is invalid"),
        (NONE, envelope(1), ["compressed"], "its compression is invalid"),
        (NONE, envelope(b"no frame"), ["compressed"], "its compression is invalid"),
        (
            NONE,
            envelope(ZstdCompressor().compress(b"cut off" * 9)[:-3]),
            ["compressed"],
            "its compression is invalid",
        ),
        (
            NONE,
            envelope(ZstdCompressor().compress(b"1"), "lz4"),
            ["compressed"],
            "its compression 'lz4' is not supported",
        ),
        (NONE, b"{}", ["offloaded"], "it is offloaded, and there is no storage"),
        (offloading_to(Memory()), b"[]", ["offloaded"], "it refers to no object of the storage"),
        (offloading_to(Memory()), b"{}", ["offloaded"], "it refers to no object of the storage"),
        (offloading_to(Memory()), b"{", ["offloaded"], "it is not valid JSON"),
        (
            offloading_to(Memory()),
            b'{"key":"k"}',
            ["offloaded"],
            "its object is not in the storage",
        ),
    ],
)
async def test_invalid_payload_is_an_error(
    codec: PayloadCodec, data: bytes, options: list[str], message: str
) -> None:
    """With the reason."""
    outcome = await codec.decode(data, options)
    failure = failure_of(outcome)
    assert isinstance(failure, ResponseValidationError)
    assert failure.message == f"A payload cannot be decoded: {message}"


async def test_changed_object_is_an_error() -> None:
    """The key of an object contains the hash of its content."""
    storage = Memory()
    codec = offloading_to(storage)
    encoded = (await codec.encode(b'"original"', execution_id="run")).unwrap()
    (key,) = storage.objects
    storage.objects[key] = b'"forged"'
    outcome = await codec.decode(encoded.data, encoded.options)
    assert "its object in the storage was changed" in str(failure_of(outcome))


async def test_object_without_a_hash_in_its_key_is_read() -> None:
    """Only a hash can be checked."""
    storage = Memory()
    storage.objects["mine"] = b"1"
    assert await offloading_to(storage).decode(b'{"key":"mine"}', ["offloaded"]) == Ok(b"1")


async def test_nothing_is_offloaded_without_an_execution() -> None:
    """Schedules and events have none."""
    assert await offloading_to(Memory()).encode(b"1") == Ok(EncodedPayload(b"1"))


@pytest.mark.parametrize("data", [b"{", b"[" * 200_000, b'{"field_type":"__encrypted_str__"}'])
async def test_encoding_failure_is_an_error(data: bytes) -> None:
    """Nothing is sent unencrypted."""
    assert isinstance(failure_of(await PARTIAL.encode(data)), InvalidRequestError)


async def test_failure_of_the_storage_is_an_error() -> None:
    """The request was not sent, so that the call can be repeated."""

    class Broken(Memory):
        async def put(self, key: str, content: bytes) -> None:
            raise OSError(f"no room for {len(content)} bytes at {key[:16]}")

    outcome = await offloading_to(Broken()).encode(b"1", execution_id="run")
    failure = failure_of(outcome)
    assert isinstance(failure, APIConnectionError)
    assert (
        failure.message == "The storage failed: OSError('no room for 1 bytes at temporal-payload')"
    )
    assert (failure.sent, failure.retryable) == (False, True)


def test_decompressed_size_is_limited() -> None:
    """A small payload cannot fill the memory."""
    bomb = envelope(ZstdCompressor().compress(bytes(1000)))
    assert decompress(bomb, 1000) == bytes(1000)
    with pytest.raises(PayloadError, match="more than 999 bytes"):
        decompress(bomb, 999)


@pytest.mark.parametrize("value", ["ä", "=", None, 1])
def test_invalid_base64_is_refused(value: object) -> None:
    """Other characters are not skipped."""
    with pytest.raises(PayloadError, match="it is not base64"):
        from_base64(value)


@pytest.mark.parametrize("key", ["", "00", "zz" * 16, "00" * 20])
def test_key_is_validated(key: str) -> None:
    """The error does not show it."""
    with pytest.raises(ValueError, match=r"^`main_key` must be 16, 24 or 32 bytes in hexadecimal$"):
        PayloadEncryption(key)
    with pytest.raises(ValueError, match=r"^`secondary_key` must be"):
        PayloadEncryption(KEY, secondary_key=key)


def test_key_is_never_shown() -> None:
    """It cannot be pickled either."""
    assert repr(FULL.encryption) == "PayloadEncryption(mode='full')"
    assert KEY not in repr(FULL)
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(FULL)


def test_settings_are_validated() -> None:
    """Modes, levels and sizes."""
    mode: Any = "half"
    with pytest.raises(ValueError, match="`mode` must be 'full' or 'partial': 'half'"):
        PayloadEncryption(KEY, mode=mode)
    for level in (0, 23):
        with pytest.raises(ValueError, match="level"):
            PayloadCompression(level=level)


@pytest.mark.parametrize(
    ("module", "make"),
    [
        ("cryptography.exceptions", lambda: PayloadEncryption(KEY)),
        ("ormsgpack", PayloadCompression),
        ("zstandard", PayloadCompression),
        ("obstore", lambda: ObstoreStorage("memory:///")),
    ],
)
def test_missing_package_is_named(module: str, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the extra that installs it."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError, match=r"the extra `payloads`: .* pip install"):
        make()
