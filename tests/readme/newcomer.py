"""A newcomer: pastes the README's first call and stream into files, and runs them on the sandbox.

python tests/readme/newcomer.py FOLDER

It needs nothing but the installed package, and runs in the interpreter that runs it.
"""

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path

from mistral_funcs.sandbox import Sandbox

README = Path(__file__).parents[2] / "README.md"
EXPECTED = {
    "First call": "You said: Why is the sky blue?\n",
    "Stream": "You said: Tell me a story.",
}
"""What the snippet of each section prints."""


def snippet(section: str) -> str:
    """Return the first snippet of a section."""
    text = README.read_text("utf-8").partition(f"\n## {section} ")[2]
    code, *_ = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return str(code)


async def main(folder: Path) -> None:
    """Run each snippet in a process of its own, outside of the checkout."""
    sandbox = Sandbox()
    async with sandbox.serve() as url:
        environment = {**os.environ, "MISTRAL_SERVER_URL": url, "MISTRAL_API_KEY": sandbox.api_key}
        for section, expected in EXPECTED.items():
            file = folder / f"{section.replace(' ', '_')}.py"
            file.write_text(snippet(section), "utf-8")
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-W", "error", str(file)),
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
            )
            output, _ = await process.communicate()
            assert (process.returncode, output.decode()) == (0, expected), section


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).resolve()))
