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
    """List the files, one page of them.

    Args:
        client: The client to call through.
        page: The number of the page, from 0.
        page_size: The most files on a page.
        include_total: Whether the answer says how many files there are.
        sample_type: Only the files whose lines are one of these.
        source: Only the files that come from one of these.
        search: Only the files that have this text in their name.
        purpose: Only the files that are for this.
        mimetypes: Only the files of one of these media types.
        options: What this one call does differently.

    Returns:
        The page. A file that cannot be read stands in it as `Unknown`, and fails nothing.
    """
    ...
