"""GET /v1/observability/judges."""

from collections.abc import Sequence
from typing import Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.judges import ListJudgesResponse


@operation("GET", "/v1/observability/judges", returns=JSON(ListJudgesResponse))
async def beta_observability_judges_list(
    client: MistralCore,
    *,
    type_filter: Sequence[Literal["REGRESSION", "CLASSIFICATION"] | str] | None = None,
    model_filter: Sequence[str] | None = None,
    page_size: int | None = None,
    page: int = 1,
    q: str | None = None,
    options: RequestOptions | None = None,
) -> Result[ListJudgesResponse, Failure]:
    """List judges.

    Args:
        client: The client that sends the request.
        type_filter: Return only the judges with one of these types of output.
        model_filter: Return only the judges with one of these models.
        page_size: Maximum number of items per page, from 0 to 100. Defaults to 50.
        page: Page number, from 1. Defaults to 1.
        q: Return only the judges that contain this text.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of judges. Entries that cannot be parsed are `Unknown`.
    """
    ...
