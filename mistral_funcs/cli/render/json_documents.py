"""Values of the API as JSON documents."""

import json
from typing import Any

from mistral_core.structuring.converter import converter
from mistral_funcs.cli.screen import as_json_text


def to_json(value: Any, indent: int | None = None) -> str:
    """Return a value as one JSON document, with a newline."""
    text = json.dumps(converter.unstructure(value), indent=indent, ensure_ascii=False)
    return f"{as_json_text(text)}\n"
