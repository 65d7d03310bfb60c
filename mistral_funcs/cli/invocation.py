"""An operation invoked from the command line: call it, and print the response."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any, final

import attrs

import mistral_funcs
from mistral_core import Err, Failure, File, Result, operation_of
from mistral_funcs.cli.advice import Attempted
from mistral_funcs.cli.failures import report_error
from mistral_funcs.cli.global_options import GlobalOptions
from mistral_funcs.cli.render.progress_bar import progress_bar
from mistral_funcs.cli.render.response_printer import Output, print_response
from mistral_funcs.cli.response_traits import is_completion
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
    """

    name: str
    arguments: dict[str, Any]
    options: GlobalOptions
    output: Path | None = None

    @property
    def attempted(self) -> Attempted:
        """The call, as far as advice depends on it."""
        return Attempted(self.name, self.arguments, self.options.program)


async def invoke(invocation: Invocation) -> int:
    """Call an operation, print the response, and return the exit code."""
    function: Any = getattr(mistral_funcs, _as_printed(invocation))
    arguments = dict(invocation.arguments)
    async with invocation.options.client() as client:
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


def _as_printed(invocation: Invocation) -> str:
    """Return the operation to call: people read a single completion while it is streamed."""
    name, arguments = invocation.name, invocation.arguments
    if invocation.options.json or arguments.get("n") not in {None, 1}:
        return name
    plain = operation_of(getattr(mistral_funcs, name))
    return (is_completion(plain) and streaming_twin(name)) or name
