"""What `embeddings_create` makes of a response."""

import pytest

from mistral_core import Err, ResponseValidationError
from mistral_funcs import embeddings_create
from mistral_funcs.schemas import EmbeddingResponse, EmbeddingResponseData, UsageInfo
from tests.funcs.wire import read


async def answered(value: object) -> EmbeddingResponse:
    """Return what `embeddings_create` makes of an answer."""
    result = await read(lambda client: embeddings_create(client, model="m", input="a"), value)
    return result.unwrap()


async def test_answer_is_read_whole() -> None:
    """Numbers are floats, however they are written."""
    response = await answered(
        {
            "id": "a",
            "object": "list",
            "model": "mistral-embed",
            "usage": {"prompt_tokens": 2, "total_tokens": 2},
            "data": [{"object": "embedding", "embedding": [1, -0.5], "index": 0}],
        }
    )
    assert response == EmbeddingResponse(
        id="a",
        object="list",
        model="mistral-embed",
        usage=UsageInfo(prompt_tokens=2, total_tokens=2),
        data=[EmbeddingResponseData(object="embedding", embedding=[1.0, -0.5], index=0)],
    )


async def test_embedding_in_base64_is_its_text() -> None:
    """Which the caller asked for, and knows how to read."""
    (data,) = (await answered({"id": "a", "data": [{"embedding": "AACAPw=="}]})).data
    assert data.embedding == "AACAPw=="


@pytest.mark.parametrize("data", [{}, {"embedding": None}, {"embedding": []}])
async def test_embedding_that_is_missing_is_empty(data: object) -> None:
    """So is one that is `null`."""
    assert (await answered({"id": "a", "data": [data]})).data == [EmbeddingResponseData()]
    assert EmbeddingResponseData().embedding == []


FAULTS: list[tuple[object, str]] = [
    ({"id": 7, "data": []}, "$.id"),
    ({"id": "a", "data": [{"embedding": [1, "2f"]}]}, "$.data[0].embedding[1]"),
    ({"id": "a", "data": [{"embedding": {}}]}, "$.data[0].embedding"),
    ({"id": "a", "data": ["AACAPw=="]}, "$.data[0]"),
]


@pytest.mark.parametrize(("value", "path"), FAULTS)
async def test_what_cannot_be_read_is_named_by_its_path(value: object, path: str) -> None:
    """An embedding that is not one must not pass for one."""
    result = await read(lambda client: embeddings_create(client, model="m", input="a"), value)
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert result.error.path == path
