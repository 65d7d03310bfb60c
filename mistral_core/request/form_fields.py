"""Building of forms from the arguments of a call."""

from collections.abc import Mapping
from typing import Any

from mistral_core.errors import InvalidRequestError, RequestTimeoutError
from mistral_core.operations.declaration import Operation
from mistral_core.request.multipart import Multipart
from mistral_core.request.uploads import as_file
from mistral_core.runtime.deadline import Deadline


async def build_form(
    operation: Operation[Any], fields: Mapping[str, object], deadline: float | None
) -> Multipart:
    """Encode a form, and open its files.

    Raises:
        InvalidRequestError: A field cannot be sent, a file cannot be read, or no asyncio task is
                running.
        RequestTimeoutError: A file could not be opened in time.
    """
    try:
        with Deadline(deadline):
            return await Multipart.of(_with_files(operation, fields), audio=operation.audio)
    except InvalidRequestError:
        raise
    except TimeoutError:
        message = "A file could not be opened before the deadline of the call"
        raise RequestTimeoutError(message, "deadline") from None
    except Exception as error:
        raise InvalidRequestError(f"The form cannot be sent: {error!r}") from error


def _with_files(operation: Operation[Any], fields: Mapping[str, Any]) -> Mapping[str, object]:
    """Return the fields, with the content of each upload as a `File`."""
    uploads = {
        operation.keys.get(name, name)
        for name, place in operation.fields.items()
        if place == "file"
    }
    required = {operation.keys.get(name, name) for name in operation.required}
    return {
        name: as_file(value)
        if name in uploads and (value is not None or name in required)
        else value
        for name, value in fields.items()
    }
