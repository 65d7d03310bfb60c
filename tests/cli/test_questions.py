"""Questions: unquoted words, standard input, instructions and attachments."""

import sys
from base64 import b64encode
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Run
from tests.cli.test_arguments import FILE, sent

MODEL = ("--model", "mistral-large-latest", "--sandbox")
CHAT = ("chat", "complete", *MODEL)
START = ("beta", "conversations", "start", *MODEL)
RESPOND = ("responses", "create", *MODEL)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
PDF = b"%PDF-1.7\n"


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> str:
    """Set the content of standard input."""
    text = "a = b"
    monkeypatch.setattr(sys, "stdin", StringIO(f"{text}\n"))
    return text


@pytest.mark.parametrize("command", [CHAT, START, RESPOND], ids=["chat", "start", "responses"])
def test_several_words_are_one_question(run: Run, command: tuple[str, ...]) -> None:
    """Before and after the options. After `--`, words that look like options too."""
    assert run(*command, "explain", "this").out == "You said: explain this\n"
    verb = len(command) - len(MODEL)
    before = (*command[:verb], "explain", "this", *command[verb:])
    assert run(*before).out == "You said: explain this\n"
    assert run(*command, "--", "is", "-5", "odd?").out == "You said: is -5 odd?\n"


@pytest.mark.parametrize(
    ("command", "field"),
    [(CHAT, "messages"), (START, "inputs"), (RESPOND, "input")],
    ids=["chat", "start", "responses"],
)
def test_standard_input_is_joined_with_the_question(
    run: Run, sandbox: Sandbox, piped: str, command: tuple[str, ...], field: str
) -> None:
    """As in `git diff | mistral-funcs chat complete explain this`."""
    run(*command, "explain", "this")
    content: Any = sent(sandbox)[field]
    question = content if isinstance(content, str) else content[0]["content"]
    assert question == f"explain this\n\n{piped}"


@pytest.mark.parametrize("command", [START, RESPOND], ids=["start", "responses"])
def test_earlier_entries_come_before_the_question(
    run: Run, sandbox: Sandbox, command: tuple[str, ...]
) -> None:
    """`--inputs` is JSON or a string."""
    option = "--inputs" if command is START else "--input"
    for earlier in ("Hi", '{"role": "user", "content": "Hi"}', "@messages.json"):
        run(*command, "and", "now?", option, earlier)
        entries = sent(sandbox)[option[2:]]
        assert entries[-1] == {"role": "user", "content": "and now?"}
        assert entries[0]["content"] in {"Hi", "Be brief."}


def test_invalid_json_is_not_a_question(run: Run) -> None:
    """Text that begins like JSON was meant as entries."""
    for command in (START, RESPOND):
        outcome = run(*command, '[{"role"')
        assert (outcome.code, outcome.out) == (2, "")
        assert "Invalid question: it is not JSON" in outcome.err


def test_appending_requires_no_question(run: Run, sandbox: Sandbox) -> None:
    """The first argument is the ID of the conversation, further ones are the question."""
    append = ("beta", "conversations", "append", "c", "--sandbox")
    run(*append, "go", "on")
    assert sent(sandbox)["inputs"] == "go on"
    run(*append, "--tool-confirmations", "[]")
    assert "inputs" not in sent(sandbox)
    assert sandbox.requests[-1].url.endswith("/c")


@pytest.mark.parametrize("option", ["--system", "-s"])
def test_instructions_are_sent_as_a_message_or_a_field(
    run: Run, sandbox: Sandbox, option: str
) -> None:
    """Depending on the operation."""
    run(*CHAT, "Hello", option, "Be kind.", "--messages", "@messages.json")
    assert [each["content"] for each in sent(sandbox)["messages"]] == [
        *("Be kind.", "Be brief.", "Hello"),
    ]
    for command in (START, RESPOND):
        run(*command, "Hello", option, "Be kind.")
        assert sent(sandbox)["instructions"] == "Be kind."


def test_words_that_the_locale_cannot_decode_are_utf_8(run: Run, sandbox: Sandbox) -> None:
    """Surrogate escapes are decoded. They occur in the C locale without UTF-8 mode."""
    word = b"h\xc3\xa9 \xff".decode("ascii", "surrogateescape")
    run(*CHAT, word, "--system", word)
    assert {each["content"] for each in sent(sandbox)["messages"]} == {"h\u00e9 \ufffd"}


# -------------------------------------------------------------------------------------- attachments


def url(kind: str, data: bytes) -> str:
    """Return bytes as a data URL."""
    return f"data:{kind};base64,{b64encode(data).decode()}"


ATTACHED: dict[str, tuple[bytes, dict[str, Any]]] = {
    "photo.png": (PNG, {"type": "image_url", "image_url": url("image/png", PNG)}),
    "no-suffix": (PNG, {"type": "image_url", "image_url": url("image/png", PNG)}),
    "report.pdf": (
        PDF,
        {
            "type": "document_url",
            "document_url": url("application/pdf", PDF),
            "document_name": "report.pdf",
        },
    ),
    "voice.wav": (b"RIFF", {"type": "input_audio", "input_audio": b64encode(b"RIFF").decode()}),
    "main.py": (b"pass\n", {"type": "text", "text": "main.py:\n\npass\n"}),
    "notes.md": ("\ufeffh\u00e9".encode(), {"type": "text", "text": "notes.md:\n\nh\u00e9"}),
}
"""Files by name: the content, and the chunk that is sent."""


@pytest.mark.parametrize("name", ATTACHED)
def test_an_attachment_is_a_chunk_of_its_type(
    run: Run, sandbox: Sandbox, folder: Path, name: str
) -> None:
    """Recognized by its first bytes or its name. Text is sent as text."""
    data, chunk = ATTACHED[name]
    (folder / name).write_bytes(data)
    assert run(*CHAT, "What", "is", "this?", "--attach", name).code == 0
    text = {"type": "text", "text": "What is this?"}
    assert sent(sandbox)["messages"][-1]["content"] == [text, chunk]


@pytest.mark.parametrize(
    ("text", "chunk"),
    [
        (
            "https://a.example/b.jpg?c",
            {"type": "image_url", "image_url": "https://a.example/b.jpg?c"},
        ),
        ("https://a.example/b", {"type": "document_url", "document_url": "https://a.example/b"}),
        (
            "https://a.example/b.mp3#t=1",
            {"type": "input_audio", "input_audio": "https://a.example/b.mp3#t=1"},
        ),
        (FILE, {"type": "file", "file_id": FILE}),
    ],
)
def test_an_attachment_may_be_a_url_or_an_uploaded_file(
    run: Run, sandbox: Sandbox, text: str, chunk: dict[str, str]
) -> None:
    """No question is required, because the attachment may contain it."""
    run(*CHAT, "-a", text)
    assert sent(sandbox)["messages"] == [{"role": "user", "content": [chunk]}]


def test_several_attachments_stay_in_order(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """Conversations get URLs, because they accept no file IDs."""
    (folder / "photo.png").write_bytes(PNG)
    run(*START, "Compare.", "-a", FILE, "-a", "photo.png")
    kinds = [each["type"] for each in sent(sandbox)["inputs"][-1]["content"]]
    assert kinds == ["text", "document_url", "image_url"]


def test_attachments_of_responses_have_their_own_types(
    run: Run, sandbox: Sandbox, folder: Path
) -> None:
    """For all kinds except recordings, which the API does not accept."""
    for name, (data, _) in ATTACHED.items():
        (folder / name).write_bytes(data)
    given = ["photo.png", "report.pdf", "https://a.example/b.pdf", FILE]
    run(*RESPOND, "Compare.", *(word for each in given for word in ("-a", each)))
    assert sent(sandbox)["input"] == [
        {
            "role": "user",
            "content": [
                {"type": "input_text", "text": "Compare."},
                {"type": "input_image", "detail": "auto", "image_url": url("image/png", PNG)},
                {
                    "type": "input_file",
                    "file_data": url("application/pdf", PDF),
                    "filename": "report.pdf",
                },
                {"type": "input_file", "file_url": "https://a.example/b.pdf"},
                {"type": "input_file", "file_id": FILE},
            ],
        }
    ]
    outcome = run(*RESPOND, "Listen.", "-a", "voice.wav")
    assert (outcome.code, outcome.out) == (2, "")
    assert "The Responses API accepts no recordings." in outcome.err


@pytest.mark.parametrize(
    ("name", "data", "code", "complaint"),
    [
        ("nowhere.png", None, 2, "'nowhere.png' is not a file, a URL or the ID"),
        ("odd.bin", b"\xff\xfe\xfd", 1, "The type of `file` is unknown."),
        ("empty.pdf", b"", 1, "`file` is empty"),
    ],
)
def test_an_invalid_attachment_is_an_error(
    run: Run,
    sandbox: Sandbox,
    folder: Path,
    *,
    name: str,
    data: bytes | None,
    code: int,
    complaint: str,
) -> None:
    """The question is not sent."""
    if data is not None:
        (folder / name).write_bytes(data)
    outcome = run(*CHAT, "What is this?", "-a", name)
    assert (outcome.code, outcome.out) == (code, "")
    assert complaint in outcome.err
    assert all("chat" not in each.url for each in sandbox.requests)
