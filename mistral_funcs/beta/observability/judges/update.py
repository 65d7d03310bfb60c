"""PUT /v1/observability/judges/{judge_id}."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.judges import JudgeOutputSpec


@operation("PUT", "/v1/observability/judges/{judge_id}", returns=NoContent())
async def beta_observability_judges_update(
    client: MistralCore,
    judge_id: str,
    *,
    name: str,
    description: str,
    model_name: str,
    output: JudgeOutputSpec | Mapping[str, Any],
    instructions: str,
    tools: Sequence[str],
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Replace a judge.

    Args:
        client: The client that sends the request.
        judge_id: ID of the judge.
        name: Name of the judge, at most 50 characters.
        description: Description of the judge, at most 500 characters.
        model_name: ID of the model, at most 500 characters.
        output: Output of the judge.
        instructions: Instructions for the judge, at most 10,000 characters.
        tools: Names of the tools that the judge may use.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
