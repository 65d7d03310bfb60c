"""What `ocr_process` makes of a response."""

from typing import Any

import attrs
import pytest

from mistral_core import Err, ResponseValidationError, Unknown
from mistral_funcs import ocr_process
from mistral_funcs.schemas import (
    FileChunk,
    OCRAsideTextBlock,
    OCRBlockConfidenceScores,
    OCRCaptionBlock,
    OCRCodeBlock,
    OCRConfidenceScore,
    OCREquationBlock,
    OCRFooterBlock,
    OCRHeaderBlock,
    OCRImageBlock,
    OCRImageObject,
    OCRListBlock,
    OCRPageConfidenceScores,
    OCRPageDimensions,
    OCRPageObject,
    OCRReferencesBlock,
    OCRResponse,
    OCRSignatureBlock,
    OCRTableBlock,
    OCRTableObject,
    OCRTextBlock,
    OCRTitleBlock,
    OCRUsageInfo,
)
from tests.funcs.wire import read

FILE = FileChunk(file_id="f")
BOX: dict[str, Any] = {
    "top_left_x": 1,
    "top_left_y": 2,
    "bottom_right_x": 3,
    "bottom_right_y": 4,
}
SCORES: dict[str, Any] = {
    "average_content_confidence_score": 0.9,
    "minimum_content_confidence_score": None,
    "block_type_confidence_score": 1,
}
WORD: dict[str, Any] = {"text": "word", "confidence": 0.5, "start_index": 0}

BLOCKS: dict[str, type[Any]] = {
    "text": OCRTextBlock,
    "list": OCRListBlock,
    "image": OCRImageBlock,
    "table": OCRTableBlock,
    "title": OCRTitleBlock,
    "equation": OCREquationBlock,
    "caption": OCRCaptionBlock,
    "code": OCRCodeBlock,
    "references": OCRReferencesBlock,
    "aside_text": OCRAsideTextBlock,
    "header": OCRHeaderBlock,
    "footer": OCRFooterBlock,
    "signature": OCRSignatureBlock,
}
"""The class for each kind of block."""


async def answered(value: object) -> OCRResponse:
    """Return what `ocr_process` makes of an answer."""
    result = await read(lambda client: ocr_process(client, model="m", document=FILE), value)
    return result.unwrap()


async def page_of(value: dict[str, Any]) -> OCRPageObject:
    """Return what `ocr_process` makes of a page."""
    (page,) = (await answered({"pages": [value]})).pages
    return page


async def test_answer_is_read_whole() -> None:
    """Each field comes out as its Python type, under the name that it has in the API."""
    answer = {
        "pages": [
            {
                "index": 0,
                "markdown": "# Hi",
                "images": [
                    {"id": "i", **BOX, "image_base64": "data:", "image_annotation": "{}"},
                ],
                "tables": [
                    {
                        "id": "t",
                        "content": "<table>",
                        "format": "html",
                        "word_confidence_scores": [WORD],
                    }
                ],
                "hyperlinks": ["https://a"],
                "header": "h",
                "footer": "f",
                "dimensions": {"dpi": 200, "height": 2200, "width": 1700},
                "confidence_scores": {
                    "word_confidence_scores": [WORD],
                    "average_page_confidence_score": 0.9,
                    "minimum_page_confidence_score": 0.5,
                },
                "blocks": [
                    {**BOX, "content": "# Hi", "type": "title", "confidence_scores": SCORES}
                ],
            }
        ],
        "model": "mistral-ocr-latest",
        "document_annotation": '{"a":1}',
        "usage_info": {"pages_processed": 1, "doc_size_bytes": None},
    }
    word = OCRConfidenceScore(text="word", confidence=0.5, start_index=0)
    assert await answered(answer) == OCRResponse(
        pages=[
            OCRPageObject(
                index=0,
                markdown="# Hi",
                images=[OCRImageObject(id="i", **BOX, image_base64="data:", image_annotation="{}")],
                tables=[
                    OCRTableObject(
                        id="t", content="<table>", format="html", word_confidence_scores=[word]
                    )
                ],
                hyperlinks=["https://a"],
                header="h",
                footer="f",
                dimensions=OCRPageDimensions(dpi=200, height=2200, width=1700),
                confidence_scores=OCRPageConfidenceScores(
                    word_confidence_scores=[word],
                    average_page_confidence_score=0.9,
                    minimum_page_confidence_score=0.5,
                ),
                blocks=[
                    OCRTitleBlock(
                        **BOX,
                        content="# Hi",
                        confidence_scores=OCRBlockConfidenceScores(
                            average_content_confidence_score=0.9,
                            block_type_confidence_score=1.0,
                        ),
                    )
                ],
            )
        ],
        model="mistral-ocr-latest",
        document_annotation='{"a":1}',
        usage_info=OCRUsageInfo(pages_processed=1),
    )


@pytest.mark.parametrize("kind", BLOCKS)
async def test_block_is_told_by_its_type(kind: str) -> None:
    """Each kind has a class of its own, so that a `match` tells them apart."""
    page = await page_of({"blocks": [{**BOX, "content": "c", "type": kind}]})
    assert page.blocks == [BLOCKS[kind](**BOX, content="c")]


async def test_blocks_name_their_images_and_tables() -> None:
    """By the ids that these have on the page; a table that is in the text has none."""
    page = await page_of(
        {
            "blocks": [
                {"type": "image", "image_id": "img-0.jpeg"},
                {"type": "table", "table_id": "tbl-0.md"},
                {"type": "table", "table_id": None},
            ]
        }
    )
    assert page.blocks == [
        OCRImageBlock(image_id="img-0.jpeg"),
        OCRTableBlock(table_id="tbl-0.md"),
        OCRTableBlock(),
    ]


async def test_block_that_cannot_be_read_fails_nothing() -> None:
    """It stands at its place as `Unknown`: of a new kind, or of an odd shape."""
    odd: list[Any] = [{"type": "chart", "x": 1}, {"type": "text", "content": 7}, None]
    page = await page_of({"blocks": [{"type": "text"}, *odd]})
    assert page.blocks == [OCRTextBlock(), *map(Unknown, odd)]


async def test_what_is_left_out_is_empty() -> None:
    """A loop over pages, images or tables needs no check."""
    assert await answered({"model": "m"}) == OCRResponse(model="m", pages=[])
    page = await page_of(dict.fromkeys(attrs.fields_dict(OCRPageObject).keys()))
    assert await page_of({}) == OCRPageObject()
    assert (page.markdown, page.images, page.tables, page.hyperlinks) == ("", [], [], [])
    assert (page.blocks, page.dimensions, page.confidence_scores) == (None, None, None)


async def test_image_is_not_shown() -> None:
    """It may be megabytes of base64."""
    page = await page_of({"images": [{"id": "i", "image_base64": "data:image/png;base64,AAAA"}]})
    assert "AAAA" not in repr(page)


async def test_format_of_a_table_that_is_not_yet_known_comes_through() -> None:
    """As the text that was sent."""
    page = await page_of({"tables": [{"id": "t", "format": "latex"}]})
    assert page.tables[0].format == "latex"


async def test_unknown_fields_are_kept() -> None:
    """Of a page, a block and the answer."""
    response = await answered({"pages": [{"blocks": [{"type": "text", "z": 1}], "y": 2}], "x": 3})
    (page,) = response.pages
    (block,) = page.blocks or []
    assert isinstance(block, OCRTextBlock)
    assert block.additional_properties == {"z": 1}
    assert page.additional_properties == {"y": 2}
    assert response.additional_properties == {"x": 3}


UNREADABLE: dict[str, tuple[object, str]] = {
    "id a number": ({"pages": [{"images": [{"id": 7}]}]}, "$.pages[0].images[0].id"),
    "pages an object": ({"pages": {}}, "$.pages"),
    "text a number": ({"pages": [{"markdown": 7}]}, "$.pages[0].markdown"),
    "an array": ([], "$"),
}
"""An answer that cannot be read, and the JSON path of what is wrong."""


@pytest.mark.parametrize("row", UNREADABLE)
async def test_wrong_field_is_named_by_its_json_path(row: str) -> None:
    """An answer of another shape is an error, and says where the fault is."""
    value, path = UNREADABLE[row]
    result = await read(lambda client: ocr_process(client, model="m", document=FILE), value)
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert result.error.path == path
