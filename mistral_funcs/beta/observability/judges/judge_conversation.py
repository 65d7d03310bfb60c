"""POST /v1/observability/judges/{judge_id}/live-judging."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.observability.judges import JudgeOutput


@operation("POST", "/v1/observability/judges/{judge_id}/live-judging", returns=JSON(JudgeOutput))
async def beta_observability_judges_judge_conversation(
    client: MistralCore,
    judge_id: str,
    *,
    messages: Sequence[Mapping[str, Any]],
    properties: Mapping[str, Any] | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[JudgeOutput, Failure]:
    """Judge a conversation.

    Args:
        client: The client that sends the request.
        judge_id: ID of the judge.
        messages: Messages of the conversation.
        properties: Properties of the conversation.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The judgment.
    """
    ...
