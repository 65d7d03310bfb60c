"""The command that extracts the text of a document, to the screen or to files in a folder."""

import inspect
import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote

from cyclopts import CycloptsError, Parameter

import mistral_funcs
from mistral_core import (
    Err,
    Failure,
    File,
    InvalidRequestError,
    MistralCore,
    Ok,
    Result,
    operation_of,
)
from mistral_funcs.cli.failures import report_error
from mistral_funcs.cli.invocation import Invocation
from mistral_funcs.cli.render.progress_bar import progress_bar
from mistral_funcs.cli.render.response_printer import Output, print_response
from mistral_funcs.cli.render.untyped import as_object
from mistral_funcs.cli.screen import note
from mistral_funcs.cli.tree import COMMANDS, words

EXPIRY = 24
"""Hours until a file uploaded by the command is deleted."""

MODEL = inspect.Parameter(
    "model",
    inspect.Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        str | None,
        Parameter(
            metavar="TEXT",
            help='ID of the model, such as "mistral-ocr-latest". The API chooses by default.',
        ),
    ],
)
FOLDER = inspect.Parameter(
    "output",
    inspect.Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        Path | None,
        Parameter(
            alias="-o",
            metavar="FOLDER",
            help="Write a Markdown file to this folder, with its images beside it. "
            "Default: print the text.",
        ),
    ],
)
FORCE = inspect.Parameter(
    "force",
    inspect.Parameter.KEYWORD_ONLY,
    default=False,
    annotation=Annotated[
        bool,
        Parameter(negative=(), show_default=False, help="Replace existing files."),
    ],
)


async def process_document(invocation: Invocation) -> int:
    """Extract the text of a document, print it or write it to a folder, and return the exit code.

    Raises:
        CycloptsError: `--force` is given without a folder.
    """
    arguments: dict[str, Any] = {"model": None, **invocation.arguments}
    folder: Path | None = arguments.pop("output", None)
    force: bool = arguments.pop("force", False)
    if folder is None and force:
        raise CycloptsError(
            msg="--force requires a folder. Pass one with --output FOLDER.",
            command_chain=tuple(words(COMMANDS[invocation.name])),
        )
    failed = await _process(invocation, arguments, folder, force=force)
    return 0 if failed is None else report_error(invocation.attempted, failed)


async def _process(
    invocation: Invocation, arguments: dict[str, Any], folder: Path | None, *, force: bool
) -> Err[Failure] | None:
    """Call the operation, and print or save the response. Return the error, if any."""
    from mistral_funcs.toolkit.ocr_files import (  # noqa: PLC0415 - only this command needs it
        cannot_save,
        check_folder,
    )

    name = _name_of(arguments["document"])
    if folder is not None:
        arguments.setdefault("include_image_base64", True)
        try:
            check_folder(folder, name, overwrite=force)
        except OSError as error:
            return _advised(cannot_save(folder, error))
    async with invocation.options.client() as client:
        document = await _document(client, arguments["document"])
        if isinstance(document, Err):
            return document
        arguments["document"] = document.value
        response = await mistral_funcs.ocr_process(client, **arguments)
    if isinstance(response, Err):
        return response
    if folder is None:
        output = Output(json=invocation.options.json)
        return await print_response(response.value, operation_of(mistral_funcs.ocr_process), output)
    saved = await mistral_funcs.save_ocr(response.value, folder, name=name, overwrite=force)
    if isinstance(saved, Err):
        return _advised(saved.error)
    note(f"Saved {saved.value}.")
    return None


async def _document(client: MistralCore, document: Any) -> Result[Any, Failure]:
    """Return the document as the API accepts it. Upload a large local file."""
    if not isinstance(document, Path):
        return Ok(document)
    with progress_bar(document.name) as progress:
        file = File(document, progress=progress)
        return await mistral_funcs.document_of(client, file, expiry=EXPIRY)


def _name_of(document: Any) -> str:
    """Return a file name for the text of a document: its name, the end of its URL, or its ID."""
    if isinstance(document, Path):
        return document.name
    fields = as_object(document)
    image = fields.get("image_url")
    url = str(fields.get("document_url") or as_object(image).get("url") or image or "")
    path = re.split(r"[?#]", "" if url.startswith("data:") else url, maxsplit=1)[0]
    end = unquote(path).rpartition("/")[2]
    return str(fields.get("document_name") or fields.get("file_id") or end)


def _advised(error: Failure) -> Err[Failure]:
    """Return an error. If a file exists already, add the option that replaces it."""
    if isinstance(error.__cause__, FileExistsError):
        advice = "Use --force to replace existing files."
        return Err(InvalidRequestError(f"{error.message}. {advice}", "output"))
    return Err(error)
