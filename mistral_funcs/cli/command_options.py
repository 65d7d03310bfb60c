"""Command options derived from the types of parameters."""

import base64
from collections.abc import Callable, Collection, Mapping, Sequence
from inspect import Parameter as Argument
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, Union, final, get_args, get_origin

import attrs
from cyclopts import Parameter, Token, validators

from mistral_core import UNSET, File
from mistral_funcs.cli.file_references import document, recording_url, uploaded
from mistral_funcs.cli.json_arguments import read_bytes, read_json, read_json_list
from mistral_funcs.cli.response_traits import members

POSITIONAL = ("document", "file", "input", "prompt")
"""Parameters that can be passed as positional arguments, as IDs are."""

PATHS = {
    "file": "The path of the file.",
    "ref_audio": "The path of a recording of the voice to use, instead of `--voice-id`.",
    "sample_audio": "The path of the recording.",
}
"""Parameters whose value (bytes or base64) is read from a file."""

TO_TRAIN_ON = uploaded("fine-tune")

SHORT_FORMS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "training_files": ("ID", lambda text: {"file_id": TO_TRAIN_ON(text)}),
    "response_format": ("TYPE", lambda text: {"type": text}),
    "tool_choice": ("TEXT", str),
    "document": ("FILE|URL|ID", document),
}
"""Parameters that accept a short string instead of JSON: its metavar and its converter."""

CHECKS: dict[str, tuple[str, Callable[[str], str]]] = {
    "validation_files": ("ID", TO_TRAIN_ON),
    "input_files": ("ID", uploaded("batch")),
    "file_url": ("URL", recording_url),
}
"""Parameters that must not be the path of a local file: their metavar and their check."""

HELP = {
    "deadline": "Maximum time to wait, in seconds. No limit by default. "
    "--timeout limits each request for the job.",
    "document": "The path or URL of a PDF, image or office file, or the ID of an uploaded file. "
    "A local file of more than 4 MiB is uploaded and deleted after a day.",
}
"""Help texts that differ from the docstrings."""


@final
class _Unchecked:
    """A marker that keeps cyclopts from validating a value with pydantic, if it is installed.

    JSON values and defaults may differ from the type of the option.
    """

    def __get_pydantic_core_schema__(self, *_: object) -> dict[str, str]:
        return {"type": "any"}


def as_option(argument: Argument, *, clearing: str | None = None) -> Argument:
    """Convert a parameter of a function to a parameter of its command.

    Args:
        argument: The parameter of the function, with its annotation evaluated.
        clearing: The help text of a field that `--no-...` clears by sending `null`.
    """
    name = argument.name
    kind = Argument.POSITIONAL_OR_KEYWORD if name in POSITIONAL else argument.kind
    if argument.kind is Argument.POSITIONAL_OR_KEYWORD:
        kind = Argument.POSITIONAL_ONLY
    hint, parameter = _option(name, members(argument.annotation))
    if name in HELP:
        parameter = Parameter.combine(parameter, Parameter(help=HELP[name]))
    negative_none: tuple[str, ...] = ()
    if clearing is not None and NoneType in get_args(argument.annotation):
        hint, negative_none = hint | None, ("no-",)
        parameter = Parameter.combine(Parameter(help=clearing), parameter)
    default = argument.default
    shared = Parameter(
        show_default=default not in (None, UNSET, (), Argument.empty),
        negative_none=negative_none,
        negative_iterable=(),
        allow_leading_hyphen=hint in (int, float),
    )
    combined = Parameter.combine(shared, parameter)
    return Argument(name, kind, default=default, annotation=Annotated[hint, combined, _Unchecked()])


def _option(name: str, kinds: tuple[Any, ...]) -> tuple[Any, Parameter]:
    lists = [members(get_args(k)[0]) for k in kinds if get_origin(k) in (Sequence, Collection)]
    if name in PATHS:
        read = None if File in kinds else _read_recording
        return Path, Parameter(
            metavar="PATH",
            help=PATHS[name],
            converter=read,
            validator=None if read else validators.Path(exists=True, dir_okay=False),
        )
    if any(map(_is_object, kinds)) or len(lists) > 1:
        return str, _json(name, many=False, lists=bool(lists))
    if lists and any(map(_is_object, lists[0])):
        text = str in kinds
        return str if text else list[str], _json(name, many=not text, lists=text, text=text)
    scalars = tuple(kind for kind in kinds if get_origin(kind) not in {Sequence, Collection})
    if lists and (any(map(_is_text, lists[0])) or not scalars):
        return _list_option(name, kinds, lists[0])
    if name in POSITIONAL and kinds == (str,):
        return list[str], Parameter(metavar="TEXT", consume_multiple=True, converter=_joined)
    label, check = CHECKS.get(name, ("TEXT" if str in scalars else None, None))
    return _either(scalars), Parameter(metavar=label, converter=check and _checked(check))


def _list_option(
    name: str, kinds: tuple[Any, ...], items: tuple[Any, ...]
) -> tuple[Any, Parameter]:
    """Return the option for a list of strings or numbers. A single string may replace the list."""
    metavar, check = CHECKS.get(name, ("TEXT" if any(map(_is_text, items)) else None, None))
    converter = _one_or_many if str in kinds else check and _checked_list(check)
    parameter = Parameter(metavar=metavar, consume_multiple=True, converter=converter)
    return _list_of(_either(items)), parameter


def _either(kinds: tuple[Any, ...]) -> Any:
    return Union[kinds]  # noqa: UP007 - the types are computed


def _list_of(kind: Any) -> Any:
    return list[kind]


def _is_object(kind: Any) -> bool:
    return attrs.has(kind) or kind is Any or get_origin(kind) in {Mapping, dict}


def _is_text(kind: Any) -> bool:
    return kind is str or get_origin(kind) is Literal


def _json(name: str, *, many: bool, lists: bool = False, text: bool = False) -> Parameter:
    metavar, short = SHORT_FORMS.get(name, ("TEXT", str) if text else (None, None))

    def read_one(_: Any, tokens: Sequence[Token]) -> Any:
        return read_json(tokens[0].value, short, lists=lists)

    def read_many(_: Any, tokens: Sequence[Token]) -> list[Any]:
        return [each for token in tokens for each in read_json_list(token.value, short)]

    return Parameter(
        metavar="|".join(filter(None, [metavar, "JSON", "@FILE"])),
        converter=read_many if many else read_one,
        n_tokens=1,
        consume_multiple=many,
        json_list=False,
        json_dict=False,
        accepts_keys=False,
    )


def _read_recording(_: Any, tokens: Sequence[Token]) -> str:
    return base64.b64encode(read_bytes(Path(tokens[0].value))).decode()


def _one_or_many(_: Any, tokens: Sequence[Token]) -> Any:
    texts = [token.value for token in tokens]
    return texts[0] if len(texts) == 1 else texts


def _joined(_: Any, tokens: Sequence[Token]) -> str:
    return " ".join(token.value for token in tokens)


def _checked(check: Callable[[str], str]) -> Callable[[Any, Sequence[Token]], str]:
    return lambda _, tokens: check(tokens[0].value)


def _checked_list(check: Callable[[str], str]) -> Callable[[Any, Sequence[Token]], list[str]]:
    return lambda _, tokens: [check(token.value) for token in tokens]
