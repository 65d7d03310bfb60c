"""OCR in the sandbox, in process and over HTTP."""

import json
from base64 import b64decode
from typing import Any

import pytest

from mistral_core import (
    Err,
    Failure,
    HTTPValidationError,
    MistralCore,
    Result,
    SDKError,
)
from mistral_funcs import ocr_process
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors.files import store_file
from mistral_funcs.schemas import (
    DocumentURLChunk,
    FileChunk,
    ImageURL,
    ImageURLChunk,
    OCRBlock,
    OCRImageBlock,
    OCRPageDimensions,
    OCRPageObject,
    OCRResponse,
    OCRTableBlock,
    OCRTextBlock,
)

PDF = DocumentURLChunk(document_url="https://example.com/docs/report.pdf?page=1")

TEXT = """# A title

Some text with a [link](https://example.com/a).

- one
- two

| a | b |
|---|---|
| 1 | <2> |

```
code
```

$$
e = mc^2
$$

![a.png](a.png)

![b.png](b.png)
\fThe second page."""
"""A text file with a paragraph of each known kind, and two pages."""


@pytest.fixture
def text_file(sandbox: Sandbox) -> FileChunk:
    """Store the text file in the sandbox."""
    content = TEXT.encode()
    return FileChunk(file_id=store_file(sandbox.state, content=content, filename="a.md").id)


async def read(client: MistralCore, document: Any = PDF, **more: Any) -> OCRResponse:
    """Return the OCR response for a document."""
    return (await ocr_process(client, model=None, document=document, **more)).unwrap()


async def first_page(client: MistralCore, document: Any = PDF, **more: Any) -> OCRPageObject:
    """Return the first page of an OCR response."""
    return (await read(client, document, **more)).pages[0]


def refused(result: Result[object, Failure]) -> SDKError | HTTPValidationError:
    """Return the error of a refused call."""
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError | HTTPValidationError)
    return result.error


def kinds(page: OCRPageObject) -> list[str]:
    """Return the kinds of the blocks of a page."""
    return [str(getattr(block, "type", None)) for block in page.blocks or ()]


async def test_a_url_is_not_fetched(client: MistralCore) -> None:
    """The response has three pages, each with a title, a text, a table and an image."""
    response = await read(client)
    assert response == await read(client)
    assert response.model == "mistral-ocr-latest"
    assert (response.usage_info.pages_processed, response.usage_info.doc_size_bytes) == (3, None)
    assert [page.index for page in response.pages] == [0, 1, 2]
    page = response.pages[1]
    assert page.markdown == (
        "report.pdf\n\n# report.pdf\n\n"
        "This is page 2 of it, as the [sandbox](https://docs.mistral.ai/) reads it.\n\n"
        "| page | of |\n| --- | --- |\n| 2 | 3 |\n\n"
        "![img-1.png](img-1.png)\n\n2 of 3"
    )
    assert page.hyperlinks == ["https://docs.mistral.ai/"]
    assert (page.header, page.footer, page.tables, page.confidence_scores) == (None, None, [], None)
    assert page.dimensions == OCRPageDimensions(dpi=100, height=1100, width=850)
    assert kinds(page) == ["header", "title", "text", "table", "image", "footer"]
    assert response.document_annotation is None


@pytest.mark.parametrize(
    ("document", "name", "pages"),
    [
        (DocumentURLChunk(document_url="https://a/b/", document_name="c.pdf"), "c.pdf", 3),
        (DocumentURLChunk(document_url="https://a/b/"), "b", 3),
        (DocumentURLChunk(document_url="data:application/pdf;base64,AA=="), "8270caf0", 3),
        (ImageURLChunk(image_url="https://a/b.png"), "b.png", 1),
        (ImageURLChunk(image_url=ImageURL(url="https://a/b.png")), "b.png", 1),
    ],
)
async def test_each_kind_of_document_is_read(
    document: Any, name: str, pages: int, here: MistralCore
) -> None:
    """An image has one page."""
    response = await read(here, document, extract_header=True)
    assert [page.header for page in response.pages] == [name] * pages


async def test_a_text_file_is_read_literally(client: MistralCore, text_file: FileChunk) -> None:
    """A form feed ends a page. The start of a paragraph decides its kind."""
    response = await read(client, text_file, extract_header=True, extract_footer=True)
    first, second = response.pages
    assert first.markdown == TEXT.partition("\f")[0].strip()
    assert (first.header, first.footer) == ("a.md", "1 of 2")
    assert kinds(first) == [
        *("header", "title", "text", "list", "table"),
        *("code", "equation", "image", "image", "footer"),
    ]
    assert [image.id for image in first.images] == ["a.png", "b.png"]
    assert first.hyperlinks == ["https://example.com/a"]
    assert (second.markdown, second.images) == ("The second page.", [])
    assert response.usage_info.doc_size_bytes == len(TEXT)


@pytest.mark.parametrize("content", [b"%PDF-1.7 text", b"\x89PNG\r\n\xff", b"a\0b", b""])
async def test_a_binary_file_is_read_by_its_name(
    content: bytes, here: MistralCore, sandbox: Sandbox
) -> None:
    """Like a document at a URL."""
    file_id = store_file(sandbox.state, content=content, filename="scan.pdf").id
    response = await read(here, FileChunk(file_id=file_id))
    assert response.usage_info.doc_size_bytes == len(content)
    assert [page.markdown.partition("\n")[0] for page in response.pages] == ["scan.pdf"] * 3


async def test_a_paragraph_may_be_an_incomplete_image(here: MistralCore, sandbox: Sandbox) -> None:
    """Its text is the name. An empty page still has a header and a footer."""
    file_id = store_file(sandbox.state, content=b"![odd\f", filename="a.md").id
    odd, empty = (await read(here, FileChunk(file_id=file_id))).pages
    assert [image.id for image in odd.images] == ["![odd"]
    assert empty.markdown == "a.md\n\n2 of 2"


@pytest.mark.parametrize(
    ("pages", "indexes"),
    [
        (None, [0, 1, 2]),
        ("0", [0]),
        ("0, 2", [0, 2]),
        ("1-2", [1, 2]),
        ("0,1-1,7-9", [0, 1]),
        ([2, 0, 9], [0, 2]),
        ([], []),
    ],
)
async def test_pages_are_chosen(pages: Any, indexes: list[int], client: MistralCore) -> None:
    """By numbers and ranges. Missing pages are ignored."""
    response = await read(client, pages=pages)
    assert [page.index for page in response.pages] == indexes
    assert response.usage_info.pages_processed == len(indexes)


async def test_images_have_their_content_on_demand(client: MistralCore) -> None:
    """An image and its block have a position on the page."""
    page = await first_page(client)
    (image,) = page.images
    assert image.image_base64 is None
    (block,) = [each for each in page.blocks or () if isinstance(each, OCRImageBlock)]
    assert block.image_id == image.id == "img-0.png"
    places = ("top_left_x", "top_left_y", "bottom_right_x", "bottom_right_y")
    assert [getattr(block, each) for each in places] == [getattr(image, each) for each in places]
    (image,) = (await first_page(client, include_image_base64=True)).images
    head, _, data = (image.image_base64 or "").partition(",")
    assert head == "data:image/png;base64"
    assert b64decode(data, validate=True).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("limits", "count"),
    [
        ({}, 3),
        ({"image_limit": 2}, 2),
        ({"image_limit": 0}, 0),
        ({"image_min_size": 90}, 3),
        ({"image_min_size": 91}, 0),
    ],
)
async def test_images_are_limited(limits: Any, count: int, here: MistralCore) -> None:
    """In number over all pages, and in size."""
    response = await read(here, **limits)
    assert sum(len(page.images) for page in response.pages) == count


async def test_tables_are_separate_on_demand(client: MistralCore, text_file: FileChunk) -> None:
    """The text and the block refer to them by ID."""
    page = await first_page(client, text_file, table_format="html")
    (table,) = page.tables
    assert (table.id, table.format) == ("tbl-0.html", "html")
    assert table.content == (
        "<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>&lt;2&gt;</td></tr></table>"
    )
    assert "[tbl-0.html](tbl-0.html)" in page.markdown
    assert "| a |" not in page.markdown
    (block,) = [each for each in page.blocks or () if isinstance(each, OCRTableBlock)]
    assert block.table_id == table.id
    page = await first_page(client, text_file, table_format="markdown")
    assert page.tables[0].id == "tbl-0.md"
    assert (page.tables[0].content or "").startswith("| a | b |")
    assert page.tables[0].word_confidence_scores is None


def block_scores(blocks: list[OCRBlock] | None) -> list[object]:
    """Return the confidence of each text block."""
    return [each.confidence_scores for each in blocks or () if isinstance(each, OCRTextBlock)]


async def test_confidence_has_the_requested_granularity(client: MistralCore) -> None:
    """Per page, block or word. Words have their position in the text."""
    page = await first_page(client, confidence_scores_granularity="page")
    scores = page.confidence_scores
    assert scores is not None
    assert 0.9 <= (scores.minimum_page_confidence_score or 0) <= 1
    assert scores.word_confidence_scores is None
    assert block_scores(page.blocks) == [None]
    page = await first_page(client, confidence_scores_granularity="block")
    assert None not in block_scores(page.blocks)
    page = await first_page(client, confidence_scores_granularity="word", table_format="html")
    words = page.confidence_scores and page.confidence_scores.word_confidence_scores
    for word in words or ():
        assert page.markdown[word.start_index or 0 :].startswith(word.text or "?")
    assert len(words or ()) == len(page.markdown.split())
    assert page.tables[0].word_confidence_scores


async def test_an_empty_page_has_full_confidence(here: MistralCore, sandbox: Sandbox) -> None:
    """It has no words."""
    file_id = store_file(sandbox.state, content=b" \n", filename="a.md").id
    more = {"extract_header": True, "extract_footer": True}
    page = await first_page(
        here, FileChunk(file_id=file_id), confidence_scores_granularity="page", **more
    )
    assert page.markdown == ""
    assert page.confidence_scores is not None
    assert page.confidence_scores.average_page_confidence_score == 1


async def test_blocks_may_be_left_out(here: MistralCore) -> None:
    """They are numerous."""
    assert (await first_page(here, include_blocks=False)).blocks is None


SCHEMA = {
    "type": "json_schema",
    "json_schema": {
        "name": "about",
        "schema": {
            "type": "object",
            "properties": {"title": {"type": "string"}, "pages": {"type": "integer"}},
        },
    },
}


async def test_annotations_fit_their_schemas(client: MistralCore) -> None:
    """Annotations of the document, and of each image."""
    response = await read(
        client,
        document_annotation_format=SCHEMA,
        document_annotation_prompt="What is it?",
        bbox_annotation_format=SCHEMA,
    )
    expected = {"title": "title", "pages": 1}
    assert json.loads(response.document_annotation or "") == expected
    for page in response.pages:
        assert [json.loads(image.image_annotation or "") for image in page.images] == [expected]


REFUSED: dict[str, tuple[dict[str, Any], int, str]] = {
    "an unknown file": ({"document": FileChunk(file_id="f")}, 404, "No file matches"),
    "an unknown kind of document": ({"document": {"type": "audio"}}, 422, "has an unknown type"),
    "no document": ({"document": None}, 422, "document"),
    "a model that cannot read": ({"model": "mistral-embed"}, 400, "Invalid model"),
    "invalid ranges of pages": ({"pages": "first"}, 422, "numbers and ranges"),
    "a prompt without a format": (
        {"document_annotation_prompt": "Who?"},
        422,
        "A document_annotation_format must be provided",
    ),
    "a format without a schema": (
        {"document_annotation_format": {"type": "json_object"}},
        422,
        "Only json_schema is valid",
    ),
    "a missing schema": (
        {"bbox_annotation_format": {"type": "json_schema"}},
        422,
        "Only json_schema is valid",
    ),
    "an unsupported schema": (
        {
            "document_annotation_format": {
                "type": "json_schema",
                "json_schema": {"name": "n", "schema": {"$ref": "#/nowhere"}},
            }
        },
        400,
        "is not supported",
    ),
    "an unknown format of tables": ({"table_format": "latex"}, 422, "table_format"),
}
"""Invalid arguments, and the status and message of the refusal."""


@pytest.mark.parametrize("row", REFUSED)
async def test_an_invalid_request_is_refused(row: str, client: MistralCore) -> None:
    """With the message of the API, or the invalid field."""
    changes, status, message = REFUSED[row]
    wanted: dict[str, Any] = {"model": None, "document": PDF, **changes}
    error = refused(await ocr_process(client, **wanted))
    assert error.status == status
    assert message in error.body.decode()
