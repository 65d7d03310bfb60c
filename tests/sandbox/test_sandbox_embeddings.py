"""Embeddings of the sandbox."""

import base64
import math
import struct

import pytest

from mistral_core import (
    Err,
    Failure,
    HTTPValidationError,
    MistralCore,
    Result,
    RetryConfig,
    SDKError,
)
from mistral_funcs import embeddings_create
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import EmbeddingResponse

MODEL = "mistral-embed"


@pytest.fixture
def client() -> MistralCore:
    """Return a client of a new sandbox."""
    return MistralCore(transport=Sandbox(), retry_config=RetryConfig(strategy="none"))


def vectors(result: Result[EmbeddingResponse, Failure]) -> list[list[float]]:
    """Return the embeddings in a result, which are lists of numbers."""
    embeddings = [data.embedding for data in result.unwrap().data]
    return [each for each in embeddings if isinstance(each, list)]


def cosine(one: list[float], other: list[float]) -> float:
    """Return the cosine of the angle between two unit vectors."""
    return math.fsum(a * b for a, b in zip(one, other, strict=True))


async def test_a_text_has_a_unit_vector(client: MistralCore) -> None:
    """The response has all fields of the API."""
    response = (await embeddings_create(client, model=MODEL, input="hi there")).unwrap()
    (data,) = response.data
    assert isinstance(data.embedding, list)
    assert len(data.embedding) == 1024
    assert math.hypot(*data.embedding) == pytest.approx(1)
    assert (response.object, response.model, data.object, data.index) == (
        "list",
        MODEL,
        "embedding",
        0,
    )
    assert (response.usage.prompt_tokens, response.usage.total_tokens) == (2, 2)


async def test_each_text_has_a_vector(client: MistralCore) -> None:
    """In order. The same text has the same vector in every sandbox."""
    texts = ["a", "", "a b", "a"]
    response = (await embeddings_create(client, model=MODEL, input=texts)).unwrap()
    assert [data.index for data in response.data] == [0, 1, 2, 3]
    assert response.data[0].embedding == response.data[3].embedding
    assert len({str(data.embedding) for data in response.data}) == 3
    another = MistralCore(transport=Sandbox())
    assert (await embeddings_create(another, model=MODEL, input=texts)).unwrap() == response
    assert (await embeddings_create(client, model=MODEL, input=[])).unwrap().data == []


async def test_texts_with_common_words_are_similar(client: MistralCore) -> None:
    """More similar than others."""
    texts = ["The cat sat.", "the CAT slept", "stocks and bonds"]
    cat, other_cat, stocks = vectors(await embeddings_create(client, model=MODEL, input=texts))
    assert cosine(cat, other_cat) > 0.5
    assert abs(cosine(cat, stocks)) < 0.2


@pytest.mark.parametrize(("dimension", "width"), [(1, 1), (256, 256), (3072, 3072), (None, 1024)])
async def test_a_vector_has_the_requested_dimension(
    client: MistralCore, dimension: int | None, width: int
) -> None:
    """Its length is still 1."""
    (vector,) = vectors(
        await embeddings_create(client, model=MODEL, input="a", output_dimension=dimension)
    )
    assert len(vector) == width
    assert math.hypot(*vector) == pytest.approx(1)


@pytest.mark.parametrize(
    ("dtype", "low", "high", "width"),
    [
        ("int8", -127, 127, 20),
        ("uint8", 1, 255, 20),
        ("binary", -128, 127, 3),
        ("ubinary", 0, 255, 3),
    ],
)
async def test_numbers_have_the_requested_type(
    client: MistralCore, dtype: str, low: int, high: int, width: int
) -> None:
    """Integers within its range. `binary` packs eight signs into one."""
    (vector,) = vectors(
        await embeddings_create(
            client, model=MODEL, input="a", output_dimension=20, output_dtype=dtype
        )
    )
    assert len(vector) == width
    assert all(low <= number <= high and number == int(number) for number in vector)


async def test_binary_numbers_contain_the_signs(client: MistralCore) -> None:
    """The first sign is the highest bit."""
    (vector,) = vectors(await embeddings_create(client, model=MODEL, input="a", output_dimension=8))
    (octet,) = vectors(
        await embeddings_create(
            client, model=MODEL, input="a", output_dimension=8, output_dtype="ubinary"
        )
    )
    assert octet == [int("".join("1" if number > 0 else "0" for number in vector), 2)]


@pytest.mark.parametrize(
    ("dtype", "form"), [("float", "4f"), ("int8", "4b"), ("uint8", "4B"), ("binary", "1b")]
)
async def test_base64_has_the_same_numbers(client: MistralCore, dtype: str, form: str) -> None:
    """Little-endian, in the requested type."""
    (numbers,) = vectors(
        await embeddings_create(
            client, model=MODEL, input="a", output_dimension=4, output_dtype=dtype
        )
    )
    response = await embeddings_create(
        client,
        model=MODEL,
        input="a",
        output_dimension=4,
        output_dtype=dtype,
        encoding_format="base64",
    )
    packed = base64.b64decode(str(response.unwrap().data[0].embedding))
    assert struct.unpack(f"<{form}", packed) == pytest.approx(numbers)


async def test_unsupported_options_are_refused(client: MistralCore) -> None:
    """With the path of the field."""
    for result, field in (
        (
            await embeddings_create(client, model=MODEL, input="a", output_dimension=0),
            "output_dimension",
        ),
        (
            await embeddings_create(client, model=MODEL, input="a", output_dimension=3073),
            "output_dimension",
        ),
        (
            await embeddings_create(client, model=MODEL, input="a", output_dtype="hex"),
            "output_dtype",
        ),
        (
            await embeddings_create(client, model=MODEL, input="a", encoding_format="hex"),
            "encoding_format",
        ),
    ):
        assert isinstance(result, Err)
        assert isinstance(result.error, HTTPValidationError)
        assert result.error.detail[0].loc == ("body", field)


async def test_a_model_without_embeddings_is_refused(client: MistralCore) -> None:
    """As by the API."""
    result = await embeddings_create(client, model="open-mistral-7b", input="a")
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    assert (result.error.type, result.error.code) == ("invalid_model", "1500")
