"""Messages for usage errors that replace the parser's."""

from cyclopts import Argument, CycloptsError, MissingArgumentError
from cyclopts.exceptions import UnusedCliTokensError


def usage_message(error: CycloptsError) -> str:
    """Return a message that explains what is wrong with a command line."""
    if isinstance(error, UnusedCliTokensError):
        tokens = " ".join(error.unused_tokens or ())
        return f"Unexpected arguments: {tokens}. Quote text that contains spaces."
    if type(error) is MissingArgumentError and error.argument is not None:
        return _missing(error, error.argument)
    return str(error)


def _missing(error: MissingArgumentError, argument: Argument) -> str:
    typed = error.keyword or next((each.keyword for each in argument.tokens if each.keyword), None)
    _, _, suggestion = str(error).partition(" Did you mean ")
    value = argument.parameter.metavar
    if typed is not None:
        message = f"{typed} requires a value{f': {value}' if value else ''}."
    else:
        positional = argument.field_info.is_positional
        name = argument.name.lstrip("-").upper() if positional else f"{argument.name} {value or ''}"
        message = f"{name.rstrip()} is required. {argument.parameter.help or ''}".rstrip()
    return f"{message} Did you mean {suggestion}" if suggestion else message
