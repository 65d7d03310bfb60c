# Written by `python -m tests.index --write`.

from mistral_core.cassettes.cassette import Cassette as Cassette
from mistral_core.client import MistralCore as MistralCore
from mistral_core.errors import (
    APIConnectionError as APIConnectionError,
    Failure as Failure,
    HTTPValidationError as HTTPValidationError,
    InvalidDataError as InvalidDataError,
    InvalidRequestError as InvalidRequestError,
    MistralError as MistralError,
    RequestTimeoutError as RequestTimeoutError,
    ResponseValidationError as ResponseValidationError,
    SDKError as SDKError,
    ValidationError as ValidationError,
)
from mistral_core.hooks import (
    Attempt as Attempt,
    Hooks as Hooks,
    Observer as Observer,
    StartedCall as StartedCall,
)
from mistral_core.http.headers import Headers as Headers
from mistral_core.http.messages import (
    Request as Request,
    RequestBody as RequestBody,
    Response as Response,
    ResponseStream as ResponseStream,
    Transport as Transport,
)
from mistral_core.http.metadata import Call as Call
from mistral_core.http.rate_limit import RateLimit as RateLimit
from mistral_core.instrumentation.notifications import Progress as Progress
from mistral_core.limits.account import (
    Account as Account,
    LocalAccount as LocalAccount,
    Place as Place,
    Settlement as Settlement,
)
from mistral_core.limits.limit import Limit as Limit, Window as Window
from mistral_core.limits.limits import Limits as Limits, TokenCounter as TokenCounter
from mistral_core.limits.redis_account import RedisAccount as RedisAccount
from mistral_core.operations.declaration import Operation as Operation, operation_of as operation_of
from mistral_core.operations.decorator import operation as operation, streamed as streamed
from mistral_core.operations.kinds import (
    JSON as JSON,
    Binary as Binary,
    Events as Events,
    JSONLines as JSONLines,
    NoContent as NoContent,
)
from mistral_core.options import (
    RequestOptions as RequestOptions,
    RetryConfig as RetryConfig,
    Timeout as Timeout,
)
from mistral_core.request.uploads import File as File, FileContent as FileContent
from mistral_core.response.byte_stream import ByteStream as ByteStream
from mistral_core.response.event_stream import EventStream as EventStream
from mistral_core.result import Err as Err, Ok as Ok, Result as Result
from mistral_core.schema import (
    UNSET as UNSET,
    Schema as Schema,
    UnixTime as UnixTime,
    Unknown as Unknown,
    Unset as Unset,
)
from mistral_core.serialization.wire_json import (
    from_dict as from_dict,
    from_json as from_json,
    to_dict as to_dict,
    to_json as to_json,
)
from mistral_core.transports.aiohttp import AiohttpTransport as AiohttpTransport
from mistral_core.version import __version__ as __version__
