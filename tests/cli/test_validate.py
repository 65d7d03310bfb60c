"""`files validate`: reports each invalid line of a fine-tuning file."""

from pathlib import Path

import pytest

from mistral_funcs.cli import validate_command
from tests.cli.program_runs import Run

GOOD = '{"messages": [{"role": "user", "content": "u"}, {"role": "assistant", "content": "a"}]}\n'
VALIDATE = ("files", "validate")


def test_a_valid_file_is_exit_code_0(run: Run) -> None:
    """No key is required, because nothing is sent."""
    Path("good.jsonl").write_text(GOOD * 2)
    outcome = run(*VALIDATE, "good.jsonl")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "2 lines, 0 invalid.\n")


def test_faults_are_printed_like_compiler_errors(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to a limit. `--json` is for programs."""
    Path("bad.jsonl").write_text(f"{GOOD}{{}}\n{GOOD}[]\n")
    outcome = run(*VALIDATE, "bad.jsonl")
    assert outcome.code == 1
    assert outcome.out == (
        "bad.jsonl:2: messages is missing\nbad.jsonl:4: the line must be an object, got a list\n"
    )
    assert outcome.err == "4 lines, 2 invalid.\n"
    monkeypatch.setattr(validate_command, "MAX_FAULTS", 1)
    assert run(*VALIDATE, "bad.jsonl").err == "And 1 more.\n4 lines, 2 invalid.\n"
    assert run(*VALIDATE, "bad.jsonl", "--json").document == {
        "lines": 4,
        "fault_count": 2,
        "faults": [{"line": 2, "reason": "messages is missing"}],
    }


def test_a_file_that_cannot_be_read_is_an_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing file is a usage error."""
    assert run(*VALIDATE, "missing").code == 2

    def broken(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("mistral_funcs.toolkit.training.training_files._validate", broken)
    Path("file").touch()
    outcome = run(*VALIDATE, "file")
    assert outcome.code == 1
    assert "`file` cannot be read: [Errno 13] Permission denied" in outcome.err


def test_the_rules_of_newer_models_can_be_chosen(run: Run) -> None:
    """By the version of their tokenizer."""
    Path("audio.jsonl").write_text(
        GOOD.replace('"u"', '[{"type": "audio_url", "audio_url": "https://a.example"}]')
    )
    assert run(*VALIDATE, "audio.jsonl").code == 1
    assert run(*VALIDATE, "audio.jsonl", "--tokenizer", "v13").code == 0
