"""The schemas of the OCR API: what was read, page by page.

Of a response nothing is required: what older and self-hosted servers leave out fails no call.
"""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown


@final
@attrs.frozen(kw_only=True)
class OCRConfidenceScore(Schema):
    """Tell how sure a word is.

    Attributes:
        text: The word.
        confidence: How sure it is, from 0 to 1.
        start_index: Where in the text it begins.
    """

    text: str | None = None
    confidence: float | None = None
    start_index: int | None = None


# ------------------------------------------------------------------------- the blocks of a page


@final
@attrs.frozen(kw_only=True)
class OCRBlockConfidenceScores(Schema):
    """Tell how sure a block is; `None` is what could not be told.

    Attributes:
        average_content_confidence_score: The average of its content, from 0 to 1.
        minimum_content_confidence_score: The least sure word of its content.
        block_type_confidence_score: How sure its kind is.
    """

    average_content_confidence_score: float | None = None
    minimum_content_confidence_score: float | None = None
    block_type_confidence_score: float | None = None


@attrs.frozen(kw_only=True)
class _Block(Schema):
    """Hold what all blocks have: a place on the page, in pixels, and what stands there.

    Attributes:
        top_left_x: How far from the left it begins.
        top_left_y: How far from the top it begins.
        bottom_right_x: How far from the left it ends.
        bottom_right_y: How far from the top it ends.
        content: What stands there.
        confidence_scores: How sure that is.
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
    """Hold a paragraph.

    Attributes:
        type: `"text"`.
    """

    type: Literal["text"] = "text"


@final
@attrs.frozen(kw_only=True)
class OCRListBlock(_Block):
    """Hold a list.

    Attributes:
        type: `"list"`.
    """

    type: Literal["list"] = "list"


@final
@attrs.frozen(kw_only=True)
class OCRImageBlock(_Block):
    """Hold the place of an image.

    Attributes:
        type: `"image"`.
        image_id: The id of the image, among those of the page.
    """

    type: Literal["image"] = "image"
    image_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class OCRTableBlock(_Block):
    """Hold a table.

    Attributes:
        type: `"table"`.
        table_id: The id of the table, among those of the page.
    """

    type: Literal["table"] = "table"
    table_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class OCRTitleBlock(_Block):
    """Hold a title.

    Attributes:
        type: `"title"`.
    """

    type: Literal["title"] = "title"


@final
@attrs.frozen(kw_only=True)
class OCREquationBlock(_Block):
    """Hold an equation.

    Attributes:
        type: `"equation"`.
    """

    type: Literal["equation"] = "equation"


@final
@attrs.frozen(kw_only=True)
class OCRCaptionBlock(_Block):
    """Hold the caption of an image or table.

    Attributes:
        type: `"caption"`.
    """

    type: Literal["caption"] = "caption"


@final
@attrs.frozen(kw_only=True)
class OCRCodeBlock(_Block):
    """Hold code.

    Attributes:
        type: `"code"`.
    """

    type: Literal["code"] = "code"


@final
@attrs.frozen(kw_only=True)
class OCRReferencesBlock(_Block):
    """Hold a list of sources.

    Attributes:
        type: `"references"`.
    """

    type: Literal["references"] = "references"


@final
@attrs.frozen(kw_only=True)
class OCRAsideTextBlock(_Block):
    """Hold text that stands beside the rest.

    Attributes:
        type: `"aside_text"`.
    """

    type: Literal["aside_text"] = "aside_text"


@final
@attrs.frozen(kw_only=True)
class OCRHeaderBlock(_Block):
    """Hold the header of the page.

    Attributes:
        type: `"header"`.
    """

    type: Literal["header"] = "header"


@final
@attrs.frozen(kw_only=True)
class OCRFooterBlock(_Block):
    """Hold the footer of the page.

    Attributes:
        type: `"footer"`.
    """

    type: Literal["footer"] = "footer"


@final
@attrs.frozen(kw_only=True)
class OCRSignatureBlock(_Block):
    """Hold a signature; its content is the name, where that can be read.

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
"""A part of a page, told apart by `type`."""


# ------------------------------------------------------------------------------------- the pages


@final
@attrs.frozen(kw_only=True)
class OCRImageObject(Schema):
    """Hold an image of a page.

    Attributes:
        id: The id, by which the text names it; empty if the server sent none.
        top_left_x: Where it begins, in pixels from the left.
        top_left_y: Where it begins, in pixels from the top.
        bottom_right_x: Where it ends, in pixels from the left.
        bottom_right_y: Where it ends, in pixels from the top.
        image_base64: The image, as a `data:` URL, where it was asked for.
        image_annotation: What was asked about it, as JSON text.
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
    """Hold a table of a page.

    Attributes:
        id: The id, by which the text names it; empty if the server sent none.
        content: The table, in its format.
        format: What it is written in.
        word_confidence_scores: How sure its words are, where that was asked for.
    """

    id: str = ""
    content: str | None = None
    format: Literal["markdown", "html"] | str | None = None
    word_confidence_scores: list[OCRConfidenceScore] | None = None


@final
@attrs.frozen(kw_only=True)
class OCRPageDimensions(Schema):
    """Measure the image of a page.

    Attributes:
        dpi: Its dots per inch.
        height: Its height in pixels.
        width: Its width in pixels.
    """

    dpi: int | None = None
    height: int | None = None
    width: int | None = None


@final
@attrs.frozen(kw_only=True)
class OCRPageConfidenceScores(Schema):
    """Tell how sure a page is.

    Attributes:
        word_confidence_scores: How sure its words are, where that was asked for.
        average_page_confidence_score: The average, from 0 to 1.
        minimum_page_confidence_score: What is least sure.
    """

    word_confidence_scores: list[OCRConfidenceScore] | None = None
    average_page_confidence_score: float | None = None
    minimum_page_confidence_score: float | None = None


@final
@attrs.frozen(kw_only=True)
class OCRPageObject(Schema):
    """Hold a page.

    Attributes:
        index: Its place in the document, from 0.
        markdown: Its text, in Markdown, which names its images and tables by their ids.
        images: The images in it.
        tables: The tables in it, where they were asked for.
        hyperlinks: The links in it.
        header: Its header, where that was asked for.
        footer: Its footer, where that was asked for.
        dimensions: How large its image is.
        confidence_scores: How sure it is, where that was asked for.
        blocks: The parts of it, in the order in which they are read.
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
    """Count what was read.

    Attributes:
        pages_processed: How many pages.
        doc_size_bytes: How large the document is.
    """

    pages_processed: int | None = None
    doc_size_bytes: int | None = None


@final
@attrs.frozen(kw_only=True)
class OCRResponse(Schema):
    """Hold what was read.

    Attributes:
        pages: The pages.
        model: The model that read them.
        document_annotation: What was asked about the document, as JSON text.
        usage_info: How much was read.
    """

    pages: list[OCRPageObject] = attrs.field(factory=list[OCRPageObject])
    model: str | None = None
    document_annotation: str | None = None
    usage_info: OCRUsageInfo = attrs.field(factory=OCRUsageInfo)
