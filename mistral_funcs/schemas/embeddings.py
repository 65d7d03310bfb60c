"""Schemas of the embedding operations."""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema
from mistral_funcs.schemas.shared.usage import UsageInfo

EmbeddingDtype: TypeAlias = Literal["float", "int8", "uint8", "binary", "ubinary"] | str
"""Data type of the numbers of an embedding. Other values are accepted."""

EncodingFormat: TypeAlias = Literal["float", "base64"] | str
"""Encoding of an embedding. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class EmbeddingResponseData(Schema):
    """An embedding.

    Attributes:
        object: `"embedding"`.
        embedding: The embedding: a list of numbers, or a string if base64 was requested.
        index: Index of the input text.
    """

    object: str | None = None
    embedding: list[float] | str = attrs.field(factory=list[float])
    index: int | None = None

    @property
    def vector(self) -> list[float]:
        """The embedding as numbers.

        Raises:
            ValueError: The embedding is a string, but not base64 of 32-bit floats: `output_dtype`
                was another than `"float"`.
        """
        return _decoded(self.embedding) if isinstance(self.embedding, str) else self.embedding


@final
@attrs.frozen(kw_only=True)
class EmbeddingResponse(Schema):
    """Embeddings of texts.

    Attributes:
        id: ID of the response. Empty if the server sent none.
        object: `"list"`.
        model: ID of the model.
        usage: Token usage.
        data: The embeddings.
    """

    id: str = ""
    object: str | None = None
    model: str | None = None
    usage: UsageInfo = attrs.field(factory=UsageInfo)
    data: list[EmbeddingResponseData] = attrs.field(factory=list[EmbeddingResponseData])

    @property
    def vectors(self) -> list[list[float]]:
        """The embeddings as numbers, one list for each text.

        Raises:
            ValueError: As for `EmbeddingResponseData.vector`.
        """
        return [each.vector for each in self.data]


def _decoded(text: str) -> list[float]:
    """Return 32-bit floats, in little-endian order, from base64."""
    from base64 import b64decode  # noqa: PLC0415 - most embeddings are arrays
    from struct import unpack  # noqa: PLC0415

    content = b64decode(text, validate=True)
    if len(content) % 4:
        raise ValueError(f"{len(content)} bytes are not 32-bit floats")
    return [*unpack(f"<{len(content) // 4}f", content)]
