r"""OCR: read documents and images, and write them as Markdown.

Read a local file: `document_of` prepares it, and `save_ocr` writes the response to a folder:

```python
import asyncio
from pathlib import Path

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import document_of, ocr_process, save_ocr


async def main() -> None:
    path = Path("invoice.txt")
    path.write_text("# Invoice 17\n\nTotal: 12 EUR\n")
    async with MistralCore() as client:
        document = (await document_of(client, path)).unwrap()
        response = await ocr_process(
            client, model="mistral-ocr-latest", document=document, include_image_base64=True
        )
        match await save_ocr(response.unwrap(), "texts", name=path.name):
            case Ok(saved):
                print(saved.read_text())
            case Err(error):
                print(error)


asyncio.run(main())
```

`document_of` takes bytes, a path, an open file or an async iterable of bytes, and returns a
`LocalDocument`: a chunk for the `document` of `ocr_process`, or for a message. Up to 4 MiB
(`max_inline`) it is a data URL, which takes several times the size of the file in memory. A larger
file is uploaded, and kept unless `expiry` sets the hours until the server deletes it. Images
become `image_url` chunks, PDFs and office files `document_url` or `file` chunks.

For a document that is already on the web or uploaded, pass its chunk yourself:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import ocr_process
from mistral_funcs.schemas import DocumentURLChunk


async def main() -> None:
    document = DocumentURLChunk(document_url="https://example.com/report.pdf")
    async with MistralCore() as client:
        response = await ocr_process(
            client, model="mistral-ocr-latest", document=document, pages="0,2-4"
        )
        for page in response.unwrap().pages:
            print(page.markdown)


asyncio.run(main())
```

`save_ocr` writes one Markdown file, with the images of `include_image_base64=True` beside it:
`report.md` has `report-1.jpeg`. Images are named after the document and numbered, whatever the
server calls them. The Markdown file is written last, so that it is never there without its images.
Files of the same names are replaced, unless `overwrite=False`.

On the command line, a document is a path, a URL, or the ID of an uploaded file:

```console
$ mistral-funcs ocr process report.pdf --output texts
$ mistral-funcs ocr process https://example.com/report.pdf --pages 0,2-4
```

`--output` writes the same files as `save_ocr`. Existing files are replaced only with `--force`.
A local file of more than 4 MiB is uploaded, and the server deletes it after a day.
"""
