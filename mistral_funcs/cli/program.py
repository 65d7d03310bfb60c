"""The program: its tree of commands, its global options, and its exit codes."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from cyclopts import App, CycloptsError, Group, Parameter, validators

from mistral_core import __version__
from mistral_funcs._index import RESOURCES
from mistral_funcs.cli import offline
from mistral_funcs.cli.failures import print_error
from mistral_funcs.cli.global_options import GlobalOptions
from mistral_funcs.cli.help_pages import help_formatter
from mistral_funcs.cli.screen import HELP_WIDTH, escape_unencodable, log_to_stderr, screen
from mistral_funcs.cli.terminal_chat import chat
from mistral_funcs.cli.tree import COMMANDS, FILE_COMMANDS, summary_of, with_paths, words
from mistral_funcs.cli.usage import usage_message

EPILOGUE = """\
The API key is read from MISTRAL_API_KEY. To try a command without one:

`mistral-funcs --sandbox models list`
"""
CONVERSATION = """\
Without a command, starts a conversation in the terminal: each line of input is a message. Ctrl-C
stops a response. `/quit` or the end of input ends the conversation.
"""
OFFLINE = Group("Offline", sort_key=90)
CONFIG = """\
The settings are `model` and `server`, stored in the platform's configuration folder. The API key is
never stored: it is read from MISTRAL_API_KEY.
"""
SETTINGS = Group("Settings", sort_key=80)
OPTIONS = Group("Options", sort_key=1)
GLOBAL = Group("Global options", sort_key=100)
ABOVE_ZERO = validators.Number(gt=0)


def program() -> App:
    """Return the program. Commands are imported on first use."""
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
    add_commands(app)
    app.command(offline.run_demo, name="demo", group=OFFLINE, help_epilogue="")
    app.command(
        offline.serve_sandbox,
        name="sandbox",
        group=OFFLINE,
        help_epilogue="",
        group_parameters=OPTIONS,
        validator=offline.check_interval,
    )
    app.command(config_commands())
    app.command(
        "mistral_funcs.cli.completion_command:show_completion",
        name="--show-completion",
        help="Print the shell completion script.",
        group=GLOBAL,
    )
    app.register_install_completion_command(  # pyright: ignore[reportUnknownMemberType]
        help="Install shell completion.", group=GLOBAL
    )
    for flag, purpose in {"--help": "Show this help.", "--version": "Show the version."}.items():
        app[flag].group, app[flag].help = (GLOBAL,), purpose

    def main(
        *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
        json: Annotated[bool, _option("Print JSON, for programs.")] = False,
        sandbox: Annotated[
            bool, _option("Use an offline sandbox: no API key, no account.")
        ] = False,
        server: Annotated[
            Literal["global", "eu", "us"] | None, _option("The server to call.", "NAME")
        ] = None,
        server_url: Annotated[
            str | None, _option("The URL of another server to call.", "URL")
        ] = None,
        timeout: Annotated[
            float | None,
            _option("Maximum time for a call, in seconds.", "SECONDS", ABOVE_ZERO),
        ] = None,
        verbose: Annotated[
            bool, _option("Log requests with their IDs, but without keys.", alias="-v")
        ] = False,
    ) -> Any:
        command, bound, unparsed = app.parse_args(tokens)
        more: dict[str, Any] = {}
        if "global_options" in unparsed:
            more["global_options"] = GlobalOptions(
                json=json,
                sandbox=_sandbox() if sandbox else None,
                server=server,
                server_url=server_url,
                timeout=timeout,
                verbose=verbose,
            )
        return command(*bound.args, **bound.kwargs, **more)

    app.meta.suppress_keyboard_interrupt = False
    app.meta.default(main)
    return app


def add_commands(app: App) -> None:
    """Add a group of commands for each resource, nested as in the API."""
    groups = {"": app}
    for resource, summary in RESOURCES.items():
        parent, _, _ = resource.rpartition(".")
        groups[resource] = App(
            name=words(resource)[-1], help=summary, help_epilogue="", group_parameters=OPTIONS
        )
        groups[parent].command(groups[resource])
    groups["chat"].help_epilogue = CONVERSATION
    groups["chat"].default(chat)
    for name, path in COMMANDS.items():
        groups[path.rpartition(".")[0]].command(
            f"mistral_funcs.cli.commands:{name}", name=words(path)[-1], help=summary_of(name)
        )
    for path, (function, summary) in FILE_COMMANDS.items():
        resource, _, verb = path.rpartition(".")
        groups[resource].command(f"mistral_funcs.cli.{function}", name=verb, help=summary)


def config_commands() -> App:
    """Return the commands that show and change the settings."""
    config = App(
        name="config", group=SETTINGS, help="Show and change settings.", help_epilogue=CONFIG
    )
    for name, function in {"show": "show", "set": "set_value", "unset": "unset"}.items():
        config.command(f"mistral_funcs.cli.config_command:{function}", name=name, help_epilogue="")
    return config


def run(argv: Sequence[str]) -> int:
    """Run a command, and return the exit code."""
    escape_unencodable()
    try:
        with log_to_stderr():
            code = program().meta(with_paths(argv))
        sys.stdout.flush()
    except CycloptsError as error:
        command = " ".join(["mistral-funcs", *(error.command_chain or ()), "--help"])
        print_error(usage_message(error), {"help": command})
        return 2
    except KeyboardInterrupt as interrupt:
        notes = getattr(interrupt.__context__, "__notes__", [])
        console = screen(stderr=True)
        console.print("\n" * console.is_terminal, end="")  # The line already shows "^C".
        console.print(" ".join(["Stopped.", *notes]))
        return 130
    except RecursionError:
        print_error("The response is nested too deeply to print.", {})
        return 1
    except OSError as error:
        if error.filename is None:  # For example, standard output failed.
            raise
        print_error(f"{error.filename}: {error.strerror or error}.", {})
        return 1
    return code if isinstance(code, int) else 0


def _option(
    purpose: str, metavar: str | None = None, validator: Any = None, alias: str | None = None
) -> Parameter:
    return Parameter(
        help=purpose,
        alias=alias,
        metavar=metavar,
        group=GLOBAL,
        negative=(),
        show_default=False,
        validator=validator,
    )


def _sandbox() -> Any:
    from mistral_funcs.sandbox import Sandbox  # noqa: PLC0415 - only `--sandbox` needs it

    return Sandbox()
