"""How command-line arguments become the fields of a request, and which are refused."""

import json
import sys
from base64 import b64encode
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Run

CHAT = ("chat", "complete", "--model", "mistral-large-latest", "--sandbox", "--json")
JOB = ("fine-tuning", "jobs", "create", "--model", "open-mistral-7b", "--sandbox")
STEPS = ("--hyperparameters", '{"training_steps": 10}')
FILE = "00000001-0000-4000-8000-000000000001"
OCR = ("ocr", "process", "--model", "mistral-ocr-latest", "--sandbox")
HEAR = ("audio", "transcriptions", "complete", "--model", "voxtral-mini-latest", "--sandbox")
BATCH = ("batch", "jobs", "create", "--endpoint", "/v1/embeddings", "--sandbox")
UPLOAD_TO_TRAIN = "files upload train.jsonl --purpose fine-tune"


def sent(sandbox: Sandbox) -> Any:
    """Return the JSON of the last request."""
    body = sandbox.requests[-1].body
    assert isinstance(body, bytes)
    return json.loads(body)


def test_options_that_are_not_given_are_not_sent(run: Run, sandbox: Sandbox) -> None:
    """The defaults of the API apply, not defaults of the command line."""
    assert run(*CHAT, "Hello").code == 0
    assert sent(sandbox) == {
        "model": "mistral-large-latest",
        "messages": [{"role": "user", "content": "Hello"}],
    }


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        (["--temperature", "0.5", "--max-tokens", "9"], {"temperature": 0.5, "max_tokens": 9}),
        (["--presence-penalty", "-1"], {"presence_penalty": -1}),
        (["--safe-prompt", "--no-parallel-tool-calls"], {"safe_prompt": True}),
        (["--no-parallel-tool-calls"], {"parallel_tool_calls": False}),
        (["--stop", "one"], {"stop": "one"}),
        (["--stop", "one", "two"], {"stop": ["one", "two"]}),
        (["--stop", "one", "--stop", "two"], {"stop": ["one", "two"]}),
        (["--reasoning-effort", "high"], {"reasoning_effort": "high"}),
        (["--reasoning-effort", "a-new-one"], {"reasoning_effort": "a-new-one"}),
        (["--metadata", '{"a": [1, null]}'], {"metadata": {"a": [1, None]}}),
        (["--response-format", "json_object"], {"response_format": {"type": "json_object"}}),
        (["--response-format", '{"type": "text"}'], {"response_format": {"type": "text"}}),
        (["--tool-choice", "none"], {"tool_choice": "none"}),
        (["--tools", "[]"], {"tools": []}),
        (
            ["--tools", '{"type": "web_search"}', '[{"type": "code_interpreter"}]'],
            {"tools": [{"type": "web_search"}, {"type": "code_interpreter"}]},
        ),
    ],
    ids=str,
)
def test_options_have_the_types_of_the_operation(
    run: Run, sandbox: Sandbox, words: list[str], fields: dict[str, Any]
) -> None:
    """Numbers, flags, repeated options, lists and JSON; open sets accept any value."""
    run(*CHAT, "Hello", *words)
    assert fields.items() <= sent(sandbox).items()


def test_training_files_are_ids_objects_or_files_with_a_list(
    run: Run, sandbox: Sandbox, folder: Path
) -> None:
    """All forms can be combined."""
    (folder / "more.json").write_text('[{"file_id": "c"}, {"file_id": "d"}]')
    run(*JOB, *STEPS, "--training-files", "a", '{"file_id": "b", "weight": 2}', "@more.json")
    assert sent(sandbox)["training_files"] == [
        {"file_id": "a"},
        {"file_id": "b", "weight": 2},
        {"file_id": "c"},
        {"file_id": "d"},
    ]


def test_messages_come_before_the_question(run: Run, sandbox: Sandbox) -> None:
    """The file provides earlier messages, such as a system prompt."""
    run(*CHAT, "Hello", "--messages", "@messages.json")
    assert [each["content"] for each in sent(sandbox)["messages"]] == ["Be brief.", "Hello"]


@pytest.mark.parametrize("question", [[], ["-"]], ids=["nothing", "dash"])
def test_a_question_can_be_piped(
    run: Run, sandbox: Sandbox, question: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard input is read if no question or a dash is given."""
    monkeypatch.setattr(sys, "stdin", StringIO("Summarize this.\n"))
    run(*CHAT, *question)
    assert sent(sandbox)["messages"] == [{"role": "user", "content": "Summarize this."}]


def test_binary_standard_input_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as a recording that was piped to the wrong command."""
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"\xff\xfb\x90\x64"), "utf-8"))
    outcome = run(*CHAT, "-")
    assert (outcome.code, outcome.out) == (2, "")
    assert "Standard input is not text" in outcome.err


def test_messages_alone_are_enough(run: Run, sandbox: Sandbox) -> None:
    """No question is required then."""
    run(*CHAT, "--messages", '{"role": "user", "content": "Hi"}')
    assert sent(sandbox)["messages"] == [{"role": "user", "content": "Hi"}]


def test_a_recording_is_sent_as_base64(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """The option takes a path."""
    run("--sandbox", "audio", "voices", "create", "--name", "me", "--sample-audio", "voice.wav")
    recording = (folder / "voice.wav").read_bytes()
    assert sent(sandbox)["sample_audio"] == b64encode(recording).decode()


def test_an_option_with_no_sends_null(run: Run, sandbox: Sandbox) -> None:
    """`--no-description` clears the description; leaving the option out keeps it."""
    tuned = "ft:open-mistral-7b:587a6b29:20240514:7e773925"
    run("--sandbox", "models", "update", tuned, "--no-description")
    assert sent(sandbox) == {"description": None}


def test_a_datetime_is_sent_with_its_offset(run: Run, sandbox: Sandbox) -> None:
    """In ISO 8601."""
    moment = "2024-01-31T12:00:00+00:00"
    run("--sandbox", "fine-tuning", "jobs", "list", "--created-after", moment)
    assert parse_qs(urlsplit(sandbox.requests[-1].url).query) == {"created_after": [moment]}


def test_a_document_can_be_a_url(run: Run, sandbox: Sandbox) -> None:
    """Its pages are a comma-separated list."""
    url = "https://a.example/b.pdf"
    run(*OCR, "--document", url, "--pages", "0,2")
    assert sent(sandbox)["document"] == {"type": "document_url", "document_url": url}
    assert sent(sandbox)["pages"] == "0,2"


@pytest.mark.parametrize(
    ("text", "document"),
    [
        (
            "data:application/pdf;base64,aGk=",
            {"type": "document_url", "document_url": "data:application/pdf;base64,aGk="},
        ),
        ("HTTPS://a.example", {"type": "document_url", "document_url": "HTTPS://a.example"}),
        (FILE, {"type": "file", "file_id": FILE}),
        ('{"type": "file", "file_id": "b"}', {"type": "file", "file_id": "b"}),
    ],
)
def test_a_document_can_be_anything_that_the_server_can_read(
    run: Run, sandbox: Sandbox, text: str, document: dict[str, str]
) -> None:
    """A URL with any scheme, the ID of an uploaded file, or JSON."""
    run(*OCR, "--document", text)
    assert sent(sandbox)["document"] == document


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ((*HEAR, "--file-url", "voice.wav"), "Pass a local file as FILE."),
        ((*JOB, *STEPS, "--training-files", "train.jsonl"), UPLOAD_TO_TRAIN),
        ((*JOB, *STEPS, "--validation-files", "x", "train.jsonl"), UPLOAD_TO_TRAIN),
        ((*BATCH, "--input-files", "train.jsonl"), "files upload train.jsonl --purpose batch"),
    ],
)
def test_a_local_path_is_neither_a_url_nor_an_id(
    run: Run, words: tuple[str, ...], advice: str
) -> None:
    """The server cannot read it. The error says how to upload the file."""
    outcome = run(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert advice in outcome.err


@pytest.mark.parametrize(
    "words",
    [
        (*HEAR, "--file-url", "https://a.example/b.wav"),
        (*JOB, *STEPS, "--training-files", "a", "--validation-files", "b", "c" * 5000),
        (*BATCH, "--input-files", FILE),
    ],
)
def test_urls_and_ids_are_sent_unchecked(
    run: Run, sandbox: Sandbox, words: tuple[str, ...]
) -> None:
    """The server reports those that do not exist."""
    outcome = run(*words)
    assert outcome.code != 2
    assert words[-1] in f"{sandbox.requests[-1].body!r} {outcome.out}"


@pytest.mark.parametrize("where", ["before", "after"])
def test_global_options_can_precede_or_follow_the_command(run: Run, where: str) -> None:
    """Both orders have the same effect."""
    options = ["--sandbox", "--json", "--timeout", "9"]
    command = ["models", "retrieve", "mistral-embed"]
    outcome = run(*(options + command if where == "before" else command + options))
    assert outcome.document["id"] == "mistral-embed"


def test_a_failed_connection_is_reported_without_the_key(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server comes from `--server-url`, the key from the environment."""
    monkeypatch.setenv("MISTRAL_API_KEY", "some-key")
    outcome = run("--server-url", "http://127.0.0.1:9", "--timeout", "0.1", "models", "list")
    assert (outcome.code, outcome.out) == (1, "")
    assert "Error: " in outcome.err
    assert "some-key" not in outcome.err


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ((*JOB, "--hyperparameters", "{"), "for --hyperparameters: it is not JSON"),
        ((*JOB, "--hyperparameters", "@no.json"), "for --hyperparameters: no.json cannot be read"),
        ((*JOB, *STEPS, "--training-files", "["), "for --training-files: it is not JSON"),
        ((*CHAT, "Hi", "--max-tokens", "many"), "for --max-tokens"),
        (JOB, "--hyperparameters JSON|@FILE is required."),
        ((*JOB, "--hyperparameters"), "--hyperparameters requires a value: JSON|@FILE."),
        ((*JOB, "--hyperparametrs", "{}"), "Did you mean --hyperparameters instead of"),
        (("chat", "complete", "Hi"), "--model TEXT is required."),
        ((*CHAT, "Hi", "--max-tokens"), "--max-tokens requires a value."),
        (("models", "retrieve"), "MODEL_ID is required."),
        (("files", "upload"), "FILE is required. The path of the file."),
        (("embeddings", "create", "--model", "m"), "INPUT is required."),
        (("models", "retrieve", "a", "b", "c"), "Unexpected arguments: b c. Quote text"),
        (
            ("audio", "voices", "create", "--name", "me", "--sample-audio", "no.wav"),
            "no.wav cannot",
        ),
        (("files", "upload", "no.jsonl"), '"no.jsonl" does not exist'),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_invalid_arguments_are_reported_with_their_option(
    run: Run, words: tuple[str, ...], complaint: str
) -> None:
    """Nothing is sent. The exit code is 2, and the message refers to `--help`."""
    outcome = run(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert complaint in " ".join(outcome.err.split())
    assert "--help" in outcome.err
