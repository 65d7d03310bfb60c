"""The settings file of the user. It never contains the API key."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from cyclopts import CycloptsError

from mistral_core.http.servers import SERVERS
from mistral_funcs.cli.render.untyped import as_object

SETTINGS: Mapping[str, str] = {
    "model": "The default model for questions. --model and MISTRAL_MODEL take precedence.",
    "server": "The server to call: global, eu or us. --server, --server-url and "
    "MISTRAL_SERVER_URL take precedence.",
}
"""The settings and their descriptions."""

FOLDER = "mistral-funcs"
FILE = "config.json"


def settings_file() -> Path | None:
    """Return the path of the file, or `None` if the user has no home directory."""
    chosen = os.environ.get("XDG_CONFIG_HOME", "")
    if os.path.isabs(chosen):  # noqa: PTH117 - by the XDG specification, others are ignored
        return Path(chosen, FOLDER, FILE)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        folder = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming")
    else:
        folder = home / ("Library/Application Support" if sys.platform == "darwin" else ".config")
    return folder / FOLDER / FILE


def setting(name: str) -> str | None:
    """Return a setting from the file.

    Raises:
        CycloptsError: The file or the setting is invalid.
        OSError: The file cannot be read.
    """
    value = read_settings().get(name)
    return value if value is None else check_setting(name, value)


def check_setting(name: str, value: object) -> str:
    """Return a valid value of a setting.

    Raises:
        CycloptsError: It is invalid.
    """
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise _error(f"The setting {name} must be a non-empty string.")
    if name == "server" and text not in SERVERS:
        raise _error(f"The setting server must be one of {', '.join(SERVERS)}: {text!r}.")
    return text


def read_settings() -> dict[str, object]:
    """Return the content of the file, empty if it does not exist.

    Raises:
        CycloptsError: The file is not a JSON object.
        OSError: The file cannot be read.
    """
    path = settings_file()
    try:
        text = path.read_bytes() if path else b"{}"
    except (FileNotFoundError, NotADirectoryError):
        return {}
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise _error(f"{path} is not a JSON object. Correct or delete it.")
    return as_object(value)


def write_settings(settings: Mapping[str, object]) -> Path:
    """Replace the file, and return its path.

    Raises:
        CycloptsError: The user has no home directory.
        OSError: The file cannot be written.
    """
    from tempfile import NamedTemporaryFile  # noqa: PLC0415 - only this needs it

    path = settings_file()
    if path is None:
        raise _error("No home directory. Set XDG_CONFIG_HOME.")
    path = path.resolve()  # It may be a symbolic link into a dotfiles repository.
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as file:
        file.write(json.dumps(settings, indent=2) + "\n")
    Path(file.name).replace(path)
    return path


def default_model() -> str | None:
    """Return the model to use if the command names none.

    Raises:
        CycloptsError: The settings are invalid.
        OSError: The settings cannot be read.
    """
    return os.environ.get("MISTRAL_MODEL", "").strip() or setting("model")


def default_server() -> str | None:
    """Return the server to call if neither an option nor the environment names one.

    Raises:
        CycloptsError: The settings are invalid.
        OSError: The settings cannot be read.
    """
    return None if os.environ.get("MISTRAL_SERVER_URL") else setting("server")


def _error(message: str) -> CycloptsError:
    return CycloptsError(msg=message, command_chain=("config",))
