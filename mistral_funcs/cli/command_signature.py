"""The signature of a command, from which cyclopts builds its options."""

import inspect
from collections.abc import Sequence
from typing import Annotated, Any, get_args

from cyclopts import Parameter

from mistral_core import Operation
from mistral_funcs.cli.all_pages import has_pages
from mistral_funcs.cli.command_options import as_option
from mistral_funcs.cli.own_options import ALL, ATTACH, FORCE, OUTPUT, PIPED, QUESTION, SYSTEM
from mistral_funcs.cli.questions import question_field
from mistral_funcs.cli.response_traits import has_audio, is_binary

HIDDEN = ("client", "options")
"""Parameters that are not options of a command."""

GLOBAL_OPTIONS = inspect.Parameter(
    "global_options",
    inspect.Parameter.KEYWORD_ONLY,
    annotation=Annotated[Any, Parameter(parse=False)],
)
DEFAULT_MODEL = "Defaults to MISTRAL_MODEL or the model set with `mistral-funcs config`."


def signature_of(
    function: Any,
    operation: Operation[Any] | None,
    additional: Sequence[inspect.Parameter] = (),
) -> inspect.Signature:
    """Return the signature of a command, from which cyclopts builds its options.

    Args:
        function: The function that the command calls.
        operation: The declaration of the function, if it is an operation.
        additional: Parameters of the command itself. They replace parameters of the same name.
    """
    clearable = clearable_fields(operation) if operation else {}
    added = {each.name: each for each in additional}
    parameters = [
        added.pop(each.name)
        if each.name in added
        else as_option(each, clearing=clearable.get(each.name))
        for each in inspect.signature(function, eval_str=True).parameters.values()
        if each.name not in HIDDEN
    ]
    if operation and (field := question_field(operation)):
        parameters = [_for_questions(each, field, operation) for each in parameters]
        parameters += [QUESTION, ATTACH, PIPED]
        if "instructions" not in operation.fields and field == "messages":
            parameters.append(SYSTEM)
    if operation and has_pages(operation):
        parameters.append(ALL)
    if operation and (is_binary(operation) or has_audio(operation)):
        parameters += [OUTPUT, FORCE]
    parameters += added.values()
    return inspect.Signature([*sorted(parameters, key=lambda each: each.kind), GLOBAL_OPTIONS])


def _for_questions(
    option: inspect.Parameter, field: str, operation: Operation[Any]
) -> inspect.Parameter:
    """Adapt an option of a command that takes a question."""
    if option.name == field:
        return option.replace(default=None, kind=inspect.Parameter.KEYWORD_ONLY)
    hint, *metadata = get_args(option.annotation)
    if option.name == "model":
        texts = (each.documentation for each in operation.parameters if each.name == "model")
        metadata[0] = Parameter.combine(
            metadata[0], Parameter(help=f"{next(texts)} {DEFAULT_MODEL}")
        )
    elif option.name == "instructions":
        metadata[0] = Parameter.combine(metadata[0], Parameter(alias=("--system", "-s")))
    else:
        return option
    return option.replace(default=None, annotation=_annotated(hint, metadata))


def _annotated(hint: Any, metadata: Sequence[Any]) -> Any:
    return Annotated[hint, *metadata]


def clearable_fields(operation: Operation[Any]) -> dict[str, str]:
    """Return the fields of an update that `null` clears, with the help text of each."""
    if operation.method not in {"PATCH", "PUT"}:
        return {}
    return {
        each.name: each.documentation.replace("`None`", f"`--no-{each.name.replace('_', '-')}`")
        for each in operation.parameters
        if each.nullable and not each.required
    }
