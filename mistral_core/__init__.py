"""How a call travels: the client, its configuration, results and errors; loaded when asked for.

A row of the menu is a module with what is to be had from it.
"""

from typing import TYPE_CHECKING

from mistral_core.lazy import lazy_exports

MENU = {
    "byte_stream": "ByteStream",
    "call": "Call RateLimit",
    "core": "MistralCore",
    "errors": """
        APIConnectionError Failure HTTPValidationError InvalidRequestError MistralError
        RequestTimeoutError ResponseValidationError SDKError ValidationError
    """,
    "event_stream": "EventStream",
    "file": "File FileContent Progress",
    "hooks": "Attempt Hooks",
    "operation": "Operation",
    "options": "RequestOptions RetryConfig Timeout",
    "result": "Err Ok Result",
    "returns": "Binary Events JSON",
    "schema": "Schema UnixTime Unknown",
    "unset": "UNSET Unset",
    "version": "__version__",
    "wire": "Headers Request RequestBody Response ResponseStream Transport",
}

if TYPE_CHECKING:
    from mistral_core.byte_stream import ByteStream as ByteStream
    from mistral_core.call import Call as Call, RateLimit as RateLimit
    from mistral_core.core import MistralCore as MistralCore
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
    from mistral_core.event_stream import EventStream as EventStream
    from mistral_core.file import File as File, FileContent as FileContent, Progress as Progress
    from mistral_core.hooks import Attempt as Attempt, Hooks as Hooks
    from mistral_core.operation import Operation as Operation
    from mistral_core.options import (
        RequestOptions as RequestOptions,
        RetryConfig as RetryConfig,
        Timeout as Timeout,
    )
    from mistral_core.result import Err as Err, Ok as Ok, Result as Result
    from mistral_core.returns import JSON as JSON, Binary as Binary, Events as Events
    from mistral_core.schema import (
        Schema as Schema,
        UnixTime as UnixTime,
        Unknown as Unknown,
    )
    from mistral_core.unset import UNSET as UNSET, Unset as Unset
    from mistral_core.version import __version__ as __version__
    from mistral_core.wire import (
        Headers as Headers,
        Request as Request,
        RequestBody as RequestBody,
        Response as Response,
        ResponseStream as ResponseStream,
        Transport as Transport,
    )
else:
    __getattr__, __dir__, __all__ = lazy_exports(__name__, MENU)
