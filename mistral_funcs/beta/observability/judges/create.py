"""POST /v1/observability/judges."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.judges import Judge, JudgeOutputSpec


@operation("POST", "/v1/observability/judges", returns=JSON(Judge))
async def beta_observability_judges_create(
    client: MistralCore,
    *,
    name: str,
    description: str,
    model_name: str,
    output: JudgeOutputSpec | Mapping[str, Any],
    instructions: str,
    tools: Sequence[str],
    options: RequestOptions | None = None,
) -> Result[Judge, Failure]:
    """Create a judge.

    Args:
        client: The client that sends the request.
        name: Name of the judge, at most 50 characters.
        description: Description of the judge, at most 500 characters.
        model_name: ID of the model, at most 500 characters.
        output: Output of the judge.
        instructions: Instructions for the judge, at most 10,000 characters.
        tools: Names of the tools that the judge may use.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The new judge.
    """
    ...
