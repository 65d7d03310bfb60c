"""Call an operation from the command line and print the response."""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, final

import attrs

import mistral_funcs
from mistral_core import Err, Failure, File, MistralCore, Result, operation_of
from mistral_funcs.cli.advice import Attempted
from mistral_funcs.cli.all_pages import request_all
from mistral_funcs.cli.failures import report_error
from mistral_funcs.cli.global_options import GlobalOptions
from mistral_funcs.cli.questions import question_field
from mistral_funcs.cli.render.json_documents import to_json
from mistral_funcs.cli.render.lists import print_list
from mistral_funcs.cli.render.progress_bar import progress_bar
from mistral_funcs.cli.render.response_printer import Output, print_response
from mistral_funcs.cli.response_traits import has_text
from mistral_funcs.cli.screen import write
from mistral_funcs.cli.tree import streaming_twin


@final
@attrs.frozen
class Invocation:
    """A command with its arguments.

    Attributes:
        name: The name of the function.
        arguments: Its arguments.
        options: The global options.
        output: The file to write the response to.
        attachments: Chunks and local files that belong to the question.
        all_pages: Whether to request all pages of a list.
    """

    name: str
    arguments: dict[str, Any]
    options: GlobalOptions
    output: Path | None = None
    attachments: Sequence[Any] = ()
    all_pages: bool = False

    @property
    def attempted(self) -> Attempted:
        """The call, with the details that advice needs."""
        return Attempted(self.name, self.arguments, self.options.program)


async def invoke(invocation: Invocation) -> int:
    """Call an operation, print the response, and return the exit code."""
    function: Any = getattr(mistral_funcs, _as_printed(invocation))
    arguments = dict(invocation.arguments)
    async with invocation.options.client() as client:
        if invocation.all_pages:
            failed = await _print_all(invocation, client)
            return 0 if failed is None else report_error(invocation.attempted, failed)
        if invocation.attachments:
            from mistral_funcs.cli.attachments import attach  # noqa: PLC0415 - few commands need it

            field = question_field(operation_of(function)) or ""
            refused = await attach(client, arguments, field, invocation.attachments)
            if refused is not None:
                return report_error(invocation.attempted, refused)
        with ExitStack() as stack:
            if isinstance(path := arguments.get("file"), Path):
                progress = stack.enter_context(progress_bar(path.name))
                arguments["file"] = File(path, progress=progress)
            result: Result[Any, Failure] = await function(client, **arguments)
        if isinstance(result, Err):
            return report_error(invocation.attempted, result)
        output = Output(json=invocation.options.json, file=invocation.output)
        failed = await print_response(result.value, operation_of(function), output)
        return 0 if failed is None else report_error(invocation.attempted, failed)


async def _print_all(invocation: Invocation, client: MistralCore) -> Err[Failure] | None:
    """Print all pages of a list as one. Return the error of a page, if any."""
    function = getattr(mistral_funcs, invocation.name)
    result = await request_all(function, client, invocation.arguments)
    if isinstance(result, Err):
        return result
    items, document = result.value
    if invocation.options.json:
        write(to_json(document, indent=2))
    else:
        print_list(items, invocation.name)
    return None


def _as_printed(invocation: Invocation) -> str:
    """Return the operation to call: on a terminal, the streaming twin of one that returns text."""
    name = invocation.name
    if invocation.options.json or invocation.arguments.get("n") not in {None, 1}:
        return name
    twin = streaming_twin(name) if sys.stdout.isatty() else None
    return twin if twin and has_text(operation_of(getattr(mistral_funcs, twin))) else name
