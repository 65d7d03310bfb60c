"""What `embeddings_create` sends, and what it makes of an answer."""

import pytest

from mistral_core import UNSET, Err, ResponseValidationError
from mistral_funcs import embeddings_create
from mistral_funcs.schemas import EmbeddingResponse, EmbeddingResponseData, UsageInfo
from tests.funcs.wire import CallIt, body, read, sent


async def test_request_is_a_post_of_json() -> None:
    """To the path of embeddings."""
    request = await sent(lambda client: embeddings_create(client, model="m", input="a"))
    assert (request.method, request.url) == ("POST", "https://api.mistral.ai/v1/embeddings")
    assert request.body == b'{"model":"m","input":"a"}'


BODIES: dict[str, tuple[CallIt[object], str]] = {
    "several texts": (
        lambda client: embeddings_create(client, model="m", input=("a", "ü")),
        '{"model":"m","input":["a","ü"]}',
    ),
    "every argument": (
        lambda client: embeddings_create(
            client,
            model="m",
            input=["a"],
            metadata={"k": 1},
            output_dimension=256,
            output_dtype="int8",
            encoding_format="base64",
        ),
        (
            '{"model":"m","input":["a"],"metadata":{"k":1},"output_dimension":256,'
            '"output_dtype":"int8","encoding_format":"base64"}'
        ),
    ),
    "values of a time to come": (
        lambda client: embeddings_create(
            client, model="m", input="a", output_dtype="float16", encoding_format="hex"
        ),
        '{"model":"m","input":"a","output_dtype":"float16","encoding_format":"hex"}',
    ),
    "null where it may be": (
        lambda client: embeddings_create(
            client, model="m", input="a", metadata=None, output_dimension=None
        ),
        '{"model":"m","input":"a","metadata":null,"output_dimension":null}',
    ),
    "left out": (
        lambda client: embeddings_create(
            client,
            model="m",
            input="a",
            metadata=UNSET,
            output_dimension=UNSET,
            output_dtype=None,
            encoding_format=None,
        ),
        '{"model":"m","input":"a"}',
    ),
}


@pytest.mark.parametrize("name", BODIES)
async def test_body_is_exactly_this(name: str) -> None:
    """What is given, under its name."""
    call, expected = BODIES[name]
    assert await body(call) == expected


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
