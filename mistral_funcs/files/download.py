"""GET /v1/files/{file_id}/content."""

from mistral_core import Binary, ByteStream, Failure, MistralCore, RequestOptions, Result, operation


@operation("GET", "/v1/files/{file_id}/content", returns=Binary())
async def files_download(
    client: MistralCore,
    file_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ByteStream, Failure]:
    """Download a file.

    Args:
        client: The client to call through.
        file_id: The id of the file.
        options: What this one call does differently. A large file over a slow line may need more
            than the deadline of the client.

    Returns:
        The content as a stream: `await stream.save(path)` writes it to a file and
        `await stream.read()` returns it. Both accept a limit, `max_bytes`.
    """
    ...
