"""Decisions about tool calls that await confirmation."""

from collections.abc import Mapping
from typing import Any, TypeAlias, final

import attrs

from mistral_funcs.toolkit.runs.run_calls import RunCall
from mistral_funcs.toolkit.runs.run_state import RunState

__all__ = ["Approve", "Decision", "Reject"]


@final
@attrs.frozen
class Approve:
    """Run the call.

    Attributes:
        arguments: Arguments to use in place of the model's. The model is informed.
    """

    arguments: Mapping[str, Any] | None = None


@final
@attrs.frozen
class Reject:
    """Do not run the call.

    Attributes:
        reason: Why, for the model.
    """

    reason: str = ""


Decision: TypeAlias = Approve | Reject
"""What to do with a call that awaits confirmation."""


def decide(state: RunState, decisions: Mapping[str, Decision]) -> RunState:
    """Return a state with decisions about its pending calls.

    Raises:
        ValueError: A decision does not fit its call.
    """
    pending = {call.id: call for call in state.pending}
    if unknown := sorted(decisions.keys() - pending.keys()):
        raise ValueError(f"No call with this ID awaits confirmation: {', '.join(unknown)}")
    calls = tuple(
        _decided(call, decisions[call.id]) if call.id in decisions else call for call in state.calls
    )
    return attrs.evolve(state, calls=calls)


def _decided(call: RunCall, decision: Decision) -> RunCall:
    if isinstance(decision, Reject):
        reason = f": {decision.reason}" if decision.reason else "."
        output = None if call.at_server else f"Error: the user rejected this call{reason}"
        return attrs.evolve(call, status="rejected", output=output)
    if decision.arguments is None:
        return attrs.evolve(
            call, status="confirmed" if call.at_server else "waiting", approved=True
        )
    if call.at_server:
        raise ValueError(f"The arguments of {call.id} cannot be changed: it runs at the server")
    arguments = decision.arguments
    return attrs.evolve(call, status="waiting", arguments=arguments, approved=True, edited=True)
