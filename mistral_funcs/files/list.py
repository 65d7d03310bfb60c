"""GET /v1/files."""

from collections.abc import Sequence

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.files import FilePurpose, ListFilesResponse, SampleType, Source


@operation("GET", "/v1/files", returns=JSON(ListFilesResponse))
async def files_list(
    client: MistralCore,
    *,
    page: int | None = None,
    page_size: int | None = None,
    include_total: bool | None = None,
    sample_type: Sequence[SampleType] | None = None,
    source: Sequence[Source] | None = None,
    search: str | None = None,
    purpose: FilePurpose | None = None,
    mimetypes: Sequence[str] | None = None,
    options: RequestOptions | None = None,
) -> Result[ListFilesResponse, Failure]:
    """List files, one page at a time.

    Args:
        client: The client to use.
        page: Page number, from 0.
        page_size: Maximum number of files per page. Defaults to 100.
        include_total: Whether to include the total number of files. Defaults to true.
        sample_type: Return only files with these kinds of samples.
        source: Return only files from these sources.
        search: Return only files whose name contains this string.
        purpose: Return only files with this purpose.
        mimetypes: Return only files with these media types.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of files. Entries that cannot be parsed are `Unknown`.
    """
    ...
