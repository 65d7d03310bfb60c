"""What is typed, and what is sent: nothing but what was typed, in the shape that the API has."""

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


def test_what_is_not_typed_is_not_sent(run: Run, sandbox: Sandbox) -> None:
    """No default of the command line takes the place of one of the API."""
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
    """Numbers, flags, lists that repeat or take several, and JSON; open sets stay open."""
    run(*CHAT, "Hello", *words)
    assert fields.items() <= sent(sandbox).items()


def test_files_to_train_on_are_ids_objects_and_files_of_them(
    run: Run, sandbox: Sandbox, folder: Path
) -> None:
    """All of them in one list."""
    (folder / "more.json").write_text('[{"file_id": "c"}, {"file_id": "d"}]')
    run(*JOB, *STEPS, "--training-files", "a", '{"file_id": "b", "weight": 2}', "@more.json")
    assert sent(sandbox)["training_files"] == [
        {"file_id": "a"},
        {"file_id": "b", "weight": 2},
        {"file_id": "c"},
        {"file_id": "d"},
    ]


def test_messages_come_before_the_question(run: Run, sandbox: Sandbox) -> None:
    """A file sets the scene, and the question is asked in it."""
    run(*CHAT, "Hello", "--messages", "@messages.json")
    assert [each["content"] for each in sent(sandbox)["messages"]] == ["Be brief.", "Hello"]


@pytest.mark.parametrize("question", [[], ["-"]], ids=["nothing", "dash"])
def test_a_question_comes_through_a_pipe(
    run: Run, sandbox: Sandbox, question: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where none is typed, or a dash in its place."""
    monkeypatch.setattr(sys, "stdin", StringIO("Summarize this.\n"))
    run(*CHAT, *question)
    assert sent(sandbox)["messages"] == [{"role": "user", "content": "Summarize this."}]


def test_bytes_in_a_pipe_are_no_question(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recording that was sent to the wrong command, say."""
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"\xff\xfb\x90\x64"), "utf-8"))
    seen = run(*CHAT, "-")
    assert (seen.code, seen.out) == (2, "")
    assert "Standard input is not text" in seen.err


def test_messages_alone_are_enough(run: Run, sandbox: Sandbox) -> None:
    """Where nothing is in the pipe."""
    run(*CHAT, "--messages", '{"role": "user", "content": "Hi"}')
    assert sent(sandbox)["messages"] == [{"role": "user", "content": "Hi"}]


def test_a_recording_is_sent_as_base64(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """Who types a command has a file."""
    run("--sandbox", "audio", "voices", "create", "--name", "me", "--sample-audio", "voice.wav")
    recording = (folder / "voice.wav").read_bytes()
    assert sent(sandbox)["sample_audio"] == b64encode(recording).decode()


def test_what_is_cleared_is_null(run: Run, sandbox: Sandbox) -> None:
    """`--no-...`, where leaving something out and clearing it are two things."""
    tuned = "ft:open-mistral-7b:587a6b29:20240514:7e773925"
    run("--sandbox", "models", "update", tuned, "--no-description")
    assert sent(sandbox) == {"description": None}


def test_a_moment_is_sent_with_its_zone(run: Run, sandbox: Sandbox) -> None:
    """In ISO 8601."""
    moment = "2024-01-31T12:00:00+00:00"
    run("--sandbox", "fine-tuning", "jobs", "list", "--created-after", moment)
    assert parse_qs(urlsplit(sandbox.requests[-1].url).query) == {"created_after": [moment]}


def test_a_document_is_a_url(run: Run, sandbox: Sandbox) -> None:
    """And its pages are told as one would in words."""
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
def test_a_document_is_what_the_server_can_reach(
    run: Run, sandbox: Sandbox, text: str, document: dict[str, str]
) -> None:
    """A URL of any kind, or a file that was uploaded."""
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
def test_a_file_on_this_machine_is_no_url_and_no_id(
    run: Run, words: tuple[str, ...], advice: str
) -> None:
    """The server cannot read it: it is uploaded first, and this is how."""
    seen = run(*words)
    assert (seen.code, seen.out) == (2, "")
    assert advice in seen.err


@pytest.mark.parametrize(
    "words",
    [
        (*HEAR, "--file-url", "https://a.example/b.wav"),
        (*JOB, *STEPS, "--training-files", "a", "--validation-files", "b", "c" * 5000),
        (*BATCH, "--input-files", FILE),
    ],
)
def test_urls_and_ids_are_sent_as_they_are(
    run: Run, sandbox: Sandbox, words: tuple[str, ...]
) -> None:
    """Whether they exist is for the server to say."""
    seen = run(*words)
    assert seen.code != 2
    assert words[-1] in f"{sandbox.requests[-1].body!r} {seen.out}"


@pytest.mark.parametrize("where", ["before", "after"])
def test_global_options_stand_before_and_after(run: Run, where: str) -> None:
    """As one likes."""
    options = ["--sandbox", "--json", "--timeout", "9"]
    command = ["models", "retrieve", "mistral-embed"]
    seen = run(*(options + command if where == "before" else command + options))
    assert seen.document["id"] == "mistral-embed"


def test_the_server_is_the_one_that_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody listens, that is told, and how often it was tried."""
    monkeypatch.setenv("MISTRAL_API_KEY", "some-key")
    seen = run("--server-url", "http://127.0.0.1:9", "--timeout", "0.1", "models", "list")
    assert (seen.code, seen.out) == (1, "")
    assert "Error: " in seen.err
    assert "some-key" not in seen.err


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
def test_what_cannot_be_meant_is_told_with_its_option(
    run: Run, words: tuple[str, ...], complaint: str
) -> None:
    """Before anything is sent, with the code of a wrong usage and the way to the help."""
    seen = run(*words)
    assert (seen.code, seen.out) == (2, "")
    assert complaint in " ".join(seen.err.split())
    assert "--help" in seen.err
