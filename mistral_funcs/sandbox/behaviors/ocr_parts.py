"""The parts of a page: paragraphs with their kind and their position."""

import re
import zlib
from typing import Any, final

import attrs

from mistral_funcs.schemas.ocr import (
    OCRBlock,
    OCRBlockConfidenceScores,
    OCRCodeBlock,
    OCRConfidenceScore,
    OCREquationBlock,
    OCRFooterBlock,
    OCRHeaderBlock,
    OCRImageBlock,
    OCRListBlock,
    OCRPageConfidenceScores,
    OCRTableBlock,
    OCRTextBlock,
    OCRTitleBlock,
)

LEFT, RIGHT, RIGHT_OF_IMAGES = 100, 750, 300
LINE, HEIGHT = 100, 90
"""The distance between the tops of two parts, and the height of a part, in pixels."""

BLOCKS: dict[str, Any] = {
    "text": OCRTextBlock,
    "title": OCRTitleBlock,
    "list": OCRListBlock,
    "code": OCRCodeBlock,
    "equation": OCREquationBlock,
    "header": OCRHeaderBlock,
    "footer": OCRFooterBlock,
}
"""The kinds of parts without an id."""

KINDS = {
    "#": "title",
    "|": "table",
    "![": "image",
    "- ": "list",
    "```": "code",
    "$$": "equation",
}
"""The kind of a paragraph by its first characters. Other paragraphs are text."""

PARAGRAPHS = re.compile(r"\n\s*\n")
IMAGE = re.compile(r"!\[([^]]*)\]")


@final
@attrs.frozen
class Part:
    """A part of a page.

    Attributes:
        kind: The kind.
        content: The content in Markdown.
        place: Its position on the page, from 0.
        id: The id of an image, or of a separate table.
    """

    kind: str
    content: str
    place: int
    id: str | None = None

    @property
    def box(self) -> dict[str, Any]:
        """The bounding box."""
        top = LINE * self.place
        return {
            "top_left_x": LEFT,
            "top_left_y": top,
            "bottom_right_x": RIGHT_OF_IMAGES if self.kind == "image" else RIGHT,
            "bottom_right_y": top + HEIGHT,
        }


def parts_of(text: str, header: str, footer: str) -> list[Part]:
    """Return the parts of a page, from its header to its footer."""
    paragraphs = [
        (_kind(each), each) for each in map(str.strip, PARAGRAPHS.split(text.strip())) if each
    ]
    return [
        Part(kind, content, place, id=_image_id(content) if kind == "image" else None)
        for place, (kind, content) in enumerate(
            [("header", header), *paragraphs, ("footer", footer)]
        )
    ]


def block_of(part: Part, *, sure: bool) -> OCRBlock:
    """Return a part as an API block, with confidence scores if requested."""
    shared: dict[str, Any] = {**part.box, "content": part.content}
    if sure:
        scores = [each.confidence or 0.0 for each in words_of(part.content)] or [1.0]
        shared["confidence_scores"] = OCRBlockConfidenceScores(
            average_content_confidence_score=_average(scores),
            minimum_content_confidence_score=min(scores),
            block_type_confidence_score=1.0,
        )
    if part.kind == "image":
        return OCRImageBlock(**shared, image_id=part.id)
    if part.kind == "table":
        return OCRTableBlock(**shared, table_id=part.id)
    block: OCRBlock = BLOCKS[part.kind](**shared)
    return block


def words_of(text: str) -> list[OCRConfidenceScore]:
    """Return the words of a line, each with the same confidence."""
    return [
        OCRConfidenceScore(
            text=word.group(),
            confidence=0.9 + zlib.crc32(word.group().encode()) % 10 / 100,
            start_index=word.start(),
        )
        for word in re.finditer(r"\S+", text)
    ]


def confidence_of(text: str, *, by_word: bool) -> OCRPageConfidenceScores:
    """Return the confidence of a page and, if requested, of each of its words."""
    words = words_of(text)
    scores = [each.confidence or 0.0 for each in words] or [1.0]
    return OCRPageConfidenceScores(
        word_confidence_scores=words if by_word else None,
        average_page_confidence_score=_average(scores),
        minimum_page_confidence_score=min(scores),
    )


def _kind(paragraph: str) -> str:
    kinds = [kind for beginning, kind in KINDS.items() if paragraph.startswith(beginning)]
    return kinds[0] if kinds else "text"


def _image_id(content: str) -> str:
    match = IMAGE.match(content)
    return match[1] if match else content


def _average(scores: list[float]) -> float:
    return round(sum(scores) / len(scores), 4)
