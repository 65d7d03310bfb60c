"""The client, its configuration, results and errors. Each name is imported on first use.

The parts of the package, from top to bottom. Each imports only those below it.

- `client`: `MistralCore`, the configuration and lifecycle of a client.
- `cassettes`: HTTP traffic recorded to files and replayed from them.
- `pipeline`: the request pipeline: build, send, retry, read.
- `serialization`: schema objects to and from JSON, and as pydantic types.
- `request`, `response`, `auth`: building requests, reading responses, API keys.
- `structuring`: conversion between JSON values and attrs classes.
- `transports`: the HTTP transport on aiohttp.
- `limits`: limits on requests, tokens and concurrency, shared by all calls of a client.
- `instrumentation`: logging, and the calls to hooks.
- `operations`: operations as data, and the decorator that declares them.
- `errors`, `options`, `result`, `schema`: the public types.
- `http`: messages, headers and secrets as plain values.
- `runtime`: lazy imports, deadlines, threads for blocking calls.
- `display`: the `repr` and HTML of schema objects.
"""

from mistral_core.runtime.lazy import lazy_exports

_MODULES = {
    "response.byte_stream": "ByteStream",
    "http.headers": "Headers RateLimit",
    "http.metadata": "Call",
    "client": "MistralCore",
    "cassettes.cassette": "Cassette",
    "errors": """
        APIConnectionError Failure HTTPValidationError InvalidDataError InvalidRequestError
        MistralError
        RequestTimeoutError ResponseValidationError SDKError ValidationError
    """,
    "response.event_stream": "EventStream",
    "request.uploads": "File FileContent",
    "instrumentation.notifications": "Progress",
    "hooks": "Attempt Hooks Observer StartedCall",
    "operations.declaration": "Operation operation_of",
    "operations.decorator": "operation streamed",
    "limits.account": "Account LocalAccount Place Settlement",
    "limits.limit": "Limit Window",
    "limits.limits": "Limits TokenCounter",
    "limits.redis_account": "RedisAccount",
    "options": "RequestOptions RetryConfig Timeout",
    "result": "Err Ok Result",
    "operations.kinds": "Binary Events JSON JSONLines NoContent",
    "serialization.wire_json": "from_dict from_json to_dict to_json",
    "schema": "Schema UNSET UnixTime Unknown Unset",
    "version": "__version__",
    "http.messages": "Request RequestBody Response ResponseStream Transport",
    "transports.aiohttp": "AiohttpTransport",
}
"""The exported names, by module."""

__getattr__, __dir__, __all__ = lazy_exports(
    __name__, {name: module for module, names in _MODULES.items() for name in names.split()}
)
