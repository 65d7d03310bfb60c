"""How the sandbox answers for embeddings: texts that share words have vectors that are near."""

import base64
import math
import random
import re
import struct
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import final

import attrs

from mistral_core import Schema
from mistral_funcs.embeddings.create import embeddings_create
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.tokens import count
from mistral_funcs.sandbox.error_responses import refuse_body
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import read_as
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.embeddings import EmbeddingResponse, EmbeddingResponseData
from mistral_funcs.schemas.shared.usage import UsageInfo

WIDTH = 1024
WIDEST = 3072
MOST_TEXTS = 2048

FORMATS = {"float": "f", "int8": "b", "uint8": "B", "binary": "b", "ubinary": "B"}
"""How `struct` packs a number of each type."""


@final
@attrs.frozen(kw_only=True)
class EmbeddingRequest(Schema):
    """Ask for embeddings.

    Attributes:
        model: The id of the model.
        input: The text, or several.
        output_dimension: How many numbers an embedding has.
        output_dtype: What they are.
        encoding_format: How it is written.
    """

    model: str
    input: str | list[str]
    output_dimension: int | None = None
    output_dtype: str = "float"
    encoding_format: str = "float"

    @property
    def width(self) -> int:
        """How many numbers an embedding has."""
        return WIDTH if self.output_dimension is None else self.output_dimension


@responds_to(embeddings_create)
def create_embeddings(state: State, request: Incoming) -> EmbeddingResponse:
    """Answer for `embeddings_create`."""
    asked = read_as(request, EmbeddingRequest)
    _check(asked)
    card = choose_model(state, asked.model, lambda card: "embed" in card.id)
    texts = [asked.input] if isinstance(asked.input, str) else asked.input
    read = sum(map(count, texts))
    return EmbeddingResponse(
        id=f"embd-{state.new_id()}",
        object="list",
        model=card.id,
        usage=UsageInfo(prompt_tokens=read, total_tokens=read),
        data=[
            EmbeddingResponseData(
                object="embedding", embedding=_embedding(text, asked), index=index
            )
            for index, text in enumerate(texts)
        ],
    )


def _check(asked: EmbeddingRequest) -> None:
    if asked.output_dtype not in FORMATS:
        loc: list[str | int] = ["body", "output_dtype"]
        refuse_body("enum", loc, f"Input should be one of {[*FORMATS]}", asked.output_dtype)
    if asked.encoding_format not in ("float", "base64"):
        loc = ["body", "encoding_format"]
        refuse_body("enum", loc, "Input should be 'float' or 'base64'", asked.encoding_format)
    if isinstance(asked.input, list) and len(asked.input) > MOST_TEXTS:
        message = f"List should have at most {MOST_TEXTS} items"
        refuse_body("too_long", ["body", "input"], message, len(asked.input))
    if not 1 <= asked.width <= WIDEST:
        message = f"Input should be from 1 to {WIDEST}"
        refuse_body("value_error", ["body", "output_dimension"], message, asked.output_dimension)


def _embedding(text: str, asked: EmbeddingRequest) -> list[float] | str:
    numbers = _typed(_vector(text, asked.width), asked.output_dtype)
    if asked.encoding_format == "float":
        return numbers
    packed = struct.pack(f"<{len(numbers)}{FORMATS[asked.output_dtype]}", *numbers)
    return base64.b64encode(packed).decode()


def _vector(text: str, width: int) -> list[float]:
    """Return a vector of length 1: the direction of all its words together."""
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
    """Return the vector in whole numbers of 8 bits, or its signs, 8 in a number."""
    if dtype == "float":
        return vector
    shift = 128 if dtype.startswith("u") else 0
    if dtype.endswith("binary"):
        signs = ["1" if each > 0 else "0" for each in vector]
        octets = ["".join(signs[start : start + 8]) for start in range(0, len(signs), 8)]
        return [int(octet.ljust(8, "0"), 2) - 128 + shift for octet in octets]
    most = max(map(abs, vector))
    return [round(each / most * 127) + shift for each in vector]
