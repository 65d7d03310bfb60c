"""GET /v1/files/{file_id}/content."""

from mistral_core import Binary, ByteStream, Failure, MistralCore, RequestOptions, Result, operation


@operation("GET", "/v1/files/{file_id}/content", returns=Binary())
async def files_download(
    client: MistralCore,
    file_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ByteStream, Failure]:
    """Download the content of a file.

    Args:
        client: The client to use.
        file_id: ID of the file.
        options: Per-call overrides: headers, timeout, retries, server URL. A large file on a slow
            connection may need a longer timeout than the client's.

    Returns:
        The content as a stream. `await stream.save(path)` writes it to a file;
        `await stream.read()` returns its bytes. Both accept a size limit, `max_bytes`.
    """
    ...
