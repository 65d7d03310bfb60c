"""The program: its commands, its global options, and what becomes of what they raise."""

import logging
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

from cyclopts import App, CycloptsError, Group, Parameter, validators

from mistral_core import __version__
from mistral_funcs.cli import offline
from mistral_funcs.cli.failures import complain
from mistral_funcs.cli.help_pages import help_formatter
from mistral_funcs.cli.screen import HELP_WIDTH, Remarks, forgive, screen
from mistral_funcs.cli.settings import Settings
from mistral_funcs.cli.usage import usage_message

RESOURCES = {
    "models": "See models; change, archive and delete your own.",
    "fine_tuning_jobs": "Make models: create, start, watch and cancel jobs.",
    "files": "Upload, download, list and delete files.",
    "chat": "Ask a model.",
    "fim": "Let a model fill in the middle of code.",
    "agents": "Ask an agent.",
    "embeddings": "Turn texts into vectors.",
    "classifiers": "Moderate and classify texts and chats.",
    "batch_jobs": "Send many requests as one job; watch and cancel it.",
    "ocr": "Read documents and images.",
    "audio_speech": "Turn text into speech.",
    "audio_transcriptions": "Turn speech into text.",
    "audio_voices": "See voices; make, change and delete your own.",
}
EPILOGUE = """\
The key is taken from MISTRAL_API_KEY. To try it without one:

`mistral-funcs --sandbox models list`
"""
OFFLINE = Group("Offline", sort_key=90)
ABOVE_ZERO = validators.Number(gt=0)
GLOBAL = Group("Global options", sort_key=100)


def program() -> App:
    """Return the program, with commands that are made when they are asked for."""
    app = App(
        name="mistral-funcs",
        help="The Mistral AI API on the command line.",
        help_epilogue=EPILOGUE,
        help_format="markdown",
        help_formatter=help_formatter(),
        version=__version__,
        console=screen(piped_width=HELP_WIDTH),
        error_console=screen(stderr=True),
        exit_on_error=False,
        print_error=False,
        suppress_keyboard_interrupt=False,
        result_action="return_value",
    )
    for place, (resource, purpose) in enumerate(RESOURCES.items()):
        name = resource.replace("_", "-")
        path = f"mistral_funcs.cli.commands:{resource}"
        app.command(path, name=name, help=purpose, sort_key=place)
    app.command(offline.demo, group=OFFLINE)
    app.command(offline.sandbox, group=OFFLINE)
    app.register_install_completion_command(  # pyright: ignore[reportUnknownMemberType]
        help="Complete commands in your shell.", group=GLOBAL
    )
    for flag, purpose in {"--help": "Show this help.", "--version": "Show the version."}.items():
        app[flag].group, app[flag].help = (GLOBAL,), purpose

    def main(
        *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
        json: Annotated[bool, _option("Print JSON: for pipes.")] = False,
        sandbox: Annotated[bool, _option("Try it offline: no key, no account.")] = False,
        server_url: Annotated[str | None, _option("The server to call.", "URL")] = None,
        timeout: Annotated[
            float | None,
            _option("How long a call may take in all.", "SECONDS", ABOVE_ZERO),
        ] = None,
    ) -> Any:
        command, bound, unparsed = app.parse_args(tokens)
        more: dict[str, Any] = {}
        if "settings" in unparsed:
            more["settings"] = Settings(
                json=json,
                sandbox=_sandbox() if sandbox else None,
                server_url=server_url,
                timeout=timeout,
            )
        return command(*bound.args, **bound.kwargs, **more)

    app.meta.suppress_keyboard_interrupt = False
    app.meta.default(main)
    return app


def run(argv: Sequence[str]) -> int:
    """Run a command, and return the exit code."""
    forgive()
    try:
        with remarks():
            code = program().meta(argv)
        sys.stdout.flush()
    except CycloptsError as error:
        typed = " ".join(["mistral-funcs", *(error.command_chain or ()), "--help"])
        complain(usage_message(error), {"help": typed})
        return 2
    except KeyboardInterrupt as interrupt:
        notes = getattr(interrupt.__context__, "__notes__", [])
        console = screen(stderr=True)
        console.print("\n" * console.is_terminal, end="")  # What was typed is seen as "^C".
        console.print(" ".join(["Stopped.", *notes]))
        return 130
    return code if isinstance(code, int) else 0


@contextmanager
def remarks() -> Generator[None]:
    """Print what the SDK logs as remarks, while a command runs."""
    loggers = [logging.getLogger(name) for name in ("mistral_core", "mistral_funcs")]
    handler = Remarks(logging.WARNING)
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


def _option(purpose: str, metavar: str | None = None, validator: Any = None) -> Parameter:
    return Parameter(
        help=purpose,
        metavar=metavar,
        group=GLOBAL,
        negative=(),
        show_default=False,
        validator=validator,
    )


def _sandbox() -> Any:
    from mistral_funcs.sandbox import Sandbox  # noqa: PLC0415 - who has a key needs none

    return Sandbox()
