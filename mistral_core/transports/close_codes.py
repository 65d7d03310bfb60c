"""Close frames of WebSockets as errors."""

from mistral_core.errors import APIConnectionError
from mistral_core.http.text import in_one_line, without_userinfo

MAX_REASON_LENGTH = 123
"""Maximum length of a reason, in bytes (RFC 6455, section 5.5)."""

TEMPORARY_CODES = frozenset({0, 1000, 1001, 1005, 1006, 1011, 1012, 1013, 1014})
"""Close codes after which the same session may succeed; 0 is a frame without a code."""


def close_error(server: str, code: int, reason: str) -> APIConnectionError:
    """Return the error for a close frame of the server.

    Args:
        server: Host and port.
        code: The close code. 0 if the frame contains none.
        reason: The reason in the frame. May be empty.
    """
    message = f"{server} closed the connection"
    if code:
        message += f" with code {code}"
    if reason := in_one_line(without_userinfo(reason), MAX_REASON_LENGTH):
        message += f": {reason}"
    return APIConnectionError(message, temporary=code in TEMPORARY_CODES)
