"""JSON in threads.

The interpreter lock is released again and again, so that the event loop is not blocked meanwhile.
"""

from json import JSONEncoder
from typing import Any, Final

from mistral_core.response.json_text import decode_in_thread
from mistral_funcs.toolkit.payloads.payload_errors import PayloadError

_encoder: Final = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_sorting_encoder: Final = JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
)


def from_json(data: bytes) -> Any:
    """Parse JSON.

    Raises:
        PayloadError: It is not valid JSON.
    """
    try:
        return decode_in_thread(data)
    except (ValueError, RecursionError):
        raise PayloadError("it is not valid JSON") from None


def to_json(value: object, *, sort_keys: bool = False) -> bytes:
    """Return a value as compact JSON in UTF-8.

    Args:
        value: The value.
        sort_keys: Whether the keys of objects are sorted.

    Raises:
        PayloadError: The value is nested too deeply, or has a number that is too large.
    """
    encoder = _sorting_encoder if sort_keys else _encoder
    try:
        # `encode` is faster, and keeps the lock.
        text = "".join(encoder.iterencode(value))
    except RecursionError:
        raise PayloadError("it is nested too deeply") from None
    except ValueError:  # Such as 1e999, which is read as infinity.
        raise PayloadError("it has a number that is too large") from None
    return text.encode("utf-8", "backslashreplace")
