"""The client, its configuration, results and errors; imported when they are first used.

The rooms, from top to bottom; each imports only those below it.

- `client`: `MistralCore`, the configuration of a client.
- `pipeline`: how a call runs.
- `request`, `response`, `auth`: from arguments to a request, from a response to a result.
- `structuring`: JSON values to attrs classes and back.
- `transports`: how requests reach a server.
- `instrumentation`: what is reported about calls.
- `operations`: what an operation is, as data.
- `errors`, `options`, `result`, `schema`: what users hold in their hands.
- `http`: messages, headers and secrets as plain values.
- `runtime`: lazy imports, deadlines, callbacks.
"""

from mistral_core.runtime.lazy import lazy_exports

_MODULES = {
    "response.byte_stream": "ByteStream",
    "http.metadata": "Call RateLimit",
    "client": "MistralCore",
    "errors": """
        APIConnectionError Failure HTTPValidationError InvalidRequestError MistralError
        RequestTimeoutError ResponseValidationError SDKError ValidationError
    """,
    "response.event_stream": "EventStream",
    "request.files": "File FileContent",
    "instrumentation.notifications": "Progress",
    "hooks": "Attempt Hooks",
    "operations.declaration": "Operation operation_of",
    "operations.decorator": "operation streamed",
    "options": "RequestOptions RetryConfig Timeout",
    "result": "Err Ok Result",
    "operations.kinds": "Binary Events JSON JSONLines NoContent",
    "schema": "Schema UNSET UnixTime Unknown Unset",
    "version": "__version__",
    "http.messages": "Headers Request RequestBody Response ResponseStream Transport",
}
"""The modules that export names, with their names."""

__getattr__, __dir__, __all__ = lazy_exports(
    __name__, {name: module for module, names in _MODULES.items() for name in names.split()}
)
