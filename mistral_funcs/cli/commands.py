"""The commands of a resource: each made from the signature and the docstring of a function."""

import asyncio
import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from cyclopts import App, CycloptsError, Group, Parameter

import mistral_funcs
from mistral_funcs.cli.calling import Call, call
from mistral_funcs.cli.jobs import wait, watch
from mistral_funcs.cli.parameters import as_parameter
from mistral_funcs.cli.questions import ask
from mistral_funcs.cli.tree import VERBS

ASKS = ("chat_complete", "chat_stream", "agents_complete", "agents_stream")
GIVES_BYTES = (
    "files_download",
    "audio_speech_complete",
    "audio_speech_stream",
    "audio_voices_get_sample_audio",
)
ALWAYS_BYTES = ("files_download", "audio_voices_get_sample_audio")
"""Those whose bytes have no form in JSON."""

OPTIONS = Group("Options", sort_key=1)
UNSEEN = ("client", "options")
"""Arguments that are no matter of who types a command."""

SETTINGS = inspect.Parameter(
    "settings",
    inspect.Parameter.KEYWORD_ONLY,
    annotation=Annotated[Any, Parameter(parse=False)],
)
QUESTION = inspect.Parameter(
    "question",
    inspect.Parameter.POSITIONAL_ONLY,
    default=None,
    annotation=Annotated[
        list[str] | None,
        Parameter(help="What to ask, before what is in a pipe.", negative=()),
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
            help="Read standard input, as is done without it where that is a pipe or a file.",
        ),
    ],
)
OUTPUT = inspect.Parameter(
    "output",
    inspect.Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        Path | None,
        Parameter(
            alias="-o", metavar="PATH", help="The file to write; by default standard output."
        ),
    ],
)


def __getattr__(resource: str) -> App:
    """Return the commands of a resource, made when they are asked for."""
    if resource not in VERBS:
        raise AttributeError(f"There is no resource {resource!r}", name=resource)
    app = App(name=dashed(resource), help_epilogue="", group_parameters=OPTIONS)
    runs = dict.fromkeys(VERBS[resource], call)
    if hasattr(mistral_funcs, f"{resource}_watch"):
        runs |= {"wait": wait, "watch": watch}
    for place, (verb, run) in enumerate(runs.items()):
        command = command_of(f"{resource}_{verb}", run)
        app.command(command, name=dashed(verb), sort_key=place)
    return app


def dashed(name: str) -> str:
    """Return a name as it is typed."""
    return name.replace("_", "-")


def command_of(name: str, run: Callable[[Call], Any]) -> Callable[..., int]:
    """Return the command of a function of the SDK.

    Args:
        name: The name of the function.
        run: What is done with a call of it; a coroutine function that returns the exit code.
    """
    shape = shape_of(name)

    def command(*args: Any, **kwargs: Any) -> int:
        given = shape.bind(*args, **kwargs).arguments
        settings = given.pop("settings")
        output = given.pop("output", None)
        wrong = ask(given) if name in ASKS else ""
        raw = name in ALWAYS_BYTES or (name in GIVES_BYTES and not settings.json)
        if raw and output is None and sys.stdout.isatty():
            wrong = "The answer is bytes, and no text: say where with --output."
        if wrong:
            resource, _, verb = dashed(name).rpartition("-")
            raise CycloptsError(msg=wrong, command_chain=(resource, verb))
        code: int = asyncio.run(run(Call(name, given, settings, output)))
        return code

    command.__name__ = name
    command.__doc__ = getattr(mistral_funcs, name).__doc__
    command.__annotations__ = {each.name: each.annotation for each in shape.parameters.values()}
    vars(command)["__signature__"] = shape
    return command


def shape_of(name: str) -> inspect.Signature:
    """Return the signature of a command, as cyclopts reads it."""
    function = getattr(mistral_funcs, name)
    hints = get_type_hints(function)
    parameters = [
        as_parameter(argument, hints[argument.name], clears=name.endswith("_update"))
        for argument in inspect.signature(function).parameters.values()
        if argument.name not in UNSEEN
    ]
    if name in ASKS:
        parameters = [
            QUESTION,
            *(each.replace(default=()) if each.name == "messages" else each for each in parameters),
            PIPED,
        ]
    if name in GIVES_BYTES:
        parameters.append(OUTPUT)
    return inspect.Signature([*sorted(parameters, key=lambda each: each.kind), SETTINGS])
