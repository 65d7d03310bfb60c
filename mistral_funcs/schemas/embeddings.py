"""The schemas of the embeddings API."""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema
from mistral_funcs.schemas.shared.usage import UsageInfo

EmbeddingDtype: TypeAlias = Literal["float", "int8", "uint8", "binary", "ubinary"] | str
"""What the numbers of an embedding are. An open set."""

EncodingFormat: TypeAlias = Literal["float", "base64"] | str
"""How an embedding is written. An open set."""


@final
@attrs.frozen(kw_only=True)
class EmbeddingResponseData(Schema):
    """Hold an embedding.

    Attributes:
        object: `"embedding"`.
        embedding: The numbers; or text, where base64 was asked for.
        index: The place of its text among those that were sent.
    """

    object: str | None = None
    embedding: list[float] | str = attrs.field(factory=list[float])
    index: int | None = None


@final
@attrs.frozen(kw_only=True)
class EmbeddingResponse(Schema):
    """Hold the embeddings of texts.

    Attributes:
        id: The id of the response; empty if the server sent none.
        object: `"list"`.
        model: The model that made them.
        usage: What they took.
        data: The embeddings.
    """

    id: str = ""
    object: str | None = None
    model: str | None = None
    usage: UsageInfo = attrs.field(factory=UsageInfo)
    data: list[EmbeddingResponseData] = attrs.field(factory=list[EmbeddingResponseData])
