"""Commands derived from functions: options from the signature, help text from the docstring.

cyclopts imports a command by its path on first use: `mistral_funcs.cli.commands:models_list`.
"""

import asyncio
import inspect
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cyclopts import App, CycloptsError

import mistral_funcs
from mistral_core import Operation, operation_of
from mistral_funcs._index import OPERATIONS
from mistral_funcs.cli.command_signature import signature_of
from mistral_funcs.cli.confirmation import confirmed, deletes
from mistral_funcs.cli.failures import print_error
from mistral_funcs.cli.global_options import GlobalOptions
from mistral_funcs.cli.invocation import Invocation, invoke
from mistral_funcs.cli.job_commands import wait, watch
from mistral_funcs.cli.live_commands import run_live
from mistral_funcs.cli.ocr_command import FOLDER, FORCE, MODEL, process_document
from mistral_funcs.cli.own_options import ALL, ATTACH, OUTPUT, RECORDING, YES
from mistral_funcs.cli.questions import add_question, question_field
from mistral_funcs.cli.response_traits import has_audio, is_binary
from mistral_funcs.cli.screen import note
from mistral_funcs.cli.settings_file import default_model
from mistral_funcs.cli.tree import COMMANDS, LIVE, words

RUNNERS = {"wait": wait, "watch": watch, "realtime": run_live, "ocr_process": process_document}
"""The functions that run commands which do more than call an operation."""

NO_MODEL = (
    "--model TEXT is required. To set a default, use MISTRAL_MODEL or "
    "`mistral-funcs config set model TEXT`."
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
    """Return the part of a docstring between its first line and its sections."""
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
        wrong = (operation and _complete(arguments, operation)) or ""
        own = _own_options(arguments, shape)
        output: Path | None = own.get("output")
        is_bytes = _is_bytes(operation, options) if operation else OUTPUT.name in shape.parameters
        if is_bytes and output is None and sys.stdout.isatty():
            wrong = "The response is binary. Write it to a file with --output."
        if wrong:
            raise CycloptsError(msg=wrong, command_chain=tuple(words(COMMANDS[name])))
        if output is not None and not own.get("force") and _has_content(output):
            print_error(f"{output} exists.", {"advice": "Use --force to replace existing files."})
            return 1
        if YES.name in shape.parameters and not own.get("yes") and not confirmed(name, arguments):
            note("Nothing was deleted.")
            return 1
        attachments = tuple(own.get("attach") or ())
        all_pages = bool(own.get("all_pages"))
        invocation = Invocation(name, arguments, options, output, attachments, all_pages)
        return asyncio.run(run(invocation))

    command.__name__ = name
    command.__doc__ = function.__doc__
    command.__annotations__ = {each.name: each.annotation for each in shape.parameters.values()}
    vars(command)["__signature__"] = shape
    return command


def _complete(arguments: dict[str, Any], operation: Operation[Any]) -> str:
    """Add the question and the default model. Return an error message, or an empty string."""
    field = question_field(operation)
    if field is None:
        return ""
    if "model" in operation.fields and not {"model", "agent_id"} & arguments.keys():
        model = default_model()
        if model is None and "model" in operation.required:
            return NO_MODEL
        arguments.update({} if model is None else {"model": model})
    return add_question(arguments, operation, field)


def _own_options(arguments: dict[str, Any], shape: inspect.Signature) -> dict[str, Any]:
    """Remove the options that are not arguments of the function, and return them."""
    own = [each for each in (ALL, ATTACH, YES) if shape.parameters.get(each.name) is each]
    if shape.parameters.get(OUTPUT.name) is OUTPUT:
        own += [OUTPUT, FORCE]
    return {each.name: arguments.pop(each.name) for each in own if each.name in arguments}


def _has_content(path: Path) -> bool:
    """Return whether overwriting loses data. Devices, pipes and empty files have none."""
    return path.is_file() and path.stat().st_size > 0


def _inputs_and_outputs(name: str) -> list[inspect.Parameter]:
    """Return the options that a command adds to the parameters of its function, or replaces."""
    if name == "ocr_process":
        return [MODEL, FOLDER, FORCE]
    if name in LIVE:
        return [OUTPUT, FORCE] if "speech" in name else [RECORDING]
    return [YES] if deletes(name) else []


def _is_bytes(operation: Operation[Any], options: GlobalOptions) -> bool:
    """Return whether a response is printed as bytes. Binary responses ignore `--json`."""
    return is_binary(operation) or (has_audio(operation) and not options.json)
