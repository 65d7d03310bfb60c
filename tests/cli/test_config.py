"""Settings: a default model and a server, but never a key."""

import json
import sys
from pathlib import Path

import pytest

from mistral_core import MistralCore
from mistral_funcs.cli import global_options, settings_file
from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Outcome, Run
from tests.cli.test_arguments import sent

MODEL = "mistral-small-latest"
CHAT = ("--sandbox", "chat", "complete", "Hello")


def test_model_comes_from_the_option_the_environment_or_the_settings(
    run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this order of precedence."""
    assert run("config", "set", "model", MODEL).code == 0
    run(*CHAT)
    assert sent(sandbox)["model"] == MODEL
    monkeypatch.setenv("MISTRAL_MODEL", "open-mistral-7b")
    run(*CHAT)
    assert sent(sandbox)["model"] == "open-mistral-7b"
    run(*CHAT, "--model", "mistral-large-latest")
    assert sent(sandbox)["model"] == "mistral-large-latest"


@pytest.mark.parametrize(
    ("line", "model"),
    [
        ("responses create Hello", MODEL),
        ("beta conversations start Hello", MODEL),
        ("beta conversations start Hello --agent-id ag:sandbox", None),
        ("agents complete Hello --agent-id ag:sandbox", None),
    ],
)
def test_commands_that_accept_a_question_use_the_default_model(
    run: Run, sandbox: Sandbox, line: str, model: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions to an agent do not, because the agent has its own model."""
    monkeypatch.setenv("MISTRAL_MODEL", MODEL)
    assert run("--sandbox", *line.split()).out == "You said: Hello\n"
    assert sent(sandbox).get("model") == model


def test_the_chat_uses_the_default_model(
    run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It precedes the built-in default."""
    monkeypatch.setenv("MISTRAL_MODEL", MODEL)
    monkeypatch.setattr(sys.stdin, "readline", iter(["Hello\n", ""]).__next__)
    assert run("--sandbox", "chat").out == "You said: Hello\n"
    assert sent(sandbox)["model"] == MODEL


@pytest.mark.parametrize("line", ["fim complete def", "embeddings create hi"])
def test_commands_of_other_kinds_require_a_model(
    run: Run, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """A chat model neither completes code nor creates embeddings."""
    monkeypatch.setenv("MISTRAL_MODEL", MODEL)
    outcome = run("--sandbox", *line.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert "--model TEXT is required." in outcome.err


def test_an_optional_model_stays_optional(run: Run, sandbox: Sandbox) -> None:
    """Without a default model nothing is sent, because the operation may have its own default."""
    outcome = run("--sandbox", "beta", "conversations", "start", "Hello")
    assert "model" not in sent(sandbox)
    assert outcome.code == 1


@pytest.mark.parametrize(
    ("options", "environment", "kept", "url"),
    [
        ([], None, None, "https://api.mistral.ai"),
        (["--server", "us"], "http://own.example", "eu", "https://api.us.mistral.ai"),
        (["--server-url", "http://x.example"], None, "eu", "http://x.example"),
        ([], "http://own.example", "eu", "http://own.example"),
        ([], None, "eu", "https://api.eu.mistral.ai"),
    ],
)
def test_the_server_comes_from_the_option_the_environment_or_the_settings(
    run: Run,
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    *,
    options: list[str],
    environment: str | None,
    kept: str | None,
    url: str,
) -> None:
    """In this order of precedence."""

    def on_the_sandbox(**given: object) -> object:
        return MistralCore(**{**given, "transport": sandbox})  # type: ignore[arg-type]

    monkeypatch.setattr(global_options, "MistralCore", on_the_sandbox)
    monkeypatch.setenv("MISTRAL_SERVER_URL", environment or "")
    if kept:
        run("config", "set", "server", kept)
    assert run(*options, "models", "list").code == 0
    assert sandbox.requests[-1].url == f"{url}/v1/models"


def test_advice_includes_the_server_option(run: Run) -> None:
    """So that the command can be copied."""
    outcome = run("--sandbox", "--server", "eu", "models", "retrieve", "nope")
    assert "mistral-funcs --sandbox --server eu models list" in outcome.err


def test_settings_are_shown_changed_and_removed(run: Run, no_settings: Path) -> None:
    """The output includes the source of each value."""
    assert run("config", "show") == Outcome(0, "model\t\t\nserver\t\t\n", "")
    assert run("config", "set", "model", f" {MODEL} ") == Outcome(0, "", f"Saved {no_settings}.\n")
    assert run("config", "show").out == f"model\t{MODEL}\t{no_settings}\nserver\t\t\n"
    file = str(no_settings)
    assert run("config", "show", "--json").document == {
        "model": MODEL,
        "server": None,
        "file": file,
    }
    assert run("config", "unset", "model") == Outcome(0, "", f"Saved {no_settings}.\n")
    assert run("config", "unset", "model") == Outcome(0, "", "model is not set.\n")
    assert json.loads(no_settings.read_text()) == {}


def test_environment_variables_are_shown_by_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords in their values are hidden."""
    monkeypatch.setenv("MISTRAL_MODEL", MODEL)
    monkeypatch.setenv("MISTRAL_SERVER_URL", "http://me:secret@own.example")
    assert run("config", "show").out == (
        f"model\t{MODEL}\tMISTRAL_MODEL\nserver\thttp://own.example\tMISTRAL_SERVER_URL\n"
    )


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["set", "api-key", "k"], "The API key is read from MISTRAL_API_KEY and never stored."),
        (["set", "modle", "m"], "Unknown setting 'modle'. Available settings: model, server."),
        (["unset", "modle"], "Unknown setting 'modle'."),
        (["set", "model", " "], "The setting model must be a non-empty string."),
        (["set", "server", "moon"], "The setting server must be one of global, eu, us: 'moon'."),
    ],
)
def test_invalid_settings_are_refused(
    run: Run, no_settings: Path, words: list[str], complaint: str
) -> None:
    """A key in particular is never stored."""
    outcome = run("config", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert complaint in outcome.err
    assert not no_settings.exists()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"{", "is not a JSON object. Correct or delete it."),
        (b"[]", "is not a JSON object."),
        (b"[" * 99_999, "is not a JSON object."),
        (b"\xff", "is not a JSON object."),
        (b'{"model": 7}', "The setting model must be a non-empty string."),
        (b'{"server": "moon"}', "The setting server must be one of"),
    ],
    ids=["cut", "array", "deep", "bytes", "number", "server"],
)
def test_an_invalid_settings_file_is_an_error(
    run: Run, no_settings: Path, content: bytes, complaint: str
) -> None:
    """It is not silently ignored."""
    no_settings.parent.mkdir()
    no_settings.write_bytes(content)
    outcome = run("config", "show")
    assert (outcome.code, outcome.out) == (2, "")
    assert complaint in outcome.err


def test_settings_of_a_newer_version_are_kept(run: Run, no_settings: Path) -> None:
    """A symbolic link to another file is kept too."""
    elsewhere = no_settings.parents[1] / "dotfiles.json"
    elsewhere.write_text('{"theme": "dark"}')
    no_settings.parent.mkdir()
    no_settings.symlink_to(elsewhere)
    run("config", "set", "model", MODEL)
    assert json.loads(elsewhere.read_text()) == {"theme": "dark", "model": MODEL}
    assert no_settings.is_symlink()
    assert [path.name for path in no_settings.parents[1].iterdir() if path.is_file()] == [
        "dotfiles.json"
    ]


@pytest.mark.parametrize(
    ("platform", "environment", "path"),
    [
        ("linux", {"XDG_CONFIG_HOME": "/etc/me"}, "/etc/me/mistral-funcs/config.json"),
        ("linux", {"XDG_CONFIG_HOME": "relative"}, "~/.config/mistral-funcs/config.json"),
        ("linux", {}, "~/.config/mistral-funcs/config.json"),
        ("darwin", {}, "~/Library/Application Support/mistral-funcs/config.json"),
        ("win32", {"APPDATA": "/roaming"}, "/roaming/mistral-funcs/config.json"),
        ("win32", {}, "~/AppData/Roaming/mistral-funcs/config.json"),
    ],
)
def test_the_settings_file_has_the_conventional_path(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], path: str
) -> None:
    """The convention of the platform applies, or XDG_CONFIG_HOME."""
    monkeypatch.setattr(sys, "platform", platform)
    for name in ("APPDATA", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert settings_file.settings_file() == Path(path).expanduser()


def test_without_a_home_directory_there_are_no_settings(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container whose user has no name. Other commands work."""

    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    assert run("config", "show").out == "model\t\t\nserver\t\t\n"
    assert run("config", "show", "--json").document["file"] is None
    assert "No home directory. Set XDG_CONFIG_HOME." in run("config", "set", "model", MODEL).err


def test_a_settings_folder_that_is_a_file_is_ignored(run: Run, no_settings: Path) -> None:
    """Reading works without settings, and writing is an error with the path."""
    no_settings.parent.write_text("")
    assert run("config", "show").code == 0
    outcome = run("config", "set", "model", MODEL)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"Error: {no_settings.parent}: ")
