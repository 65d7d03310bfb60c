"""What `ocr_process` sends, argument by argument, and what it makes of an answer."""

from typing import Any

import attrs
import pytest

from mistral_core import UNSET, Err, RequestOptions, ResponseValidationError, Unknown
from mistral_funcs import ocr_process
from mistral_funcs.schemas import (
    DocumentURLChunk,
    FileChunk,
    ImageURL,
    ImageURLChunk,
    JsonSchema,
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
    ResponseFormat,
)
from tests.funcs.wire import CallIt, body, read, sent

FILE = FileChunk(file_id="f")
FILE_JSON = '"document":{"type":"file","file_id":"f"}'
SCHEMA: dict[str, Any] = {"type": "object"}
FORMAT = ResponseFormat(type="json_schema", json_schema=JsonSchema(name="n", schema=SCHEMA))
FORMAT_JSON = '{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}}'
PDF = "https://example.com/a.pdf"


async def test_request_is_a_post_of_json() -> None:
    """To the path of OCR."""
    request = await sent(lambda client: ocr_process(client, model="m", document=FILE))
    assert (request.method, request.url) == ("POST", "https://api.mistral.ai/v1/ocr")
    assert request.body == f'{{"model":"m",{FILE_JSON}}}'.encode()
    assert not request.idempotent


DOCUMENTS: dict[str, tuple[Any, str]] = {
    "a file": (FILE, '{"type":"file","file_id":"f"}'),
    "a document": (
        DocumentURLChunk(document_url=PDF),
        f'{{"type":"document_url","document_url":"{PDF}"}}',
    ),
    "a document with a name": (
        DocumentURLChunk(document_url=PDF, document_name="a"),
        f'{{"type":"document_url","document_url":"{PDF}","document_name":"a"}}',
    ),
    "an image": (
        ImageURLChunk(image_url="data:image/png;base64,AA=="),
        '{"type":"image_url","image_url":"data:image/png;base64,AA=="}',
    ),
    "an image, looked at closely": (
        ImageURLChunk(image_url=ImageURL(url="https://i", detail="high")),
        '{"type":"image_url","image_url":{"url":"https://i","detail":"high"}}',
    ),
    "a mapping": ({"type": "new", "x": None}, '{"type":"new","x":null}'),
}
"""Each kind of document, with what is sent of it."""


@pytest.mark.parametrize("kind", DOCUMENTS)
async def test_each_kind_of_document_is_sent(kind: str) -> None:
    """As an object of a schema, or as a mapping."""
    document, expected = DOCUMENTS[kind]
    told = await body(lambda client: ocr_process(client, model=None, document=document))
    assert told == f'{{"model":null,"document":{expected}}}'


ARGUMENTS: dict[str, tuple[CallIt[object], str]] = {
    "pages, a text": (
        lambda client: ocr_process(client, model="m", document=FILE, pages="0,2-4"),
        '"pages":"0,2-4"',
    ),
    "pages, numbers": (
        lambda client: ocr_process(client, model="m", document=FILE, pages=(0, 2)),
        '"pages":[0,2]',
    ),
    "include_image_base64": (
        lambda client: ocr_process(client, model="m", document=FILE, include_image_base64=True),
        '"include_image_base64":true',
    ),
    "image_limit": (
        lambda client: ocr_process(client, model="m", document=FILE, image_limit=0),
        '"image_limit":0',
    ),
    "image_min_size": (
        lambda client: ocr_process(client, model="m", document=FILE, image_min_size=20),
        '"image_min_size":20',
    ),
    "bbox_annotation_format": (
        lambda client: ocr_process(client, model="m", document=FILE, bbox_annotation_format=FORMAT),
        f'"bbox_annotation_format":{FORMAT_JSON}',
    ),
    "document_annotation_format": (
        lambda client: ocr_process(
            client, model="m", document=FILE, document_annotation_format=FORMAT
        ),
        f'"document_annotation_format":{FORMAT_JSON}',
    ),
    "document_annotation_format, a mapping": (
        lambda client: ocr_process(
            client, model="m", document=FILE, document_annotation_format={"type": "json_schema"}
        ),
        '"document_annotation_format":{"type":"json_schema"}',
    ),
    "document_annotation_prompt": (
        lambda client: ocr_process(
            client, model="m", document=FILE, document_annotation_prompt="Who?"
        ),
        '"document_annotation_prompt":"Who?"',
    ),
    "table_format": (
        lambda client: ocr_process(client, model="m", document=FILE, table_format="html"),
        '"table_format":"html"',
    ),
    "extract_header": (
        lambda client: ocr_process(client, model="m", document=FILE, extract_header=True),
        '"extract_header":true',
    ),
    "extract_footer": (
        lambda client: ocr_process(client, model="m", document=FILE, extract_footer=False),
        '"extract_footer":false',
    ),
    "include_blocks": (
        lambda client: ocr_process(client, model="m", document=FILE, include_blocks=False),
        '"include_blocks":false',
    ),
    "confidence_scores_granularity": (
        lambda client: ocr_process(
            client, model="m", document=FILE, confidence_scores_granularity="token"
        ),
        '"confidence_scores_granularity":"token"',
    ),
}
"""Each argument, with what is sent of it."""


@pytest.mark.parametrize("name", ARGUMENTS)
async def test_argument_is_sent_as_this(name: str) -> None:
    """After the model and the document."""
    call, expected = ARGUMENTS[name]
    assert await body(call) == f'{{"model":"m",{FILE_JSON},{expected}}}'


async def test_null_is_sent_where_it_may_be() -> None:
    """And nothing where it may not, or where something was left out."""
    told = await body(
        lambda client: ocr_process(
            client,
            model=None,
            document=FILE,
            pages=None,
            include_image_base64=None,
            image_limit=None,
            image_min_size=None,
            bbox_annotation_format=None,
            document_annotation_format=None,
            document_annotation_prompt=None,
            table_format=None,
            extract_header=None,
            extract_footer=None,
            include_blocks=None,
            confidence_scores_granularity=None,
        )
    )
    assert told == (
        f'{{"model":null,{FILE_JSON},"pages":null,"include_image_base64":null,"image_limit":null,'
        '"image_min_size":null,"bbox_annotation_format":null,"document_annotation_format":null,'
        '"document_annotation_prompt":null,"table_format":null,'
        '"confidence_scores_granularity":null}'
    )
    told = await body(lambda client: ocr_process(client, model="m", document=FILE, pages=UNSET))
    assert told == f'{{"model":"m",{FILE_JSON}}}'


async def test_options_are_handed_on() -> None:
    """One call goes to another server."""
    options = RequestOptions(server_url="https://gateway.example.com/mistral/")
    request = await sent(
        lambda client: ocr_process(client, model="m", document=FILE, options=options)
    )
    assert request.url == "https://gateway.example.com/mistral/v1/ocr"


# ------------------------------------------------------------------------------------- answers

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
