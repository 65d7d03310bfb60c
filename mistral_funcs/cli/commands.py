"""Commands made from functions: the signature gives the options, the docstring their help.

cyclopts loads a command by its path when it is needed: `mistral_funcs.cli.commands:models_list`.
"""

import asyncio
import inspect
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, CycloptsError, Parameter

import mistral_funcs
from mistral_core import Operation, operation_of
from mistral_funcs._index import OPERATIONS
from mistral_funcs.cli.command_options import as_option
from mistral_funcs.cli.global_options import GlobalOptions
from mistral_funcs.cli.invocation import Invocation, invoke
from mistral_funcs.cli.job_commands import wait, watch
from mistral_funcs.cli.live_commands import run_live
from mistral_funcs.cli.ocr_command import FOLDER, FORCE, MODEL, process_document
from mistral_funcs.cli.questions import add_question
from mistral_funcs.cli.response_traits import has_audio, is_binary
from mistral_funcs.cli.tree import COMMANDS, LIVE, words

HIDDEN = ("client", "options")
"""Parameters that are no options of a command."""

RUNNERS = {"wait": wait, "watch": watch, "realtime": run_live, "ocr_process": process_document}
"""What runs the commands that do more than call an operation."""

GLOBAL_OPTIONS = inspect.Parameter(
    "global_options",
    inspect.Parameter.KEYWORD_ONLY,
    annotation=Annotated[Any, Parameter(parse=False)],
)
QUESTION = inspect.Parameter(
    "question",
    inspect.Parameter.POSITIONAL_ONLY,
    default=None,
    annotation=Annotated[
        list[str] | None,
        Parameter(help="The question. Piped input is appended to it.", negative=()),
    ],
)
PIPED = inspect.Parameter(
    "piped",
    inspect.Parameter.KEYWORD_ONLY,
    default=False,
    annotation=Annotated[
        bool,
        Parameter(
            name="-",
            negative=(),
            show_default=False,
            help="Read standard input, even from a terminal. Pipes and files are always read.",
        ),
    ],
)
RECORDING = inspect.Parameter(
    "file",
    inspect.Parameter.POSITIONAL_ONLY,
    default=None,
    annotation=Annotated[
        Path | None,
        Parameter(metavar="PATH", help="A WAV file or raw audio. Default: standard input."),
    ],
)
OUTPUT = inspect.Parameter(
    "output",
    inspect.Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        Path | None,
        Parameter(alias="-o", metavar="PATH", help="The file to write. Default: standard output."),
    ],
)


def __getattr__(name: str) -> App:
    """Return the command of a function, with the details of its docstring below the options."""
    if name not in COMMANDS:
        raise AttributeError(f"No command {name!r}", name=name)
    details = details_of(getattr(mistral_funcs, name))
    app = App(name=words(COMMANDS[name])[-1], help_epilogue=details)
    app.default(command_of(name))
    return app


def details_of(function: Any) -> str:
    """Return what a docstring says between its first line and its arguments."""
    docstring = inspect.cleandoc(function.__doc__ or "").partition("\n\n")[2]
    return re.split(r"^(?:Args|Returns|Raises):$", docstring, maxsplit=1, flags=re.MULTILINE)[0]


def command_of(name: str) -> Callable[..., int]:
    """Return the command of a function, which returns the exit code."""
    function: Any = getattr(mistral_funcs, name)
    operation = operation_of(function) if name in OPERATIONS else None
    run = RUNNERS.get(name if operation else COMMANDS[name].rpartition(".")[2], invoke)
    shape = signature_of(function, operation, _inputs_and_outputs(name))

    def command(*args: Any, **kwargs: Any) -> int:
        arguments = shape.bind(*args, **kwargs).arguments
        options = arguments.pop("global_options")
        output = arguments.pop("output", None) if OUTPUT in shape.parameters.values() else None
        wrong = add_question(arguments) if QUESTION.name in shape.parameters else ""
        is_bytes = _is_bytes(operation, options) if operation else OUTPUT.name in shape.parameters
        if is_bytes and output is None and sys.stdout.isatty():
            wrong = "The response is binary. Write it to a file with --output."
        if wrong:
            raise CycloptsError(msg=wrong, command_chain=tuple(words(COMMANDS[name])))
        return asyncio.run(run(Invocation(name, arguments, options, output)))

    command.__name__ = name
    command.__doc__ = function.__doc__
    command.__annotations__ = {each.name: each.annotation for each in shape.parameters.values()}
    vars(command)["__signature__"] = shape
    return command


def _inputs_and_outputs(name: str) -> list[inspect.Parameter]:
    """Return what a command has in addition to the parameters of its function, or instead."""
    if name == "ocr_process":
        return [MODEL, FOLDER, FORCE]
    if name not in LIVE:
        return []
    return [OUTPUT] if "speech" in name else [RECORDING]


def signature_of(
    function: Any,
    operation: Operation[Any] | None,
    additional: Sequence[inspect.Parameter] = (),
) -> inspect.Signature:
    """Return the signature of a command, from which cyclopts makes its options.

    Args:
        function: The function that the command calls.
        operation: The operation that the function declares, if it is one.
        additional: Parameters of the command alone. They replace those of the same names.
    """
    clearable = clearable_fields(operation) if operation else {}
    added = {each.name: each for each in additional}
    parameters = [
        added.pop(each.name)
        if each.name in added
        else as_option(each, clearing=clearable.get(each.name))
        for each in inspect.signature(function, eval_str=True).parameters.values()
        if each.name not in HIDDEN
    ]
    if operation and takes_messages(operation):
        optional = [
            each.replace(default=()) if each.name == "messages" else each for each in parameters
        ]
        parameters = [QUESTION, *optional, PIPED]
    if operation and (is_binary(operation) or has_audio(operation)):
        parameters.append(OUTPUT)
    parameters += added.values()
    return inspect.Signature([*sorted(parameters, key=lambda each: each.kind), GLOBAL_OPTIONS])


def clearable_fields(operation: Operation[Any]) -> dict[str, str]:
    """Return the fields of an update that `null` clears, each with its help on the command line."""
    if operation.method not in {"PATCH", "PUT"}:
        return {}
    return {
        each.name: each.documentation.replace("`None`", f"`--no-{each.name.replace('_', '-')}`")
        for each in operation.parameters
        if each.nullable and not each.required
    }


def takes_messages(operation: Operation[Any]) -> bool:
    """Return whether the operation is a chat, so that a question is its last message."""
    return "messages" in operation.fields and not operation.path_parameters


def _is_bytes(operation: Operation[Any], options: GlobalOptions) -> bool:
    """Return whether a response is printed as bytes. `--json` does not change binary ones."""
    return is_binary(operation) or (has_audio(operation) and not options.json)
