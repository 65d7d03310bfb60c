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

SNIPPETS: Mapping[str, str] = {
    f"{name}_{number}": code
    for name, text in TEXTS.items()
    for number, code in enumerate(
        re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    )
}
"""Each snippet, by the name of its text and its number."""
