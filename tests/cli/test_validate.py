"""`files validate`: a line for each invalid line of a file for fine-tuning."""

from pathlib import Path

import pytest

from mistral_funcs.cli import validate_command
from tests.cli.program_runs import Run

GOOD = '{"messages": [{"role": "user", "content": "u"}, {"role": "assistant", "content": "a"}]}\n'
VALIDATE = ("files", "validate")


def test_a_valid_file_is_code_0(run: Run) -> None:
    """Without a key, as nothing is sent."""
    Path("good.jsonl").write_text(GOOD * 2)
    seen = run(*VALIDATE, "good.jsonl")
    assert (seen.code, seen.out, seen.err) == (0, "", "2 lines, 0 invalid.\n")


def test_faults_are_lines_as_compilers_print_them(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to a limit, and as JSON for programs."""
    Path("bad.jsonl").write_text(f"{GOOD}{{}}\n{GOOD}[]\n")
    seen = run(*VALIDATE, "bad.jsonl")
    assert seen.code == 1
    assert seen.out == (
        "bad.jsonl:2: messages is missing\nbad.jsonl:4: the line must be an object, got a list\n"
    )
    assert seen.err == "4 lines, 2 invalid.\n"
    monkeypatch.setattr(validate_command, "MAX_FAULTS", 1)
    assert run(*VALIDATE, "bad.jsonl").err == "And 1 more.\n4 lines, 2 invalid.\n"
    assert run(*VALIDATE, "bad.jsonl", "--json").document == {
        "lines": 4,
        "fault_count": 2,
        "faults": [{"line": 2, "reason": "messages is missing"}],
    }


def test_a_file_that_cannot_be_read_is_an_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing one is a wrong usage."""
    assert run(*VALIDATE, "missing").code == 2

    def broken(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("mistral_funcs.toolkit.training.training_files._validate", broken)
    Path("file").touch()
    seen = run(*VALIDATE, "file")
    assert seen.code == 1
    assert "`file` cannot be read: [Errno 13] Permission denied" in seen.err


def test_the_rules_of_newer_models_can_be_chosen(run: Run) -> None:
    """By the version of the tokenizer."""
    Path("audio.jsonl").write_text(
        GOOD.replace('"u"', '[{"type": "audio_url", "audio_url": "https://a.example"}]')
    )
    assert run(*VALIDATE, "audio.jsonl").code == 1
    assert run(*VALIDATE, "audio.jsonl", "--tokenizer", "v13").code == 0
