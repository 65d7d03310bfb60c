"""The operations that a cloud offers."""

from collections.abc import Mapping
from typing import Any

from mistral_core import InvalidRequestError, Operation


def offered(paths: Mapping[str, str], operation: Operation[Any], cloud: str, all_: str) -> str:
    """Return the path of an operation in a cloud.

    Args:
        paths: The paths in the cloud, by those in the API.
        operation: The operation.
        cloud: The name of the cloud.
        all_: What the cloud offers, for the error message.

    Raises:
        InvalidRequestError: The cloud does not offer the operation.
    """
    path = paths.get(operation.path) if operation.method == "POST" else None
    if path is None:
        name = operation.name or f"{operation.method} {operation.path}"
        raise InvalidRequestError(f"{cloud} does not offer `{name}`: it offers only {all_}")
    return path
