"""The commands: one for each operation, made from its signature, and run on the sandbox."""

import inspect
import re
from typing import get_type_hints

import pytest

import mistral_funcs
from mistral_funcs._index import TOOLKIT
from mistral_funcs.cli.commands import ASKS, GIVES_BYTES
from mistral_funcs.cli.program import RESOURCES
from mistral_funcs.cli.tree import VERBS
from tests.cli.program_runs import Run

FILE = "00000001-0000-4000-8000-000000000001"
JOB = "00000002-0000-4000-8000-000000000002"
BATCH = "00000003-0000-4000-8000-000000000003"
VOICE = "00000000-0000-4000-8000-00000000a001"
TUNED = "ft:open-mistral-7b:587a6b29:20240514:7e773925"
CLASSIFIER = "ft:classifier:open-mistral-7b:587a6b29:20240601:1f0a2c3d"
CHAT = '[{"role": "user", "content": "Hi"}]'

OPERATIONS = [(resource, verb) for resource, row in VERBS.items() for verb in row]
WAITING = [
    name.rpartition("_")[::2]
    for name in TOOLKIT
    if name.startswith(("batch_jobs_", "fine_tuning_jobs_"))
]

LINES: dict[str, list[str]] = {
    "models list": ["--model", "mistral-embed"],
    "models retrieve": ["mistral-embed"],
    "models delete": [TUNED],
    "models update": [TUNED, "--name", "support", "--no-description"],
    "models archive": [TUNED],
    "models unarchive": [TUNED],
    "fine-tuning-jobs list": ["--created-after", "2024-01-31T12:00:00Z", "--no-created-by-me"],
    "fine-tuning-jobs create": [
        *("--model", "open-mistral-7b", "--hyperparameters", '{"training_steps": 10}'),
        *("--training-files", FILE),
    ],
    "fine-tuning-jobs get": [JOB],
    "fine-tuning-jobs cancel": [JOB],
    "fine-tuning-jobs start": [JOB],
    "fine-tuning-jobs wait": [JOB],
    "fine-tuning-jobs watch": [JOB],
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
    "embeddings create": ["one", "two", "--model", "mistral-embed"],
    "classifiers moderate": ["Hello", "--model", "mistral-moderation-latest"],
    "classifiers moderate-chat": [CHAT, "--model", "mistral-moderation-latest"],
    "classifiers classify": ["Hello", "--model", CLASSIFIER],
    "classifiers classify-chat": [f'{{"messages": {CHAT}}}', "--model", CLASSIFIER],
    "batch-jobs list": ["--status", "QUEUED", "RUNNING", "--order-by", "created"],
    "batch-jobs create": ["--endpoint", "/v1/embeddings", "--input-files", FILE],
    "batch-jobs get": [BATCH, "--inline"],
    "batch-jobs cancel": [BATCH],
    "batch-jobs delete": [BATCH],
    "batch-jobs wait": [BATCH],
    "batch-jobs watch": [BATCH],
    "ocr process": ["--model", "mistral-ocr-latest", "--document", "https://a.example/b.pdf"],
    "audio-speech complete": ["Hello", "--ref-audio", "voice.wav"],
    "audio-speech stream": ["Hello", "--voice-id", VOICE],
    "audio-transcriptions complete": ["voice.wav", "--model", "voxtral-mini-latest"],
    "audio-transcriptions stream": ["voice.wav", "--model", "voxtral-mini-latest"],
    "audio-voices list": ["--limit", "2"],
    "audio-voices create": ["--name", "me", "--sample-audio", "voice.wav"],
    "audio-voices get": [VOICE],
    "audio-voices update": [VOICE, "--name", "you"],
    "audio-voices delete": [VOICE],
    "audio-voices get-sample-audio": [VOICE],
}
"""A line for each command, such as somebody may type."""

REFUSED = {"fine-tuning-jobs start", "audio-voices update", "audio-voices delete"}
"""What the sandbox refuses, as the API does: a job that waits, a voice that is not one's own."""


def typed(resource: str, verb: str) -> list[str]:
    """Return the words of a command."""
    return [resource.replace("_", "-"), verb.replace("_", "-")]


def test_each_operation_is_a_command() -> None:
    """All that can be called can be typed, and what is called for bytes knows where to put them."""
    assert set(RESOURCES) == set(VERBS)
    assert sorted(LINES) == sorted(" ".join(typed(*each)) for each in [*OPERATIONS, *WAITING])
    names = [f"{resource}_{verb}" for resource, verb in OPERATIONS]
    results = {name: get_type_hints(getattr(mistral_funcs, name))["return"] for name in names}
    assert [name for name in names if re.search("ByteStream|Speech", str(results[name]))] == [
        *GIVES_BYTES
    ]
    asked = [name for name in names if "messages" in get_type_hints(getattr(mistral_funcs, name))]
    assert asked == [*ASKS]


@pytest.mark.parametrize("line", LINES)
def test_each_command_runs_on_the_sandbox(run: Run, line: str) -> None:
    """For people, with an exit code that says whether it was done."""
    seen = run("--sandbox", *line.split(), *LINES[line])
    assert seen.code == (line in REFUSED), seen.err
    assert seen.err.startswith("Error: ") if line in REFUSED else seen.out


@pytest.mark.parametrize("line", [line for line in LINES if line not in REFUSED])
def test_each_command_prints_json(run: Run, line: str) -> None:
    """One document, or where there are many, one in each line; bytes stay bytes."""
    seen = run(*line.split(), *LINES[line], "--sandbox", "--json")
    assert seen.code == 0, seen.err
    if line.endswith(("stream", "watch")):
        assert seen.documents
    elif not line.endswith(("download", "get-sample-audio")):
        assert seen.document


@pytest.mark.parametrize(("resource", "verb"), [*OPERATIONS, *WAITING])
def test_help_explains_each_argument(run: Run, resource: str, verb: str) -> None:
    """Each argument of the function is an option, or stands without one; and is explained."""
    seen = run(*typed(resource, verb), "--help")
    function = getattr(mistral_funcs, f"{resource}_{verb}")
    joined = re.sub(r"[^\w-]", "", seen.out)  # Long names go on in the next line.
    for name in inspect.signature(function).parameters:
        if name not in ("client", "options"):
            option = name.replace("_", "-")
            assert f"--{option}" in joined or name.upper() in seen.out
    summary = inspect.cleandoc(function.__doc__ or "").splitlines()[0]
    assert summary in seen.out
    assert max(map(len, seen.out.splitlines())) <= 80
    assert seen.code == 0
