"""The tools that run on the server: those hosted by Mistral, and those of connectors."""

import json
from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, final

import attrs

from mistral_core.structuring.converter import converter
from mistral_funcs.sandbox.behaviors.files import store_file
from mistral_funcs.sandbox.behaviors.ocr import PIXEL
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.beta.conversations.entries import ToolExecutionEntry, ToolFileChunk
from mistral_funcs.schemas.shared.chunks import ToolReferenceChunk
from mistral_funcs.schemas.shared.tools import CustomConnector

SEARCHES = ("web_search", "web_search_premium", "document_library")
HOSTED: Final[frozenset[str]] = frozenset({*SEARCHES, "code_interpreter", "image_generation"})
CONNECTOR_TOOLS = ("search", "send")
"""The tools of a connector if its configuration names none."""


@final
@attrs.frozen
class ServerTool:
    """A tool that runs on the server.

    Attributes:
        name: The name of the tool.
        connector_id: The id of its connector. `None` for a hosted tool.
        confirm: Whether a call requires confirmation.
    """

    name: str
    connector_id: str | None = None
    confirm: bool = False


def server_tools(tools: Iterable[Any] | None) -> Iterator[ServerTool]:
    """Yield the enabled tools that run on the server."""
    for tool in tools or ():
        connector = tool.connector_id if isinstance(tool, CustomConnector) else None
        if connector is None and getattr(tool, "type", None) not in HOSTED:
            continue
        configuration = tool.tool_configuration
        confirm = _names(configuration, "requires_confirmation")
        own = CONNECTOR_TOOLS if connector else (str(tool.type),)
        included = _names(configuration, "include") or [*dict.fromkeys([*own, *confirm])]
        for name in included:
            if name not in _names(configuration, "exclude"):
                yield ServerTool(name, connector, confirm=name in confirm)


def execute(state: State, name: str, arguments: str, **origin: Any) -> tuple[Any, list[Any]]:
    """Run a tool.

    Args:
        state: The state of the sandbox.
        name: The name of the tool.
        arguments: Its arguments as JSON.
        origin: The fields of the entry that name the agent and the model.

    Returns:
        The execution entry without an id, and the chunks to add to the message.
    """
    info: dict[str, Any] = {"output": output_of(name)}
    chunks: list[Any] = []
    if name == "code_interpreter":
        info = {"code": "print('the result of code_interpreter')", "code_output": output_of(name)}
    elif name == "image_generation":
        content = b64decode(PIXEL.partition(",")[2])
        file = store_file(state, content=content, filename="image_generated_0.png", purpose="ocr")
        chunks = [
            ToolFileChunk(
                tool=name, file_id=file.id, file_name="image_generated_0", file_type="png"
            )
        ]
    elif name in SEARCHES:
        url = f"https://sandbox.invalid/{name}"
        chunks = [ToolReferenceChunk(tool=name, title=output_of(name).capitalize(), url=url)]
    return ToolExecutionEntry(name=name, arguments=arguments, info=info, **origin), chunks


def output_of(name: str) -> str:
    """Return the output of a tool."""
    return f"the result of {name}"


def arguments_for(text: str) -> str:
    """Return the arguments of a call that the user's text requests."""
    return json.dumps({"query": text}, ensure_ascii=False)


def _names(configuration: Any, field: str) -> Sequence[str]:
    fields: Any = converter.unstructure(configuration)
    return (fields.get(field) or ()) if fields.__class__ is dict else ()
