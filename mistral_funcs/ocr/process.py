"""POST /v1/ocr."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from mistral_core import (
    JSON,
    UNSET,
    Failure,
    MistralCore,
    RequestOptions,
    Result,
    Unset,
    operation,
)
from mistral_funcs.schemas.ocr import OCRResponse
from mistral_funcs.schemas.shared.chunks import DocumentURLChunk, FileChunk, ImageURLChunk
from mistral_funcs.schemas.shared.completions import ResponseFormat


@operation("POST", "/v1/ocr", returns=JSON(OCRResponse))
async def ocr_process(
    client: MistralCore,
    *,
    model: str | None,
    document: FileChunk | DocumentURLChunk | ImageURLChunk | Mapping[str, Any],
    pages: str | Sequence[int] | None | Unset = UNSET,
    include_image_base64: bool | None | Unset = UNSET,
    image_limit: int | None | Unset = UNSET,
    image_min_size: int | None | Unset = UNSET,
    bbox_annotation_format: ResponseFormat | Mapping[str, Any] | None | Unset = UNSET,
    document_annotation_format: ResponseFormat | Mapping[str, Any] | None | Unset = UNSET,
    document_annotation_prompt: str | None | Unset = UNSET,
    table_format: Literal["markdown", "html"] | str | None | Unset = UNSET,
    extract_header: bool | None = None,
    extract_footer: bool | None = None,
    include_blocks: bool | None = None,
    confidence_scores_granularity: Literal["word", "page", "block"] | str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[OCRResponse, Failure]:
    """Extract the text and images of a document.

    Args:
        client: The client to use.
        model: ID of the model, such as `"mistral-ocr-latest"`. `None` uses the API's default.
        document: The document: an uploaded file, or the URL of a document or image.
        pages: Page numbers from 0, as a list or a string such as `"0,2-4"`. Defaults to all pages.
        include_image_base64: Whether to include the extracted images in the response.
        image_limit: Maximum number of images to extract.
        image_min_size: Minimum height and width of extracted images, in pixels.
        bbox_annotation_format: JSON schema of the annotation of each image.
        document_annotation_format: JSON schema of the annotation of the document.
        document_annotation_prompt: Instructions for the annotation of the document. Requires
            `document_annotation_format`.
        table_format: Format of separately returned tables. By default, tables are part of the page
            text.
        extract_header: Whether to return page headers separately from the text. Defaults to false.
        extract_footer: Whether to return page footers separately from the text. Defaults to false.
        include_blocks: Whether to return the blocks of each page. Defaults to true.
        confidence_scores_granularity: Level at which to return confidence scores. Defaults to none.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The extracted pages.
    """
    ...
