"""Validation of training files, line by line."""

import os
from typing import Final, Literal, final

import attrs

from mistral_core import Err, InvalidRequestError, Ok, Result
from mistral_core.runtime.blocking import call_blocking
from mistral_funcs.toolkit.bounded_lines import read_line
from mistral_funcs.toolkit.training.training_fields import FieldError
from mistral_funcs.toolkit.training.training_lines import check_line
from mistral_funcs.toolkit.training.training_messages import RULES, Rules

__all__ = ["LineFault", "TrainingFileReport", "validate_training_file"]

MAX_FILE: Final = 512_000_000
"""Maximum size of an upload in bytes."""

MAX_LINE: Final = 16 * 2**20
"""Maximum size of a line in bytes that is read into memory."""

BOM = b"\xef\xbb\xbf"


@final
@attrs.frozen
class LineFault:
    """An invalid line of a training file.

    Attributes:
        line: Number of the line, from 1.
        reason: Why it is invalid, with the path of the invalid value.
    """

    line: int
    reason: str

    def __str__(self) -> str:
        """Return the number and the reason."""
        return f"line {self.line}: {self.reason}"


@final
@attrs.frozen(kw_only=True)
class TrainingFileReport:
    """The result of validating a training file.

    Attributes:
        lines: Number of lines.
        fault_count: Number of invalid lines.
        faults: The first invalid lines.
    """

    lines: int
    fault_count: int = 0
    faults: tuple[LineFault, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether there are examples and all of them are valid."""
        return not self.fault_count


async def validate_training_file(
    path: str | os.PathLike[str],
    *,
    tokenizer: Literal["v3", "v7", "v11", "v13"] = "v3",
    max_faults: int = 100,
) -> Result[TrainingFileReport, InvalidRequestError]:
    """Validate a file for fine-tuning a chat model, in a thread and in bounded memory.

    Each line is a JSON object with `messages`, and `tools` if the model may call some. The rules
    are those of the package `mistral-common` in its fine-tuning mode. Nothing is sent.

    Args:
        path: The file.
        tokenizer: Version of the model's tokenizer. From `"v7"` on, content beside tool calls and
            audio are allowed; from `"v11"` on, results name their calls and thinking is allowed;
            from `"v13"` on, IDs of calls can be any text.
        max_faults: Maximum number of faults in the report.

    Returns:
        The report as `Ok`, even for a file with faults. An `Err` if the file cannot be read.
    """
    if tokenizer not in RULES:
        message = f"`tokenizer` must be one of {', '.join(RULES)}, got {tokenizer!r}"
        return Err(InvalidRequestError(message, "tokenizer"))
    try:
        return Ok(await call_blocking(_validate, path, RULES[tokenizer], max_faults))
    except (OSError, ValueError) as error:
        message = f"`{os.fspath(path)}` cannot be read: {error}"
        return Err(InvalidRequestError(message, "path"))


def _validate(path: str | os.PathLike[str], rules: Rules, max_faults: int) -> TrainingFileReport:
    faults: list[LineFault] = []
    count = number = size = 0
    with open(path, "rb") as file:  # noqa: PTH123 - an error for a path with a null character
        while (read := read_line(file, MAX_LINE))[1]:
            line, length = read
            number += 1
            size += length
            reason = _fault_of(line, number, rules)
            if reason is not None:
                count += 1
                faults += [LineFault(number, reason)] if len(faults) < max_faults else []
    if not number or size > MAX_FILE:
        count += 1
        reason = "the file is empty" if not number else f"the file has more than {MAX_FILE:,} bytes"
        faults.append(LineFault(max(number, 1), reason))
    return TrainingFileReport(lines=number, fault_count=count, faults=tuple(faults))


def _fault_of(line: bytes | None, number: int, rules: Rules) -> str | None:
    """Return the reason why a line is invalid, or `None` if it is valid."""
    if line is None:
        return f"it is longer than {MAX_LINE // 2**20} MiB"
    if line.startswith(BOM):
        return "it begins with a byte order mark" if number == 1 else "it is not JSON"
    if not line.strip():
        return "it is blank"
    try:
        check_line(line, rules)
    except FieldError as error:
        return str(error)
    except RecursionError:
        return "it is nested too deeply"
    return None
