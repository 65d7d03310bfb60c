"""How a call travels: the client, its configuration, results and errors; loaded when asked for.

A row of the menu is a module with what is to be had from it.
"""

from typing import TYPE_CHECKING

from mistral_core.runtime.lazy import lazy_exports

MENU = {
    "response.byte_stream": "ByteStream",
    "http.metadata": "Call RateLimit",
    "client": "MistralCore",
    "errors": """
        APIConnectionError Failure HTTPValidationError InvalidRequestError MistralError
        RequestTimeoutError ResponseValidationError SDKError ValidationError
    """,
    "response.event_stream": "EventStream",
    "request.files": "File FileContent Progress",
    "hooks": "Attempt Hooks",
    "operations.declaration": "Operation",
    "options": "RequestOptions RetryConfig Timeout",
    "result": "Err Ok Result",
    "operations.kinds": "Binary Events JSON",
    "schema": "Schema UnixTime Unknown",
    "unset": "UNSET Unset",
    "version": "__version__",
    "http.messages": "Headers Request RequestBody Response ResponseStream Transport",
}

if TYPE_CHECKING:
    from mistral_core.client import MistralCore as MistralCore
    from mistral_core.errors import (
        APIConnectionError as APIConnectionError,
        Failure as Failure,
        HTTPValidationError as HTTPValidationError,
        InvalidRequestError as InvalidRequestError,
        MistralError as MistralError,
        RequestTimeoutError as RequestTimeoutError,
        ResponseValidationError as ResponseValidationError,
        SDKError as SDKError,
        ValidationError as ValidationError,
    )
    from mistral_core.hooks import Attempt as Attempt, Hooks as Hooks
    from mistral_core.http.messages import (
        Headers as Headers,
        Request as Request,
        RequestBody as RequestBody,
        Response as Response,
        ResponseStream as ResponseStream,
        Transport as Transport,
    )
    from mistral_core.http.metadata import Call as Call, RateLimit as RateLimit
    from mistral_core.operations.declaration import Operation as Operation
    from mistral_core.operations.kinds import JSON as JSON, Binary as Binary, Events as Events
    from mistral_core.options import (
        RequestOptions as RequestOptions,
        RetryConfig as RetryConfig,
        Timeout as Timeout,
    )
    from mistral_core.request.files import (
        File as File,
        FileContent as FileContent,
        Progress as Progress,
    )
    from mistral_core.response.byte_stream import ByteStream as ByteStream
    from mistral_core.response.event_stream import EventStream as EventStream
    from mistral_core.result import Err as Err, Ok as Ok, Result as Result
    from mistral_core.schema import (
        Schema as Schema,
        UnixTime as UnixTime,
        Unknown as Unknown,
    )
    from mistral_core.unset import UNSET as UNSET, Unset as Unset
    from mistral_core.version import __version__ as __version__
else:
    __getattr__, __dir__, __all__ = lazy_exports(__name__, MENU)
