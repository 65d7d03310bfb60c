"""The command that prints the script for completion of commands."""

import sys
from typing import Literal

from cyclopts import CycloptsError
from cyclopts.completion import ShellDetectionError


def show_completion(*, shell: Literal["bash", "zsh", "fish", "powershell"] | None = None) -> int:
    """Print the script for completion of commands.

    Args:
        shell: The shell. By default it is the one that runs the command.

    Raises:
        CycloptsError: The shell is unknown.
    """
    from mistral_funcs.cli.program import program  # noqa: PLC0415 - it loads this module

    try:
        script = program().generate_completion(shell=shell)
    except ShellDetectionError:
        message = "The shell is unknown. Name it with --shell."
        raise CycloptsError(msg=message, command_chain=("--show-completion",)) from None
    sys.stdout.write(script)
    return 0
