"""A conversation in the terminal: read a line, stream the response, keep the history."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any, cast, final

import attrs
from cyclopts import CycloptsError, Parameter

import mistral_funcs
from mistral_core import Err, EventStream, Failure, MistralCore, Result
from mistral_core.auth.credentials import NO_API_KEY
from mistral_funcs.cli.advice import Attempted
from mistral_funcs.cli.failures import report_error
from mistral_funcs.cli.global_options import GlobalOptions
from mistral_funcs.cli.render.events import print_text
from mistral_funcs.cli.render.json_documents import to_json
from mistral_funcs.cli.screen import note, write
from mistral_funcs.cli.settings_file import default_model

MODEL = "mistral-large-latest"
PROMPT = "> "
QUIT = "/quit"
KEYS = "Ctrl-C stops a response. /quit or Ctrl-D ends the conversation."
COMMANDS = (
    "Available commands: complete, stream. To chat, run `mistral-funcs chat`, then type messages."
)
NO_TEXT = "The response has no text, so this turn is not part of the conversation."


@final
@attrs.define
class Conversation:
    """A conversation.

    Attributes:
        options: The global options.
        addressee: The model or the agent, as an argument of the operation.
        messages: The messages of all complete turns.
        failed: The exit code of the last failed turn, or 0.
    """

    options: GlobalOptions
    addressee: dict[str, str]
    messages: list[dict[str, str]] = attrs.field(factory=list[dict[str, str]])
    failed: int = 0

    @property
    def operation(self) -> str:
        """The operation that responds."""
        return "agents_stream" if "agent_id" in self.addressee else "chat_stream"

    async def respond(
        self, client: MistralCore, text: str, chunks: list[Any]
    ) -> Err[Failure] | None:
        """Print the response to a message. Return the error that ended it, if any.

        Args:
            client: The client to use.
            text: The message.
            chunks: A list to which the chunks of the response are added.
        """
        function: Any = getattr(mistral_funcs, self.operation)
        messages = [*self.messages, {"role": "user", "content": text}]
        opened: Result[EventStream[Any], Failure]
        opened = await function(client, messages=messages, **self.addressee)
        return opened if isinstance(opened, Err) else await self._print(opened.value, chunks)

    async def _print(self, stream: EventStream[Any], chunks: list[Any]) -> Err[Failure] | None:
        if not self.options.json:
            return await print_text(stream, chunks)
        from mistral_funcs.toolkit.folding import fold_completion  # noqa: PLC0415 - only for JSON

        async with stream as events:
            async for event in events:
                if isinstance(event, Err):
                    return event
                chunks.append(event.value)
        write(to_json(fold_completion(chunks)))
        return None

    def keep(self, text: str, chunks: list[Any]) -> None:
        """Add a turn to the history. A response without text would make it invalid."""
        response = "".join(chunk.text for chunk in chunks)
        if response:
            self.messages.append({"role": "user", "content": text})
            self.messages.append({"role": "assistant", "content": response})
        else:
            note(NO_TEXT)


def chat(
    *words: Annotated[str, Parameter(show=False)],
    model: Annotated[str | None, Parameter(metavar="TEXT")] = None,
    agent: Annotated[str | None, Parameter(metavar="ID")] = None,
    system: Annotated[str | None, Parameter(metavar="TEXT")] = None,
    global_options: Annotated[Any, Parameter(parse=False)],
) -> int:
    """Chat in the terminal.

    Args:
        words: Unknown commands.
        model: The model to chat with. Defaults to MISTRAL_MODEL, the model set with
            `mistral-funcs config`, or mistral-large-latest.
        agent: The agent to chat with, instead of a model.
        system: Instructions for the model.
        global_options: The global options.

    Raises:
        CycloptsError: The command line is invalid.
    """
    wrong = f'Unknown command "{words[0]}". {COMMANDS}' if words else ""
    if agent is not None and model is not None:
        wrong = "Use either --model or --agent: an agent has its own model."
    if wrong:
        raise CycloptsError(msg=wrong, command_chain=("chat",))
    addressee = {"agent_id": agent or ""}
    if agent is None:
        addressee = {"model": model or default_model() or MODEL}
    conversation = Conversation(global_options, addressee)
    if system:
        conversation.messages.append({"role": "system", "content": system})
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        client = runner.run(stack.enter_async_context(conversation.options.client()))
        try:
            return _converse(runner, client, conversation)
        finally:
            runner.run(stack.aclose())


def _converse(runner: asyncio.Runner, client: MistralCore, conversation: Conversation) -> int:
    """Respond to each line of input, and return the exit code."""
    stdin: Any = sys.stdin
    interactive = stdin is not None and stdin.isatty() and sys.stdout.isatty()
    for text in _lines(interactive=interactive):
        chunks: list[Any] = []
        try:
            failed = runner.run(conversation.respond(client, text, chunks))
        except KeyboardInterrupt:
            write("\n")
            note("Stopped.")
            failed = None
        if failed is None:
            conversation.keep(text, chunks)
            continue
        arguments = conversation.addressee
        attempted = Attempted(conversation.operation, arguments, conversation.options.program)
        conversation.failed = report_error(attempted, failed)
        if getattr(failed.error, "message", "") == NO_API_KEY:
            break
    return 0 if interactive else conversation.failed


def _lines(*, interactive: bool) -> Iterator[str]:
    """Yield the non-blank lines of input, until `/quit` or the end of input."""
    if interactive:
        note(KEYS)
        with suppress(ImportError):
            import_module("readline")  # Line editing, where the platform supports it.
    else:
        with suppress(AttributeError):  # The stream is not a `TextIOWrapper`.
            cast("TextIOWrapper", sys.stdin).reconfigure(errors="replace")
    while (text := _read(interactive=interactive)) is not None and text.strip() != QUIT:
        if text.strip():
            yield text.strip()


def _read(*, interactive: bool) -> str | None:
    """Return the next line, or `None` at the end of input. Ctrl-C discards the current line."""
    stdin: Any = sys.stdin
    if not interactive:
        return (stdin and stdin.readline()) or None
    try:
        return input(PROMPT)
    except EOFError:
        write("\n")
        return None
    except KeyboardInterrupt:
        write("\n")
        return ""
