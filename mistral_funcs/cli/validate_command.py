"""The command that validates files for fine-tuning."""

import asyncio
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter, validators

from mistral_core import Err
from mistral_funcs.cli.failures import print_error
from mistral_funcs.cli.global_options import GlobalOptions
from mistral_funcs.cli.render.json_documents import to_json
from mistral_funcs.cli.screen import note, write
from mistral_funcs.toolkit.training.training_files import validate_training_file

MAX_FAULTS = 1_000


def validate(
    file: Annotated[
        Path, Parameter(metavar="PATH", validator=validators.Path(exists=True, dir_okay=False))
    ],
    /,
    *,
    tokenizer: Literal["v3", "v7", "v11", "v13"] = "v3",
    global_options: Annotated[Any, Parameter(parse=False)],
) -> int:
    """Check a file for fine-tuning, line by line. Nothing is sent.

    Args:
        file: A JSON Lines file of chats.
        tokenizer: The version of the model's tokenizer.
        global_options: The options that all commands have.
    """
    options: GlobalOptions = global_options
    result = asyncio.run(validate_training_file(file, tokenizer=tokenizer, max_faults=MAX_FAULTS))
    if isinstance(result, Err):
        print_error(result.error.message, {})
        return 1
    report = result.value
    if options.json:
        faults = [{"line": fault.line, "reason": fault.reason} for fault in report.faults]
        document = {"lines": report.lines, "fault_count": report.fault_count, "faults": faults}
        write(to_json(document, indent=2))
    else:
        for fault in report.faults:
            write(f"{file}:{fault.line}: {fault.reason}\n")
        if report.fault_count > len(report.faults):
            note(f"And {report.fault_count - len(report.faults):,} more.")
        note(f"{report.lines:,} lines, {report.fault_count:,} invalid.")
    return 0 if report.is_valid else 1
