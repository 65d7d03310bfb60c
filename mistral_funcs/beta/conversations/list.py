"""GET /v1/conversations."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, Unknown, operation
from mistral_funcs.schemas.beta.conversations.conversation import (
    AgentConversation,
    ModelConversation,
)


@operation(
    "GET",
    "/v1/conversations",
    returns=JSON(list[AgentConversation | ModelConversation | Unknown]),
    json_text=["metadata"],
)
async def beta_conversations_list(
    client: MistralCore,
    *,
    page: int | None = None,
    page_size: int | None = None,
    metadata: Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Result[list[AgentConversation | ModelConversation | Unknown], Failure]:
    """List conversations.

    Args:
        client: The client that sends the request.
        page: Page number, from 0. Defaults to 0.
        page_size: Maximum number of items per page. Defaults to 100.
        metadata: Return only the conversations with this metadata.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of conversations. Entries that cannot be parsed are `Unknown`.
    """
    ...
