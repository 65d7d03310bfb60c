"""Embeddings. Texts that share words have similar vectors."""

import base64
import math
import random
import re
import struct
from array import array
from collections.abc import Sequence
from functools import lru_cache

from mistral_funcs.embeddings.create import embeddings_create
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.tokens import count
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import check_range, invalid
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.embeddings import EmbeddingResponse, EmbeddingResponseData
from mistral_funcs.schemas.shared.usage import UsageInfo

WIDTH = 1024
WIDEST = 3072
MOST_TEXTS = 2048

FORMATS = {"float": "f", "int8": "b", "uint8": "B", "binary": "b", "ubinary": "B"}
"""The `struct` format of each data type."""


@responds_to(embeddings_create)
def create_embeddings(
    state: State,
    model: str,
    input: str | Sequence[str],
    *,
    output_dimension: int | None = None,
    output_dtype: str = "float",
    encoding_format: str = "float",
) -> EmbeddingResponse:
    """Embed texts."""
    width = WIDTH if output_dimension is None else output_dimension
    if output_dtype not in FORMATS:
        invalid("output_dtype", f"Input should be one of {[*FORMATS]}", output_dtype)
    if encoding_format not in ("float", "base64"):
        invalid("encoding_format", "Input should be 'float' or 'base64'", encoding_format)
    texts = [input] if isinstance(input, str) else input
    if len(texts) > MOST_TEXTS:
        invalid("input", f"List should have at most {MOST_TEXTS} items", len(texts))
    check_range("output_dimension", width, 1, WIDEST)
    card = choose_model(state, model, lambda card: "embed" in card.id)
    read = sum(map(count, texts))
    encode = _encoded if encoding_format == "base64" else _numbers
    return EmbeddingResponse(
        id=f"embd-{state.new_id()}",
        object="list",
        model=card.id,
        usage=UsageInfo(prompt_tokens=read, total_tokens=read),
        data=[
            EmbeddingResponseData(
                object="embedding", embedding=encode(text, width, output_dtype), index=index
            )
            for index, text in enumerate(texts)
        ],
    )


def _numbers(text: str, width: int, dtype: str) -> list[float]:
    return _typed(vector_of(text, width), dtype)


def _encoded(text: str, width: int, dtype: str) -> str:
    numbers = _numbers(text, width, dtype)
    return base64.b64encode(struct.pack(f"<{len(numbers)}{FORMATS[dtype]}", *numbers)).decode()


def vector_of(text: str, width: int) -> list[float]:
    """Return a unit vector: the normalized sum of the vectors of the words."""
    words = re.findall(r"\w+", text.casefold()) or [text]
    summed = [
        math.fsum(column) for column in zip(*(_word(each, width) for each in words), strict=True)
    ]
    length = math.hypot(*summed)
    return [each / length for each in summed]


@lru_cache(maxsize=256)
def _word(word: str, width: int) -> Sequence[float]:
    chance = random.Random(word)  # noqa: S311
    return array("d", [chance.gauss() for _ in range(width)])


def _typed(vector: list[float], dtype: str) -> list[float]:
    """Return the vector as 8-bit integers, or as signs packed into 8-bit integers."""
    if dtype == "float":
        return vector
    shift = 128 if dtype.startswith("u") else 0
    if dtype.endswith("binary"):
        signs = ["1" if each > 0 else "0" for each in vector]
        octets = ["".join(signs[start : start + 8]) for start in range(0, len(signs), 8)]
        return [int(octet.ljust(8, "0"), 2) - 128 + shift for octet in octets]
    most = max(map(abs, vector))
    return [round(each / most * 127) + shift for each in vector]
