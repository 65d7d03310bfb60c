r"""Files: upload, download, list and delete.

Upload bytes, a path, an open binary file (`BytesIO`, `SpooledTemporaryFile`, an upload of your web
framework), or an asynchronous iterable of bytes. `File` adds a name, a content type and a progress
function:

```python
import asyncio
from pathlib import Path

from mistral_core import Err, File, MistralCore, Ok
from mistral_funcs import files_delete, files_download, files_list, files_upload, paginate
from mistral_funcs.schemas import FileSchema


def progress(sent: int, size: int | None) -> None:
    print(f"{sent} of {size} bytes")


async def main() -> None:
    Path("train.jsonl").write_text('{"messages": [{"role": "user", "content": "Hello"}]}\n')
    async with MistralCore() as client:
        file = File(Path("train.jsonl"), progress=progress)
        uploaded = (await files_upload(client, file=file, purpose="fine-tune")).unwrap()

        download = (await files_download(client, uploaded.id)).unwrap()
        match await download.save("copy.jsonl"):  # or read(), or chunks with `async with`
            case Ok(path):
                print(path, "is complete")
            case Err(error):
                print(error)  # and no partial file is left

        async for item in paginate(files_list, client, page_size=50):  # over any paged list
            if isinstance(item, Err):
                print(item.error)  # the last item
            elif isinstance(item.value, FileSchema):
                print(item.value.filename)

        await files_delete(client, uploaded.id)


asyncio.run(main())
```

## Uploads

An upload is streamed in chunks, never kept in memory, and read again for each attempt. Content
that can be read only once is sent only once. An open file is uploaded from its position. A file
that is at its end, and a pipe or a generator that yields nothing, are an `InvalidRequestError`.
The API accepts files of up to 512 MB.

## Downloads

`save` replaces a regular file when the download is complete, and the file keeps its permissions.
Symbolic links are followed; a named pipe or a device is opened and written. `max_bytes=` limits
what `save` and `read` accept, counted after decompression.

The deadline of a call, 600 seconds by default, includes the upload, and `read` or `save`. Allow
more for large files over slow connections: `options=RequestOptions(timeout=3600)`.

## Pages

`paginate` yields the items of any list, whether the API pages it by number, by offset, by cursor or
not at all. It requests the next page when it is needed.
"""
