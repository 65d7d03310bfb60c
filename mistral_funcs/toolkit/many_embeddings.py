"""Embeddings of any number of texts, in as many requests as it takes."""

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, final

import attrs

from mistral_core import (
    UNSET,
    Err,
    Failure,
    HTTPValidationError,
    InvalidRequestError,
    MistralCore,
    MistralError,
    Ok,
    RequestOptions,
    ResponseValidationError,
    Result,
    SDKError,
    Unset,
)
from mistral_core.runtime.deadline import current_task
from mistral_funcs.embeddings.create import embeddings_create
from mistral_funcs.schemas.embeddings import (
    EmbeddingDtype,
    EmbeddingResponse,
    EmbeddingResponseData,
    EncodingFormat,
)
from mistral_funcs.schemas.shared.usage import UsageInfo

__all__ = ["EmbeddingsError", "embeddings_create_many"]

MAX_INPUTS = 128
MAX_CHARACTERS = 32_000
"""Default size limit of a request. Requests that have too many tokens are halved."""

TOO_LARGE = ("too many tokens", "too many inputs", "too large", "too long", "at most")
"""What the server's message contains if a request must be smaller."""


@final
@attrs.frozen(getstate_setstate=False)
class EmbeddingsError(MistralError):
    """Some texts were not embedded.

    Attributes:
        message: How many texts were embedded, and why the others were not.
        failure: The failure of the request that ended the call.
        response: What was embedded: `index` is the index of the text.
        missing: The indices of the other texts, in order.
    """

    message: str
    failure: Failure
    response: EmbeddingResponse = attrs.field(repr=False)
    missing: tuple[int, ...] = attrs.field(default=(), repr=False)

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later."""
        return self.failure.retryable


async def embeddings_create_many(
    client: MistralCore,
    *,
    model: str,
    input: Iterable[str],
    output_dimension: int | None | Unset = UNSET,
    output_dtype: EmbeddingDtype | None = None,
    encoding_format: EncodingFormat | None = None,
    max_inputs: int = MAX_INPUTS,
    max_characters: int = MAX_CHARACTERS,
    max_requests: int = 4,
    options: RequestOptions | None = None,
) -> Result[EmbeddingResponse, EmbeddingsError]:
    """Create embeddings of any number of texts, in as many requests as it takes.

    A request that the server rejects as too large is halved. After any other failure, no more
    requests start; those that are running are completed.

    Args:
        client: The client to use.
        model: ID of the model, such as `"mistral-embed"`.
        input: The texts.
        output_dimension: Number of dimensions. Defaults to the model's own.
        output_dtype: Data type of the numbers. Defaults to `"float"`.
        encoding_format: Encoding of the embeddings. Defaults to `"float"`, an array of numbers.
        max_inputs: Maximum number of texts in a request.
        max_characters: Maximum number of characters in a request of several texts.
        max_requests: Maximum number of requests at a time.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Returns:
        The embeddings in the order of the texts, with the usage of all requests. The error of an
        `Err` has those that were created.
    """
    texts = [input] if isinstance(input, str) else [*input]
    fields = {
        "model": model,
        "output_dimension": output_dimension,
        "output_dtype": output_dtype,
        "encoding_format": encoding_format,
        "options": options,
    }
    work = _Work(client, texts, fields)
    for name, limit in (("max_inputs", max_inputs), ("max_requests", max_requests)):
        if limit < 1:
            failure = InvalidRequestError(f"`{name}` must be positive, got {limit!r}", name)
            return work.result(failure)
    try:
        current_task()
    except InvalidRequestError as error:
        return work.result(error.with_traceback(None))
    work.parts.extend(_parts(texts, max_inputs, max_characters))
    async with asyncio.TaskGroup() as tasks:
        for _ in range(min(max_requests, len(work.parts))):
            tasks.create_task(work.run())
    return work.result(work.failure)


def _parts(texts: list[str], max_inputs: int, max_characters: int) -> Iterator[range]:
    """Yield the indices of the texts of each request."""
    start = size = 0
    for index, text in enumerate(texts):
        size += len(text)
        if index > start and (index - start == max_inputs or size > max_characters):
            yield range(start, index)
            start, size = index, len(text)
    if texts:
        yield range(start, len(texts))


@final
@attrs.define(eq=False)
class _Work:
    """The requests of a call.

    Attributes:
        client: The client to use.
        texts: The texts.
        fields: The other arguments of each request.
        parts: The indices of the texts of requests that have not started.
        responses: The responses.
        embedded: The embeddings by the index of the text.
        failure: The first failure.
    """

    client: MistralCore
    texts: list[str]
    fields: dict[str, Any]
    parts: deque[range] = attrs.field(factory=deque[range])
    responses: list[EmbeddingResponse] = attrs.field(factory=list[EmbeddingResponse])
    embedded: dict[int, EmbeddingResponseData] = attrs.field(
        factory=dict[int, EmbeddingResponseData]
    )
    failure: Failure | None = None

    async def run(self) -> None:
        """Make requests until there are none left, or one has failed."""
        while self.parts and self.failure is None:
            part = self.parts.popleft()
            texts = self.texts[part.start : part.stop]
            result = await embeddings_create(self.client, input=texts, **self.fields)
            if isinstance(result, Ok):
                self._take(part, result)
            elif len(part) > 1 and _is_too_large(result.error):
                middle = len(part) // 2
                self.parts.extendleft((part[middle:], part[:middle]))
            else:
                self._fail(result.error)

    def _take(self, part: range, result: Ok[EmbeddingResponse]) -> None:
        response = result.value
        if len(response.data) != len(part):
            count = f"{len(response.data)} embeddings for {len(part)} texts"
            identifier, headers = result.call.request_id, result.call.headers
            self._fail(
                ResponseValidationError(
                    f"The response has {count}", "$.data", request_id=identifier, headers=headers
                )
            )
            return
        self.responses.append(response)
        places = [each.index for each in response.data]
        in_order = {*places} != {*range(len(part))}
        for index, place, each in zip(part, places, response.data, strict=True):
            at = index if in_order or place is None else part[place]
            self.embedded[at] = attrs.evolve(each, index=at)

    def _fail(self, failure: Failure) -> None:
        """Keep the first failure."""
        self.failure = self.failure or failure

    def result(self, failure: Failure | None) -> Result[EmbeddingResponse, EmbeddingsError]:
        """Return all embeddings, or an error with those that were created."""
        usages = [each.usage for each in self.responses]
        first = self.responses[0] if self.responses else EmbeddingResponse()
        response = EmbeddingResponse(
            id=first.id,
            object=first.object,
            model=first.model,
            usage=UsageInfo(
                prompt_tokens=sum(each.prompt_tokens for each in usages),
                completion_tokens=sum(each.completion_tokens for each in usages),
                total_tokens=sum(each.total_tokens for each in usages),
            ),
            data=[self.embedded[index] for index in sorted(self.embedded)],
        )
        if failure is None:
            return Ok(response)
        missing = tuple(index for index in range(len(self.texts)) if index not in self.embedded)
        done = f"{len(self.embedded):,} of {len(self.texts):,} texts were embedded"
        return Err(EmbeddingsError(f"{done}: {failure}", failure, response, missing))


def _is_too_large(failure: Failure) -> bool:
    """Return whether a request must be smaller."""
    match failure:
        case SDKError(status=413):
            return True
        case SDKError(status=400) | HTTPValidationError():
            message = failure.message.lower()
            return any(words in message for words in TOO_LARGE)
        case _:
            return False
