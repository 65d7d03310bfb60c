"""Confirmation of mails: the run pauses, is saved to a file, and another process resumes it."""

from pathlib import Path

from mistral_core import MistralCore
from mistral_funcs import (
    Approve,
    Reject,
    RunState,
    Tools,
    chat_complete,
    current_call,
    run,
    tool,
)

MODEL = "mistral-large-latest"

outbox: dict[tuple[str, str], str] = {}
"""The sent mails, by the IDs of their runs and calls. In production, a table with a unique key."""


@tool(confirm=True)
async def send_mail(to: str, text: str) -> str:
    """Send a mail."""
    call = current_call()
    if (call.run_id, call.id) in outbox:
        return "This mail was sent before."  # The state was resumed twice.
    outbox[call.run_id, call.id] = f"{to}: {text}"
    return "sent"


TOOLS = Tools(send_mail)


def save(state: RunState, file: Path) -> None:
    """Save a paused run."""
    file.write_text(state.to_json(), "utf-8")


def load(file: Path) -> RunState:
    """Load a paused run."""
    return RunState.from_json(file.read_text("utf-8")).unwrap()


async def ask(client: MistralCore, question: str, file: Path) -> str:
    """Return the response, or the mails to confirm after saving the run to a file."""
    result = await run(
        TOOLS, chat_complete, client, model=MODEL, messages=[{"role": "user", "content": question}]
    )
    paused = result.unwrap()
    if not paused.pending:
        return paused.text
    save(paused.state, file)
    return "\n".join(f"Send this mail? {call.arguments}" for call in paused.pending)


async def decide(client: MistralCore, file: Path, *, send: bool) -> str:
    """Send or reject the mails of a paused run, and return the response."""
    state = load(file)
    decision = Approve() if send else Reject("The user does not want to send it.")
    tools = TOOLS.resume(state, dict.fromkeys((call.id for call in state.pending), decision))
    result = await run(tools, chat_complete, client, model=MODEL, messages=state.messages)
    return result.unwrap().text
