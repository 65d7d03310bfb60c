"""The commands that show and change the settings."""

import os
from typing import Annotated, Any

from cyclopts import CycloptsError, Parameter

from mistral_core.http.text import without_userinfo
from mistral_funcs.cli.global_options import GlobalOptions
from mistral_funcs.cli.render.json_documents import to_json
from mistral_funcs.cli.render.tables import print_table
from mistral_funcs.cli.screen import note, write
from mistral_funcs.cli.settings_file import (
    SETTINGS,
    check_setting,
    read_settings,
    setting,
    settings_file,
    write_settings,
)

VARIABLES = {"model": "MISTRAL_MODEL", "server": "MISTRAL_SERVER_URL"}
"""The environment variables that take precedence over settings."""

KEYS = "The API key is read from MISTRAL_API_KEY and never stored."


def show(*, global_options: Annotated[Any, Parameter(parse=False)]) -> int:
    """Show the settings and their sources.

    Args:
        global_options: The options that all commands have.
    """
    options: GlobalOptions = global_options
    rows = [[name, *_effective(name)] for name in SETTINGS]
    if options.json:
        values: dict[str, str | None] = {name: value or None for name, value, _ in rows}
        file = settings_file()
        write(to_json({**values, "file": None if file is None else str(file)}, indent=2))
    else:
        print_table(["name", "value", "source"], rows)
    return 0


def set_value(
    name: Annotated[str, Parameter(metavar="NAME")],
    value: Annotated[str, Parameter(metavar="VALUE")],
    /,
    *,
    global_options: Annotated[Any, Parameter(parse=False)],
) -> int:
    """Change a setting.

    Args:
        name: `model` or `server`.
        value: The new value.
        global_options: The options that all commands have.
    """
    del global_options
    _check_name(name)
    path = write_settings({**read_settings(), name: check_setting(name, value)})
    note(f"Saved {path}.")
    return 0


def unset(
    name: Annotated[str, Parameter(metavar="NAME")],
    /,
    *,
    global_options: Annotated[Any, Parameter(parse=False)],
) -> int:
    """Remove a setting.

    Args:
        name: `model` or `server`.
        global_options: The options that all commands have.
    """
    del global_options
    _check_name(name)
    settings = read_settings()
    if settings.pop(name, None) is None:
        note(f"{name} is not set.")
    else:
        note(f"Saved {write_settings(settings)}.")
    return 0


def _effective(name: str) -> tuple[str, str]:
    """Return the effective value of a setting, and its source."""
    variable = VARIABLES[name]
    if value := os.environ.get(variable, "").strip():
        return without_userinfo(value), variable
    kept = setting(name)
    return (kept, str(settings_file())) if kept else ("", "")


def _check_name(name: str) -> None:
    """Check the name of a setting.

    Raises:
        CycloptsError: There is no such setting.
    """
    if name in SETTINGS:
        return
    keys = f" {KEYS}" if "key" in name.lower() else ""
    raise CycloptsError(
        msg=f"Unknown setting {name!r}. Available settings: {', '.join(SETTINGS)}.{keys}",
        command_chain=("config",),
    )
