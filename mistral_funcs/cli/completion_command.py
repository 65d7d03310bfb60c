"""The command that prints the shell completion script."""

import sys
from typing import Literal

from cyclopts import CycloptsError
from cyclopts.completion import ShellDetectionError


def show_completion(*, shell: Literal["bash", "zsh", "fish", "powershell"] | None = None) -> int:
    """Print the shell completion script.

    Args:
        shell: The shell. Defaults to the one that runs the command.

    Raises:
        CycloptsError: The shell is unknown or not supported.
    """
    from mistral_funcs.cli.program import program  # noqa: PLC0415 - it loads this module

    try:
        script = program().generate_completion(shell=shell)
    except ShellDetectionError:
        raise _error("The shell could not be detected. Pass it with --shell.") from None
    except ValueError as error:  # Early versions of cyclopts do not support PowerShell.
        raise _error(f"{error}. Upgrade cyclopts.") from None
    sys.stdout.write(script)
    return 0


def _error(message: str) -> CycloptsError:
    return CycloptsError(msg=message, command_chain=("--show-completion",))
