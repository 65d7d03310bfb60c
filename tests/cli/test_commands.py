"""Commands are derived from the declared operations, and run on the sandbox."""

import inspect
import re
from datetime import datetime
from typing import Any, Literal, get_args, get_origin

import pytest

import mistral_funcs
from mistral_core import Operation, operation_of
from mistral_funcs._index import OPERATIONS, RESOURCES, TOOLKIT
from mistral_funcs.cli.command_options import POSITIONAL
from mistral_funcs.cli.command_signature import signature_of
from mistral_funcs.cli.commands import details_of
from mistral_funcs.cli.render.views import COLUMNS, TABLES, TEXTS
from mistral_funcs.cli.response_traits import has_audio, is_binary, is_completion
from mistral_funcs.cli.tree import COMMANDS, FLAT_NAMES, summary_of, words
from tests.cli.program_runs import Run

FILE = "00000001-0000-4000-8000-000000000001"
JOB = "00000002-0000-4000-8000-000000000002"
BATCH = "00000003-0000-4000-8000-000000000003"
VOICE = "00000000-0000-4000-8000-00000000a001"
TUNED = "ft:open-mistral-7b:587a6b29:20240514:7e773925"
CLASSIFIER = "ft:classifier:open-mistral-7b:587a6b29:20240601:1f0a2c3d"
CHAT = '[{"role": "user", "content": "Hi"}]'

LINES: dict[str, list[str]] = {
    "models list": ["--model", "mistral-embed"],
    "models retrieve": ["mistral-embed"],
    "models delete": [TUNED],
    "models update": [TUNED, "--name", "support", "--no-description"],
    "models archive": [TUNED],
    "models unarchive": [TUNED],
    "fine-tuning jobs list": ["--created-after", "2024-01-31T12:00:00Z", "--no-created-by-me"],
    "fine-tuning jobs create": [
        *("--model", "open-mistral-7b", "--hyperparameters", '{"training_steps": 10}'),
        *("--training-files", FILE),
    ],
    "fine-tuning jobs get": [JOB],
    "fine-tuning jobs cancel": [JOB],
    "fine-tuning jobs start": [JOB],
    "fine-tuning jobs wait": [JOB],
    "fine-tuning jobs watch": [JOB],
    "files upload": ["train.jsonl", "--purpose", "fine-tune"],
    "files list": ["--page-size", "1", "--source", "upload", "repository", "--include-total"],
    "files retrieve": [FILE],
    "files delete": [FILE],
    "files download": [FILE],
    "files get-signed-url": [FILE, "--expiry", "1"],
    "chat complete": ["Hello", "--model", "mistral-large-latest"],
    "chat stream": ["Hello", "--model", "mistral-large-latest", "--stop", "a", "--stop", "b"],
    "fim complete": ["def f(", "--model", "codestral-latest"],
    "fim stream": ["def f(", "--model", "codestral-latest"],
    "agents complete": ["Hello", "--agent-id", "ag:sandbox"],
    "agents stream": ["Hello", "--agent-id", "ag:sandbox"],
    "beta agents create": ["--model", "mistral-large-latest", "--name", "support"],
    "beta agents list": ["--metadata", "{}"],
    "beta agents update": ["ag:sandbox", "--name", "support", "--no-description"],
    "beta conversations start": ["--inputs", "Hello", "--model", "mistral-large-latest"],
    "beta conversations start-stream": ["--inputs", CHAT, "--agent-id", "ag:sandbox"],
    "responses create": ["Hello", "--model", "mistral-large-latest"],
    "responses stream": ["Hello", "--model", "mistral-large-latest"],
    "responses count-input-tokens": ["Hello", "--model", "mistral-large-latest"],
    "embeddings create": ["one", "two", "--model", "mistral-embed"],
    "classifiers moderate": ["Hello", "--model", "mistral-moderation-latest"],
    "classifiers moderate-chat": [CHAT, "--model", "mistral-moderation-latest"],
    "classifiers classify": ["Hello", "--model", CLASSIFIER],
    "classifiers classify-chat": [f'{{"messages": {CHAT}}}', "--model", CLASSIFIER],
    "batch jobs list": ["--status", "QUEUED", "RUNNING", "--order-by", "created"],
    "batch jobs create": ["--endpoint", "/v1/embeddings", "--input-files", FILE],
    "batch jobs get": [BATCH, "--inline"],
    "batch jobs cancel": [BATCH],
    "batch jobs delete": [BATCH],
    "batch jobs wait": [BATCH],
    "batch jobs watch": [BATCH],
    "ocr process": ["--model", "mistral-ocr-latest", "--document", "https://a.example/b.pdf"],
    "audio speech complete": ["Hello", "--ref-audio", "voice.wav"],
    "audio speech stream": ["Hello", "--voice-id", VOICE],
    "audio transcriptions complete": ["voice.wav", "--model", "voxtral-mini-latest"],
    "audio transcriptions stream": ["voice.wav", "--model", "voxtral-mini-latest"],
    "audio voices list": ["--limit", "2"],
    "audio voices create": ["--name", "me", "--sample-audio", "voice.wav"],
    "audio voices get": [VOICE],
    "audio voices update": [VOICE, "--name", "you"],
    "audio voices delete": [VOICE],
    "audio voices get-sample-audio": [VOICE],
}
"""Commands with realistic arguments. All others are called with generated values."""

REFUSED = {"fine-tuning jobs start", "audio voices update", "audio voices delete"}
"""Commands that the sandbox refuses, as the API does, such as changing a preset voice."""


VALUES: dict[Any, str] = {int: "1", float: "1", list[int]: "1", datetime: "2024-01-31"}
"""Values of options by type. All others accept the name of a file."""

OTHERS = sorted(OPERATIONS.keys() - {line.replace(" ", "_").replace("-", "_") for line in LINES})


def declared(name: str) -> Operation[Any]:
    """Return the operation that a function declares."""
    return operation_of(getattr(mistral_funcs, name))


def test_each_operation_is_a_command() -> None:
    """The command has the path of the resource, and each resource has a help text."""
    assert OPERATIONS.keys() <= COMMANDS.keys() <= OPERATIONS.keys() | TOOLKIT.keys()
    assert {path.replace(".", "_") for path in COMMANDS.values()} == COMMANDS.keys()
    assert {path.rpartition(".")[0] for path in COMMANDS.values()} <= RESOURCES.keys()
    waits = COMMANDS.keys() - OPERATIONS.keys()
    ends = ("_wait", "_watch", "_realtime")
    names = {name for name in TOOLKIT if name.endswith(ends) and not name.endswith("_and_wait")}
    assert waits == names


def test_operations_with_a_view_exist() -> None:
    """A view of an operation that was renamed must not remain."""
    assert COLUMNS.keys() | TABLES.keys() | TEXTS.keys() <= OPERATIONS.keys()


def test_kind_of_a_response_comes_from_its_declaration() -> None:
    """Bytes, audio, or text that is printed as it arrives."""
    names = [name for name in OPERATIONS if OPERATIONS[name][0].partition(".")[0] != "beta"]
    assert {name for name in names if is_binary(declared(name))} == {
        *("audio_voices_get_sample_audio", "files_download"),
    }
    assert {name for name in names if has_audio(declared(name))} == {
        *("audio_speech_complete", "audio_speech_stream"),
    }
    assert {name for name in names if is_completion(declared(name))} == {
        *("agents_complete", "agents_stream", "chat_complete", "chat_stream"),
        *("fim_complete", "fim_stream"),
    }


@pytest.mark.parametrize("line", LINES)
def test_each_command_runs_on_the_sandbox(run: Run, line: str) -> None:
    """Output is readable text, and the exit code reports success."""
    outcome = run("--sandbox", *line.split(), *LINES[line])
    assert outcome.code == (line in REFUSED), outcome.err
    assert outcome.err.startswith("Error: ") if line in REFUSED else outcome.out


@pytest.mark.parametrize("line", [line for line in LINES if line not in REFUSED])
def test_each_command_prints_json(run: Run, line: str) -> None:
    """One document, or one per line for streams; downloads stay bytes."""
    outcome = run(*line.split(), *LINES[line], "--sandbox", "--json")
    assert outcome.code == 0, outcome.err
    if line.endswith(("stream", "watch")):
        assert outcome.documents
    elif not line.endswith(("download", "get-sample-audio")):
        assert outcome.document


def typed(name: str) -> list[str]:
    """Return a command with a value for each required argument."""
    line = words(COMMANDS[name])
    for each in signature_of(getattr(mistral_funcs, name), declared(name)).parameters.values():
        if each.default is each.empty and each.name != "global_options":
            hint, (parameter, *_) = each.annotation.__origin__, each.annotation.__metadata__
            values = get_args(hint) if get_origin(hint) is Literal else ["train.jsonl"]
            value = "{}" if "JSON" in (parameter.metavar or "") else VALUES.get(hint, values[0])
            named = each.kind is each.KEYWORD_ONLY and each.name not in POSITIONAL
            line += [f"--{each.name.replace('_', '-')}"] * named + [value] * (hint is not bool)
    return line


@pytest.mark.parametrize("name", OTHERS)
def test_all_other_commands_parse_and_print_their_response(run: Run, name: str) -> None:
    """The server may refuse the values; the parser must not."""
    for more in ([], ["--json"]):
        outcome = run("--sandbox", *typed(name), *more)
        assert outcome.code in {0, 1}, outcome.err
        assert "Traceback" not in outcome.err


@pytest.mark.parametrize("flat", FLAT_NAMES)
def test_commands_have_a_flat_alias(run: Run, flat: str) -> None:
    """Named after the function, such as `batch-jobs list`. It is hidden from the help."""
    path = " ".join(FLAT_NAMES[flat])
    outcome = run("--json", flat, "--help")
    assert (outcome.code, outcome.out) == (0, run(*path.split(), "--help").out)
    assert flat not in run("--help").out


def test_text_that_looks_like_a_flat_alias_is_text(run: Run) -> None:
    """Only the command name itself is an alias."""
    outcome = run(
        "--sandbox", *["chat", "complete", "batch-jobs", "--model", "mistral-large-latest"]
    )
    assert outcome.out == "You said: batch-jobs\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_help_explains_each_argument(run: Run, name: str) -> None:
    """Each parameter of the function is an option or argument; streaming twins have all of them."""
    outcome = run(*words(COMMANDS[name]), "--help")
    function = getattr(mistral_funcs, name)
    joined = re.sub(r"[^\w-]", "", outcome.out)  # Long names are continued on the next line.
    for parameter in inspect.signature(function).parameters:
        if parameter not in {"client", "options"}:
            option = parameter.replace("_", "-").strip("-")
            assert f"--{option}" in joined or parameter.upper() in outcome.out
    assert summary_of(name) in " ".join(outcome.out.split())
    details = details_of(function).replace("`", "")  # Descriptions are rendered as Markdown.
    assert " ".join(details.split()) in " ".join(outcome.out.split())
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert outcome.code == 0
