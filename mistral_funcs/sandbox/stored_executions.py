"""The executions of workflows that a sandbox stores."""

from typing import TYPE_CHECKING, Any, final

import attrs

from mistral_funcs.sandbox.members import Member

if TYPE_CHECKING:
    from mistral_funcs.schemas.workflows.events import StreamEventSsePayload

RUNNING = "RUNNING"


@final
@attrs.define
class StoredExecution:
    """An execution of a workflow.

    Attributes:
        about: The execution as the API reports it.
        input: The input, which is also the result.
        failure: The message of the error that it fails with. Tests may set it.
        connectors: The connectors for which it still has to request authorization.
        asking: The connector for which it has requested authorization.
        sent: The input of the last signal or update of each name, which queries return.
        events: The events, the oldest first.
        earlier: The runs before the last reset.
    """

    about: Member
    input: Any
    failure: str | None = None
    connectors: list[str] = attrs.field(factory=list[str])
    asking: str | None = None
    sent: dict[str, Any] = attrs.field(factory=dict[str, Any])
    events: "list[StreamEventSsePayload]" = attrs.field(factory=list[Any], repr=False)
    earlier: list[Member] = attrs.field(factory=list[Member], repr=False)

    @property
    def id(self) -> str:
        """The ID of the execution."""
        return str(self.about["execution_id"])

    @property
    def runs(self) -> list[Member]:
        """The runs, the oldest first."""
        return [*self.earlier, self.about]

    @property
    def is_running(self) -> bool:
        """Whether the execution is running."""
        return bool(self.about["status"] == RUNNING)
