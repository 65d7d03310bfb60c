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
    """Read a document or an image.

    Args:
        client: The client to call through.
        model: The id of the model, such as `"mistral-ocr-latest"`; `None` leaves it to the API.
        document: What to read: an uploaded file, or the URL of a document or an image.
        pages: The pages to read, from 0: their numbers, or text such as `"0,2-4"`; by default all.
        include_image_base64: Whether the images in it are part of the answer.
        image_limit: The most images to take out.
        image_min_size: The least height and width of an image to take out, in pixels.
        bbox_annotation_format: The JSON schema of what is asked about each image.
        document_annotation_format: The JSON schema of what is asked about the document.
        document_annotation_prompt: What helps to answer that.
        table_format: What tables are written in, apart from the text; by default they are in it.
        extract_header: Whether the header of a page is apart from its text.
        extract_footer: Whether the footer of a page is apart from its text.
        include_blocks: Whether the answer has the parts of each page; by default it has.
        confidence_scores_granularity: What the answer tells the sureness of; by default nothing.
        options: What this one call does differently.

    Returns:
        What was read, page by page.
    """
    ...
