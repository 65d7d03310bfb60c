"""Schemas of the OCR operations.

Responses have no required fields, because older and self-hosted servers omit some of them.
"""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown


@final
@attrs.frozen(kw_only=True)
class OCRConfidenceScore(Schema):
    """The confidence in a word.

    Attributes:
        text: The word.
        confidence: Confidence, from 0 to 1.
        start_index: Index of the first character in the text.
    """

    text: str | None = None
    confidence: float | None = None
    start_index: int | None = None


# ------------------------------------------------------------------------- the blocks of a page


@final
@attrs.frozen(kw_only=True)
class OCRBlockConfidenceScores(Schema):
    """The confidence in a block. `None` if it could not be computed.

    Attributes:
        average_content_confidence_score: Average confidence of the content, from 0 to 1.
        minimum_content_confidence_score: Lowest confidence in the content, from 0 to 1.
        block_type_confidence_score: Confidence in the block type, from 0 to 1.
    """

    average_content_confidence_score: float | None = None
    minimum_content_confidence_score: float | None = None
    block_type_confidence_score: float | None = None


@attrs.frozen(kw_only=True)
class _Block(Schema):
    """Base class for blocks: a position on the page, in pixels, and its content.

    Attributes:
        top_left_x: Left edge.
        top_left_y: Top edge.
        bottom_right_x: Right edge.
        bottom_right_y: Bottom edge.
        content: Text of the block.
        confidence_scores: Confidence scores, if requested.
    """

    top_left_x: int | None = None
    top_left_y: int | None = None
    bottom_right_x: int | None = None
    bottom_right_y: int | None = None
    content: str | None = None
    confidence_scores: OCRBlockConfidenceScores | None = None


@final
@attrs.frozen(kw_only=True)
class OCRTextBlock(_Block):
    """A paragraph.

    Attributes:
        type: `"text"`.
    """

    type: Literal["text"] = "text"


@final
@attrs.frozen(kw_only=True)
class OCRListBlock(_Block):
    """A list.

    Attributes:
        type: `"list"`.
    """

    type: Literal["list"] = "list"


@final
@attrs.frozen(kw_only=True)
class OCRImageBlock(_Block):
    """An image.

    Attributes:
        type: `"image"`.
        image_id: ID of the image in the page's `images`.
    """

    type: Literal["image"] = "image"
    image_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class OCRTableBlock(_Block):
    """A table.

    Attributes:
        type: `"table"`.
        table_id: ID of the table in the page's `tables`.
    """

    type: Literal["table"] = "table"
    table_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class OCRTitleBlock(_Block):
    """A title.

    Attributes:
        type: `"title"`.
    """

    type: Literal["title"] = "title"


@final
@attrs.frozen(kw_only=True)
class OCREquationBlock(_Block):
    """An equation.

    Attributes:
        type: `"equation"`.
    """

    type: Literal["equation"] = "equation"


@final
@attrs.frozen(kw_only=True)
class OCRCaptionBlock(_Block):
    """The caption of an image or table.

    Attributes:
        type: `"caption"`.
    """

    type: Literal["caption"] = "caption"


@final
@attrs.frozen(kw_only=True)
class OCRCodeBlock(_Block):
    """A code block.

    Attributes:
        type: `"code"`.
    """

    type: Literal["code"] = "code"


@final
@attrs.frozen(kw_only=True)
class OCRReferencesBlock(_Block):
    """A list of references.

    Attributes:
        type: `"references"`.
    """

    type: Literal["references"] = "references"


@final
@attrs.frozen(kw_only=True)
class OCRAsideTextBlock(_Block):
    """Text beside the main content.

    Attributes:
        type: `"aside_text"`.
    """

    type: Literal["aside_text"] = "aside_text"


@final
@attrs.frozen(kw_only=True)
class OCRHeaderBlock(_Block):
    """A page header.

    Attributes:
        type: `"header"`.
    """

    type: Literal["header"] = "header"


@final
@attrs.frozen(kw_only=True)
class OCRFooterBlock(_Block):
    """A page footer.

    Attributes:
        type: `"footer"`.
    """

    type: Literal["footer"] = "footer"


@final
@attrs.frozen(kw_only=True)
class OCRSignatureBlock(_Block):
    """A signature. The content is the name, if it can be read.

    Attributes:
        type: `"signature"`.
    """

    type: Literal["signature"] = "signature"


OCRBlock: TypeAlias = (
    OCRTextBlock
    | OCRListBlock
    | OCRImageBlock
    | OCRTableBlock
    | OCRTitleBlock
    | OCREquationBlock
    | OCRCaptionBlock
    | OCRCodeBlock
    | OCRReferencesBlock
    | OCRAsideTextBlock
    | OCRHeaderBlock
    | OCRFooterBlock
    | OCRSignatureBlock
    | Unknown
)
"""A block of a page, discriminated by `type`."""


# ------------------------------------------------------------------------------------- the pages


@final
@attrs.frozen(kw_only=True)
class OCRImageObject(Schema):
    """An image on a page.

    Attributes:
        id: ID used in the page's text. Empty if the server sent none.
        top_left_x: Left edge, in pixels.
        top_left_y: Top edge, in pixels.
        bottom_right_x: Right edge, in pixels.
        bottom_right_y: Bottom edge, in pixels.
        image_base64: The image as a `data:` URL, if requested.
        image_annotation: Annotation of the image as a JSON string, if requested.
    """

    id: str = ""
    top_left_x: int | None = None
    top_left_y: int | None = None
    bottom_right_x: int | None = None
    bottom_right_y: int | None = None
    image_base64: str | None = attrs.field(default=None, repr=False)
    image_annotation: str | None = None


@final
@attrs.frozen(kw_only=True)
class OCRTableObject(Schema):
    """A table on a page.

    Attributes:
        id: ID used in the page's text. Empty if the server sent none.
        content: The table, in `format`.
        format: Format of the content.
        word_confidence_scores: Confidence of each word, if requested.
    """

    id: str = ""
    content: str | None = None
    format: Literal["markdown", "html"] | str | None = None
    word_confidence_scores: list[OCRConfidenceScore] | None = None


@final
@attrs.frozen(kw_only=True)
class OCRPageDimensions(Schema):
    """The dimensions of a page image.

    Attributes:
        dpi: Resolution in dots per inch.
        height: Height in pixels.
        width: Width in pixels.
    """

    dpi: int | None = None
    height: int | None = None
    width: int | None = None


@final
@attrs.frozen(kw_only=True)
class OCRPageConfidenceScores(Schema):
    """The confidence in the text of a page.

    Attributes:
        word_confidence_scores: Confidence of each word, if requested.
        average_page_confidence_score: Average confidence of the page, from 0 to 1.
        minimum_page_confidence_score: Lowest confidence on the page, from 0 to 1.
    """

    word_confidence_scores: list[OCRConfidenceScore] | None = None
    average_page_confidence_score: float | None = None
    minimum_page_confidence_score: float | None = None


@final
@attrs.frozen(kw_only=True)
class OCRPageObject(Schema):
    """A page.

    Attributes:
        index: Page number, from 0.
        markdown: Text of the page in Markdown. Refers to images and tables by their IDs.
        images: Images on the page.
        tables: Tables on the page, if requested separately.
        hyperlinks: Links on the page.
        header: Page header, if requested.
        footer: Page footer, if requested.
        dimensions: Dimensions of the page image.
        confidence_scores: Confidence scores, if requested.
        blocks: Blocks of the page, in reading order.
    """

    index: int | None = None
    markdown: str = ""
    images: list[OCRImageObject] = attrs.field(factory=list[OCRImageObject])
    tables: list[OCRTableObject] = attrs.field(factory=list[OCRTableObject])
    hyperlinks: list[str] = attrs.field(factory=list[str])
    header: str | None = None
    footer: str | None = None
    dimensions: OCRPageDimensions | None = None
    confidence_scores: OCRPageConfidenceScores | None = None
    blocks: list[OCRBlock] | None = None


@final
@attrs.frozen(kw_only=True)
class OCRUsageInfo(Schema):
    """Usage of an OCR request.

    Attributes:
        pages_processed: Number of processed pages.
        doc_size_bytes: Size of the document in bytes.
    """

    pages_processed: int | None = None
    doc_size_bytes: int | None = None


@final
@attrs.frozen(kw_only=True)
class OCRResponse(Schema):
    """The extracted content of a document.

    Attributes:
        pages: The pages.
        model: ID of the model.
        document_annotation: Annotation of the document as a JSON string, if requested.
        usage_info: Usage of the request.
    """

    pages: list[OCRPageObject] = attrs.field(factory=list[OCRPageObject])
    model: str | None = None
    document_annotation: str | None = None
    usage_info: OCRUsageInfo = attrs.field(factory=OCRUsageInfo)
