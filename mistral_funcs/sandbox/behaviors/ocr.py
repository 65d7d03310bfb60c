"""OCR. Uploaded text files are read, other documents get placeholder pages."""

import json
import re
import zlib
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, NoReturn, TypeAlias

import attrs

from mistral_funcs.ocr.process import ocr_process
from mistral_funcs.sandbox.behaviors.files import find_file
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.ocr_parts import (
    HEIGHT,
    Part,
    block_of,
    confidence_of,
    parts_of,
    words_of,
)
from mistral_funcs.sandbox.behaviors.replies import fit_or_refuse
from mistral_funcs.sandbox.error_responses import refuse_body
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.ocr import (
    OCRImageObject,
    OCRPageDimensions,
    OCRPageObject,
    OCRResponse,
    OCRTableObject,
    OCRUsageInfo,
)
from mistral_funcs.schemas.shared.chunks import DocumentURLChunk, FileChunk, ImageURL, ImageURLChunk
from mistral_funcs.schemas.shared.completions import JsonSchema, ResponseFormat

Arguments: TypeAlias = Mapping[str, Any]

Document: TypeAlias = FileChunk | DocumentURLChunk | ImageURLChunk

MODEL = "mistral-ocr-latest"
SIZE = OCRPageDimensions(dpi=100, height=1100, width=850)
PAGES = 3
"""The number of pages of a document without content."""

CHOICES: Mapping[str, Sequence[str]] = {
    "table_format": ("markdown", "html"),
    "confidence_scores_granularity": ("word", "page", "block"),
}

RANGES = re.compile(r"[0-9]{1,6}(-[0-9]{1,6})?(,[0-9]{1,6}(-[0-9]{1,6})?)*")
LINK = re.compile(r"(?<!!)\[[^][]*\]\((https?://[^)]*)\)")
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWj"
    "R9awAAAABJRU5ErkJggg=="
)
"""The content of every image."""


@responds_to(ocr_process)
def process(
    state: State, document: Document, arguments: Arguments, model: str | None = None
) -> OCRResponse:
    """Read a document or an image."""
    for name, choices in CHOICES.items():
        if arguments.get(name) not in (None, *choices):
            invalid(name, f"Input should be one of {choices}", arguments[name])
    prompt = arguments.get("document_annotation_prompt")
    if prompt and not arguments.get("document_annotation_format"):
        _refuse("document_annotation_prompt", "A document_annotation_format must be provided")
    about_images = _annotation(arguments, "bbox_annotation_format")
    about_all = _annotation(arguments, "document_annotation_format")
    card = choose_model(state, model or MODEL, lambda card: card.capabilities.ocr)
    name, texts, size = _read(state, document)
    pages: list[OCRPageObject] = []
    left: int | None = arguments.get("image_limit")
    for index in _wanted(arguments.get("pages"), len(texts)):
        parts = parts_of(texts[index], name, f"{index + 1} of {len(texts)}")
        images = _images(arguments, parts, about_images)[:left]
        left = None if left is None else left - len(images)
        pages.append(_page(arguments, index, parts, images))
    return OCRResponse(
        pages=pages,
        model=card.id,
        document_annotation=about_all,
        usage_info=OCRUsageInfo(pages_processed=len(pages), doc_size_bytes=size),
    )


def _read(state: State, document: Document) -> tuple[str, list[str], int | None]:
    """Return the name of a document, the texts of its pages, and its size if known."""
    if isinstance(document, FileChunk):
        stored = find_file(state, document.file_id)
        name = stored.about.filename or document.file_id
        text = _decoded(stored.content)
        texts = text.split("\f") if text else _made_up(name, PAGES)
        return name, texts, len(stored.content)
    if isinstance(document, DocumentURLChunk):
        name = document.document_name or _name(document.document_url)
        return name, _made_up(name, PAGES), None
    image = document.image_url
    name = _name(image.url if isinstance(image, ImageURL) else image)
    return name, _made_up(name, 1), None


def _decoded(content: bytes) -> str:
    """Return the text of a file, empty if the content is binary."""
    try:
        return "" if b"\0" in content or content.startswith(b"%PDF") else content.decode()
    except UnicodeDecodeError:
        return ""


def _name(url: str) -> str:
    if url.startswith("data:"):
        return f"{zlib.crc32(url.encode()):08x}"
    return url.partition("?")[0].rstrip("/").rpartition("/")[2]


def _made_up(name: str, pages: int) -> list[str]:
    return [
        f"# {name}\n\n"
        f"This is page {number} of it, as the [sandbox](https://docs.mistral.ai/) reads it.\n\n"
        f"| page | of |\n| --- | --- |\n| {number} | {pages} |\n\n"
        f"![img-{number - 1}.png](img-{number - 1}.png)"
        for number in range(1, pages + 1)
    ]


def _wanted(pages: str | Sequence[int] | None, count: int) -> list[int]:
    """Return the requested pages. Missing pages are ignored."""
    if pages is None:
        return [*range(count)]
    if not isinstance(pages, str):
        return [index for index in range(count) if index in pages]
    compact = pages.replace(" ", "")
    if not RANGES.fullmatch(compact):
        _refuse("pages", "Input should be numbers and ranges, such as '0,2-4'")
    ranges = [each.partition("-") for each in compact.split(",")]
    return [
        index
        for index in range(count)
        if any(int(first) <= index <= int(last or first) for first, _, last in ranges)
    ]


def _page(
    arguments: Arguments, index: int, parts: list[Part], images: list[OCRImageObject]
) -> OCRPageObject:
    tables: list[OCRTableObject] = []
    if arguments.get("table_format"):
        places = [each.place for each in parts if each.kind == "table"]
        for number, place in enumerate(places):
            suffix = "html" if arguments.get("table_format") == "html" else "md"
            parts[place] = attrs.evolve(parts[place], id=f"tbl-{number}.{suffix}")
            tables.append(_table(arguments, parts[place]))
    apart = {"header": arguments.get("extract_header"), "footer": arguments.get("extract_footer")}
    markdown = "\n\n".join(_shown(each) for each in parts if not apart.get(each.kind))
    granularity = arguments.get("confidence_scores_granularity")
    sure = granularity == "block"
    return OCRPageObject(
        index=index,
        markdown=markdown,
        images=images,
        tables=tables,
        hyperlinks=LINK.findall(markdown),
        header=parts[0].content if arguments.get("extract_header") else None,
        footer=parts[-1].content if arguments.get("extract_footer") else None,
        dimensions=SIZE,
        confidence_scores=granularity and confidence_of(markdown, by_word=granularity == "word"),
        blocks=[block_of(each, sure=sure) for each in parts]
        if arguments.get("include_blocks") is not False
        else None,
    )


def _shown(part: Part) -> str:
    """Return a part as Markdown. A separately returned table becomes a link to its id."""
    return f"[{part.id}]({part.id})" if part.kind == "table" and part.id else part.content


def _images(
    arguments: Arguments, parts: list[Part], annotation: str | None
) -> list[OCRImageObject]:
    return [
        OCRImageObject(
            id=part.id or "",
            **part.box,
            image_base64=PIXEL if arguments.get("include_image_base64") else None,
            image_annotation=annotation,
        )
        for part in parts
        if part.kind == "image" and (arguments.get("image_min_size") or 0) <= HEIGHT
    ]


def _table(arguments: Arguments, part: Part) -> OCRTableObject:
    content = _html(part.content) if arguments.get("table_format") == "html" else part.content
    by_word = arguments.get("confidence_scores_granularity") == "word"
    return OCRTableObject(
        id=part.id or "",
        content=content,
        format=arguments.get("table_format"),
        word_confidence_scores=words_of(content) if by_word else None,
    )


def _html(markdown: str) -> str:
    lines = [line.strip().strip("|").split("|") for line in markdown.splitlines()]
    rows = [cells for cells in lines if not all(set(cell.strip()) <= {"-", ":"} for cell in cells)]
    cells = ["".join(f"<td>{escape(cell.strip())}</td>" for cell in row) for row in rows]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def _annotation(arguments: Arguments, field: str) -> str | None:
    """Return JSON that fits the schema of an annotation."""
    wanted: ResponseFormat | None = arguments.get(field)
    if wanted is None:
        return None
    if wanted.type != "json_schema" or not isinstance(wanted.json_schema, JsonSchema):
        _refuse(field, "Only json_schema is valid for this field")
    return json.dumps(fit_or_refuse(wanted.json_schema.schema), ensure_ascii=False)


def _refuse(field: str, message: str) -> NoReturn:
    refuse_body("value_error", ["body", field], f"Value error, {message}.", {})
