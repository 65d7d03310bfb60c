"""The options that commands have in addition to the parameters of their functions."""

from collections.abc import Sequence
from inspect import Parameter as Argument
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter, Token

from mistral_funcs.cli.file_references import attachment
from mistral_funcs.cli.ocr_command import FORCE

__all__ = ["ALL", "ATTACH", "FORCE", "OUTPUT", "PIPED", "QUESTION", "RECORDING", "SYSTEM", "YES"]


def _flag(name: str, help_text: str, /, **names: Any) -> Argument:
    parameter = Parameter(negative=(), show_default=False, help=help_text, **names)
    return Argument(
        name, Argument.KEYWORD_ONLY, default=False, annotation=Annotated[bool, parameter]
    )


def _attachments(_: Any, tokens: Sequence[Token]) -> list[Any]:
    return [attachment(token.value) for token in tokens]


QUESTION = Argument(
    "question",
    Argument.POSITIONAL_ONLY,
    default=None,
    annotation=Annotated[
        list[str] | None,
        Parameter(
            help="The question. Quotes are optional. Piped input is appended.",
            negative=(),
        ),
    ],
)
PIPED = _flag(
    "piped",
    "Read standard input, even from a terminal. Pipes and files are always read.",
    name="-",
)
SYSTEM = Argument(
    "system",
    Argument.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        str | None, Parameter(alias="-s", metavar="TEXT", help="Instructions for the model.")
    ],
)
ATTACH = Argument(
    "attach",
    Argument.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        list[Any] | None,
        Parameter(
            alias="-a",
            metavar="FILE|URL|ID",
            converter=_attachments,
            n_tokens=1,
            negative=(),
            json_list=False,
            json_dict=False,
            accepts_keys=False,
            help="An image, document, recording or text to attach to the question. "
            "Repeat the option to attach several. A large file is uploaded, and deleted after a "
            "day.",
        ),
    ],
)
RECORDING = Argument(
    "file",
    Argument.POSITIONAL_ONLY,
    default=None,
    annotation=Annotated[
        Path | None,
        Parameter(metavar="PATH", help="A WAV file or raw audio. Default: standard input."),
    ],
)
OUTPUT = Argument(
    "output",
    Argument.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        Path | None,
        Parameter(alias="-o", metavar="PATH", help="The file to write. Default: standard output."),
    ],
)
ALL = _flag("all_pages", "Show all pages.", name="--all")
YES = _flag("yes", "Delete without asking.", alias="-y")
