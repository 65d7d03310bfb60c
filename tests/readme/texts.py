"""The texts that users read, and the snippets of Python in each: the README and the guides."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
GUIDES = ROOT / "mistral_funcs" / "guides"


def _docstring(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert text, path
    return text


TEXTS: Mapping[str, str] = {"README": README.read_text("utf-8")} | {
    path.stem: _docstring(path) for path in sorted(GUIDES.glob("[!_]*.py"))
}
"""Each text, by the name of its file."""

_BLOCKS = re.compile(
    r"^```python\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL
)
_FOUND: Mapping[str, tuple[str, str]] = {
    f"{name}_{number}": (code, output)
    for name, text in TEXTS.items()
    for number, (code, output) in enumerate(_BLOCKS.findall(text))
}

SNIPPETS: Mapping[str, str] = {name: code for name, (code, _) in _FOUND.items()}
"""Each snippet, by the name of its text and its number."""

OUTPUTS: Mapping[str, str] = {name: output for name, (_, output) in _FOUND.items() if output}
"""What a snippet prints, if a block of text follows it."""
