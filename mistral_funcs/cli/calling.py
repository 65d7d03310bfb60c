"""A call of an operation, from what was typed to the exit code."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any, final

import attrs

import mistral_funcs
from mistral_core import Err, Failure, File, Result
from mistral_funcs.cli.advice import Attempted
from mistral_funcs.cli.answers import Answer, present
from mistral_funcs.cli.failures import tell
from mistral_funcs.cli.progress import bar
from mistral_funcs.cli.settings import Settings

ALOUD = ("chat_complete", "agents_complete", "fim_complete")
"""Operations whose answers a person reads while they come: their names end in `_stream` then."""


@final
@attrs.frozen
class Call:
    """Hold a call that was typed.

    Attributes:
        name: The name of the function.
        given: Its arguments.
        settings: The global options.
        output: The file that the answer is written to.
    """

    name: str
    given: dict[str, Any]
    settings: Settings
    output: Path | None = None

    @property
    def attempted(self) -> Attempted:
        """The call, as far as advice depends on it."""
        return Attempted(self.name, self.given, self.settings.program)


async def call(asked: Call) -> int:
    """Call an operation, print the answer, and return the exit code."""
    name, given = asked.name, dict(asked.given)
    if name in ALOUD and not asked.settings.json and given.get("n") in (None, 1):
        name = name.replace("_complete", "_stream")
    async with asked.settings.client() as client:
        with ExitStack() as stack:
            if isinstance(path := given.get("file"), Path):
                given["file"] = File(path, progress=stack.enter_context(bar(path.name)))
            result: Result[Any, Failure] = await getattr(mistral_funcs, name)(client, **given)
        if isinstance(result, Err):
            return tell(asked.attempted, result)
        broken = await present(Answer(result.value, asked.settings.json, asked.output))
        return 0 if broken is None else tell(asked.attempted, broken)
