"""Print a response according to its kind and the options of the command."""

from pathlib import Path
from typing import Any, final

import attrs

from mistral_core import ByteStream, Err, EventStream, Failure, Operation
from mistral_funcs.cli.all_pages import has_next
from mistral_funcs.cli.render.binary import download, save
from mistral_funcs.cli.render.completions import note_incomplete, text_of_choices
from mistral_funcs.cli.render.events import print_documents, print_text, save_audio
from mistral_funcs.cli.render.fields import print_fields
from mistral_funcs.cli.render.json_documents import to_json
from mistral_funcs.cli.render.lists import items_of, print_list
from mistral_funcs.cli.render.tables import print_table
from mistral_funcs.cli.render.views import TABLES, TEXTS
from mistral_funcs.cli.response_traits import has_audio, has_text
from mistral_funcs.cli.screen import note, write


@final
@attrs.frozen
class Output:
    """Options for printing a response.

    Attributes:
        json: Whether to print JSON.
        file: The file to write bytes to. Defaults to standard output.
    """

    json: bool = False
    file: Path | None = None

    @property
    def keeps_json(self) -> bool:
        """Whether to print audio in JSON unchanged instead of decoding it."""
        return self.json and self.file is None


async def print_response(
    value: Any, operation: Operation[Any], output: Output
) -> Err[Failure] | None:
    """Print a response. Return the error that ended a stream, if any."""
    audio = has_audio(operation) and not output.keeps_json
    stream: Any = value  # `isinstance` does not narrow the type of the events.
    if isinstance(value, EventStream):
        if audio:
            return await save_audio(stream, output.file)
        text = has_text(operation) and not output.json
        return await (print_text(stream) if text else print_documents(stream))
    if isinstance(value, ByteStream):
        return await download(value, output.file)
    if audio and hasattr(value, "audio"):
        return await save(value.audio, output.file)
    if value is None:
        note("Done.")
    elif output.json:
        write(to_json(value, indent=2))
    else:
        print_value(value, operation.name)
    return None


def print_value(value: Any, name: str = "") -> None:
    """Print a value for people, in the view of its operation if it has one."""
    if name in TABLES:
        titles, rows = TABLES[name]
        print_table(titles.split(), rows(value))
    elif name in TEXTS:
        write(TEXTS[name](value).rstrip("\n") + "\n")
    elif hasattr(value, "choices"):
        write(text_of_choices(value).rstrip("\n") + "\n")
        note_incomplete(value)
    elif (items := items_of(value)) is not None:
        print_list(items, name, getattr(value, "total", None), more=has_next(value))
    else:
        print_fields(value)
