"""Texts that must not be seen."""

from collections.abc import Mapping
from typing import Any, final

import attrs

SHORTEST = 8


@final
class Secret:
    """Keep a text out of every `repr`, log, traceback and pickle."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Take the text to hide."""
        self._text = text

    def reveal(self) -> str:
        """Return the text, for the wire alone."""
        return self._text

    def hide_in(self, value: Any) -> Any:
        """Return a value without the secret, however deep it holds it.

        Servers and gateways have been seen to send a key back in their errors. One that is too
        short to be a key is left as it is, and so is a value without it.
        """
        word = self._text.rpartition(" ")[2]
        return _hide(word, value) if len(word) >= SHORTEST else value

    @property
    def is_text(self) -> bool:
        """Whether it is a text at all, which a user's function may have failed to yield."""
        return self._text.__class__ is str

    def __repr__(self) -> str:
        """Show that there is one, and nothing of it."""
        return "<Secret>"

    def __reduce__(self) -> str:
        """Refuse to be pickled or copied."""
        raise TypeError("a secret is not pickled")


def _hide(word: str, value: Any) -> Any:
    kind: type[object] = value.__class__
    make: Any = kind
    if isinstance(value, str):
        return value.replace(word, "***")
    if isinstance(value, bytes):
        return value.replace(word.encode(), b"***")
    if issubclass(kind, tuple | list):
        return make(_hide(word, each) for each in value)
    if issubclass(kind, Mapping):
        return make((name, _hide(word, each)) for name, each in value.items())
    if attrs.has(kind):
        fields = [field.name for field in attrs.fields(kind)]
        changes = {name: _hide(word, getattr(value, name)) for name in fields}
        if any(changes[name] != getattr(value, name) for name in fields):
            return attrs.evolve(value, **changes)
    return value
