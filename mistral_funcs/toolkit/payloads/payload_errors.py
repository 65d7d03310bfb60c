"""The errors of payloads that cannot be encoded or decoded, without payloads, keys or secrets."""

import re
from typing import Final

from mistral_core import APIConnectionError
from mistral_core.http.text import in_one_line, without_userinfo

QUERY: Final = re.compile(r"\?[^\s\"'<>)\]]*")


class PayloadError(ValueError):
    """A payload cannot be encoded or decoded. The message never contains the payload."""


def missing_package(package: str) -> ImportError:
    """Return the error for a package of the extra that is not installed."""
    return ImportError(
        f"Payload encoding requires the package `{package}`. Install the extra `payloads`: "
        "in a checkout of the project, pip install '.[payloads]'"
    )


def storage_failure(error: Exception, *, sent: bool) -> APIConnectionError:
    """Return the failure for an exception of a storage. Signatures in URLs are removed.

    Args:
        error: The exception.
        sent: Whether the request to the API was sent.
    """
    return APIConnectionError(f"The storage failed: {harmless_url(repr(error))}", sent=sent)


def harmless_url(text: str) -> str:
    """Return text in one line, without passwords and queries of its URLs: they have signatures."""
    return in_one_line(QUERY.sub("?...", without_userinfo(text)))
