"""The error of a run, with everything done before it."""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Failure, MistralError
from mistral_funcs.toolkit.runs.run_state import RunState

__all__ = ["RunError", "RunErrorReason"]

RunErrorReason: TypeAlias = Literal["request", "tool", "tools", "max_turns", "failed_turns"]
"""Why a run ended without a final response."""


@final
@attrs.frozen(getstate_setstate=False)
class RunError(MistralError):
    """A run that ended without a final response.

    `state` contains everything done so far. To continue, append a user message to
    `state.messages`; after a temporary failure, resume the run with `tools.resume(state)`.

    Attributes:
        message: Why the run ended.
        reason: `"request"`: a request failed, see `failure`. `"tool"`: a tool failed, see
            `__cause__`. `"tools"`: the tools or the resumed state are invalid. `"max_turns"`: the
            limit of turns was reached. `"failed_turns"`: no call succeeded for several turns.
        state: Everything done so far.
        failure: The failure of the request.
    """

    message: str
    reason: RunErrorReason
    state: RunState
    failure: Failure | None = None

    @property
    def retryable(self) -> bool:
        """Whether resuming the run may succeed later."""
        return self.failure is not None and self.failure.retryable
