"""Responses of 100 MB, as for a document of many scanned pages with images."""

import asyncio
import json
import sys

import pytest

from tests.client.raw_server import http
from tests.faults.fault_server import misbehaving, says

PAGES, IMAGE = 100, "A" * 1_000_000
MEASURE = """
import asyncio, re, sys
from mistral_core import MistralCore
from mistral_funcs import ocr_process

async def main(url):
    async with MistralCore("key", server_url=url) as client:
        document = {"type": "document_url", "document_url": "https://example.com/scan.pdf"}
        answer = await ocr_process(client, model="mistral-ocr-latest", document=document)
        pages = answer.unwrap().pages
        print(len(pages), len(pages[-1].images[0].image_base64))
        status = open("/proc/self/status").read()
        print(int(re.search(r"VmHWM:\\s+(\\d+)", status).group(1)) // 1024)

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
async def test_a_response_of_100_mb_is_read_in_bounded_memory() -> None:
    """In little more than its bytes, its text and its images need together."""
    image = {"id": "i", "image_base64": IMAGE}
    pages = [{"index": each, "markdown": "# text", "images": [image]} for each in range(PAGES)]
    body = json.dumps({"model": "m", "pages": pages, "usage_info": {}}).encode()
    async with misbehaving(says(http(body, "Content-Type: application/json"))) as (url, _):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", MEASURE, url, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate()
    count, size, peak = map(int, out.split())
    assert (count, size) == (PAGES, len(IMAGE))
    assert peak < 5 * len(body) // 2**20
