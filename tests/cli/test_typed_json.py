"""JSON as an argument or in a file: one document or JSON lines, in every JSON encoding."""

import codecs
import json
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Run
from tests.cli.test_arguments import CHAT, JOB, STEPS, sent

ENCODINGS = {
    "UTF-8": "utf-8",
    "UTF-8 with a BOM": "utf-8-sig",
    "UTF-16 with a BOM": "utf-16",
    "UTF-16, little-endian": "utf-16-le",
    "UTF-16, big-endian": "utf-16-be",
    "UTF-32 with a BOM": "utf-32",
    "UTF-32, little-endian": "utf-32-le",
}
BATCH = ("batch", "jobs", "create", "--endpoint", "/v1/chat/completions", "--sandbox")
REQUESTS: list[dict[str, Any]] = [
    {"custom_id": str(number), "body": {"messages": [{"role": "user", "content": "h\u00e9\u2028"}]}}
    for number in range(3)
]
JSON_LINES = "\n".join(json.dumps(each, ensure_ascii=False) for each in REQUESTS)


@pytest.mark.parametrize("encoding", ENCODINGS.values(), ids=ENCODINGS)
def test_a_file_may_have_any_encoding_of_json(
    run: Run, sandbox: Sandbox, folder: Path, encoding: str
) -> None:
    """Windows programs write a BOM or UTF-16. For single values, lists and JSON lines."""
    message = {"role": "system", "content": "Br\u00e8ve \U0001f600"}
    (folder / "it.json").write_bytes(json.dumps([message], ensure_ascii=False).encode(encoding))
    run(*CHAT, "Hello", "--messages", "@it.json")
    assert sent(sandbox)["messages"][0] == message
    (folder / "it.json").write_bytes('{"a": "\u00e8"}'.encode(encoding))
    run(*CHAT, "Hello", "--metadata", "@it.json")
    assert sent(sandbox)["metadata"] == {"a": "\u00e8"}
    (folder / "it.jsonl").write_bytes(JSON_LINES.encode(encoding))
    run(*BATCH, "--requests", "@it.jsonl")
    assert sent(sandbox)["requests"] == REQUESTS


@pytest.mark.parametrize("encoding", ENCODINGS.values(), ids=ENCODINGS)
def test_a_piped_question_may_have_any_encoding_of_json(
    run: Run, sandbox: Sandbox, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever encoding the locale sets for standard input."""
    piped = TextIOWrapper(BytesIO("Who is M\u00fcller?\n".encode(encoding)), "ascii")
    monkeypatch.setattr(sys, "stdin", piped)
    run(*CHAT)
    assert sent(sandbox)["messages"] == [{"role": "user", "content": "Who is M\u00fcller?"}]


@pytest.mark.parametrize(
    "lines",
    [JSON_LINES, f"{JSON_LINES}\n", JSON_LINES.replace("\n", "\r\n"), f"\n{JSON_LINES}\n\n"],
    ids=["plain", "with a final newline", "from Windows", "with blank lines"],
)
def test_a_list_may_be_json_lines(run: Run, sandbox: Sandbox, folder: Path, lines: str) -> None:
    """In a file or as an argument."""
    (folder / "requests.jsonl").write_bytes(lines.encode())
    run(*BATCH, "--requests", "@requests.jsonl")
    assert sent(sandbox)["requests"] == REQUESTS
    run(*BATCH, "--requests", lines, "@requests.jsonl")
    assert sent(sandbox)["requests"] == REQUESTS * 2


def test_each_list_may_be_json_lines(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """Messages, files, tools and chats to classify; also with a single line."""
    message = {"role": "user", "content": "Hi"}
    (folder / "two.jsonl").write_text(f"{json.dumps(message)}\n{json.dumps(message)}\n")
    (folder / "one.jsonl").write_text(f"{json.dumps(message)}\n")
    for name in ("one", "two"):
        run(*CHAT, "--messages", f"@{name}.jsonl")
        assert sent(sandbox)["messages"] == [message] * (1 + (name == "two"))
    moderate = ("classifiers", "moderate-chat", "--model", "mistral-moderation-latest")
    run("--sandbox", *moderate, "@two.jsonl")
    assert sent(sandbox)["input"] == [message, message]
    (folder / "chats.jsonl").write_text(f"{json.dumps([message])}\n{json.dumps([message])}\n")
    run("--sandbox", *moderate, "@chats.jsonl")
    assert sent(sandbox)["input"] == [[message], [message]]
    (folder / "files.jsonl").write_text('{"file_id": "a"}\n{"file_id": "b", "weight": 2}\n')
    run(*JOB, *STEPS, "--training-files", "@files.jsonl")
    assert sent(sandbox)["training_files"] == [{"file_id": "a"}, {"file_id": "b", "weight": 2}]


DEEP = "[" * 100_000


@pytest.mark.parametrize(
    ("option", "text", "complaint"),
    [
        ("--metadata", "{", "it is not JSON (Expecting property name"),
        ("--metadata", '{"a": 1}\n{"a": 2}', "it has 2 JSON values, but one is expected"),
        ("--metadata", DEEP, "it is nested too deeply"),
        ("--messages", DEEP, "it is nested too deeply"),
        ("--response-format", f'{{"a": {DEEP}', "it is nested too deeply"),
        ("--messages", '{"a": 1}\n{"a": 2\n{}', "line 2 of it is not JSON (Expecting"),
        ("--messages", '{\n"a": 1}}', "it is not JSON (Extra data: line 2"),
        ("--messages", f'{{"a": 1}}\n{"9" * 5000}', "line 2 of it is not JSON (Exceeds the limit"),
        ("--messages", "@deep.json", "deep.json is nested too deeply"),
        ("--messages", "@lines.jsonl", "line 3 of lines.jsonl is not JSON (Expecting value)"),
        ("--messages", "@empty.json", "empty.json is not JSON (Expecting value"),
        ("--metadata", "@voice.bin", "voice.bin is not text in UTF-8, UTF-16 or UTF-32"),
        ("--metadata", "@odd.json", "odd.json is not text in UTF-8, UTF-16 or UTF-32"),
        ("--metadata", "@.", "cannot be read: Is a directory"),
        ("--metadata", "@no.json", "no.json cannot be read: No such file"),
        ("--metadata", "@\ud800.json", "cannot be read: It is not a path"),
    ],
)
def test_invalid_json_is_reported_with_its_location(
    run: Run, folder: Path, option: str, text: str, complaint: str
) -> None:
    """The name of the file, and the line number in JSON lines."""
    (folder / "deep.json").write_text(DEEP)
    (folder / "lines.jsonl").write_text('{"role": "user", "content": "Hi"}\n\nHi\n')
    (folder / "empty.json").write_text("")
    (folder / "voice.bin").write_bytes(b"\xff\xfb\x90\x64" * 9)
    (folder / "odd.json").write_bytes(codecs.BOM_UTF16_LE + b'{\x00"')
    outcome = run(*CHAT, "Hello", option, text)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"for {option}: " in outcome.err
    assert complaint in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    ("typed", "piped", "asked"),
    [
        (["Summarize", "this:"], "a diff\n", "Summarize this:\n\na diff"),
        (["Summarize this:"], "a diff\n", "Summarize this:\n\na diff"),
        (["Summarize", "this:", "-"], "a diff\n", "Summarize this:\n\na diff"),
        (["Hello"], "", "Hello"),
        (["Hello"], " \n", "Hello"),
        ([], "a diff\n", "a diff"),
    ],
)
@pytest.mark.parametrize("before", [[], ["Be brief."]], ids=["alone", "after messages"])
def test_a_question_combines_arguments_and_standard_input(
    run: Run,
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    *,
    typed: list[str],
    piped: str,
    asked: str,
    before: list[str],
) -> None:
    """Piped text is never dropped, and words need no quotes."""
    monkeypatch.setattr(sys, "stdin", StringIO(piped))
    run(*CHAT, *typed, *(["--messages", "@messages.json"] if before else []))
    assert [each["content"] for each in sent(sandbox)["messages"]] == [*before, asked]


@pytest.mark.parametrize("stdin", [None, StringIO()], ids=["closed", "a terminal"])
def test_standard_input_is_not_read_without_need(
    run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, stdin: StringIO | None
) -> None:
    """A terminal is read only on request."""
    if stdin is not None:
        stdin.write("Typed.")
        stdin.seek(0)
        monkeypatch.setattr(stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", stdin)
    run(*CHAT, "Hello")
    assert sent(sandbox)["messages"][0]["content"] == "Hello"
    assert stdin is None or run(*CHAT, "-").code == 0
    assert stdin is None or sent(sandbox)["messages"][0]["content"] == "Typed."


@pytest.mark.parametrize(
    ("words", "field", "text"),
    [
        (("fim", "complete", "def", "f(x):", "--model", "codestral-latest"), "prompt", "def f(x):"),
        (("audio", "speech", "complete", "Good", "morning."), "input", "Good morning."),
        (("audio", "speech", "complete", "--input", "Good", "morning."), "input", "Good morning."),
        (("embeddings", "create", "a", "b", "--model", "mistral-embed"), "input", ["a", "b"]),
    ],
)
def test_a_string_needs_no_quotes(
    run: Run, sandbox: Sandbox, words: tuple[str, ...], field: str, text: Any
) -> None:
    """Several words are one argument if only one string is expected."""
    run("--sandbox", *words)
    assert sent(sandbox)[field] == text
