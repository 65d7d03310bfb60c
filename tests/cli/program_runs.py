"""Run the program in this process, and capture its output."""

import json
from collections.abc import Callable
from typing import Any, TypeAlias

import attrs

Run: TypeAlias = Callable[..., "Outcome"]
"""Run the program with these arguments."""


@attrs.frozen
class Outcome:
    """The exit code and the output of a run.

    Attributes:
        code: The exit code.
        out: Standard output.
        err: Standard error.
    """

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output, read as one JSON document."""
        return json.loads(self.out)

    @property
    def documents(self) -> list[Any]:
        """Standard output, read as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]
