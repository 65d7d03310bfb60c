"""Texts that must not be seen."""

from typing import AnyStr, final

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

    def hide_in(self, text: AnyStr) -> AnyStr:
        """Return a text, or bytes, without the secret; one too short to be a key is left in it.

        Servers and gateways have been seen to send a key back in their errors.
        """
        word = self._text.rpartition(" ")[2]
        if len(word) < SHORTEST:
            return text
        if isinstance(text, str):
            return text.replace(word, "***")
        return text.replace(word.encode(), b"***")

    def __repr__(self) -> str:
        """Show that there is one, and nothing of it."""
        return "<Secret>"

    def __reduce__(self) -> str:
        """Refuse to be pickled or copied."""
        raise TypeError("a secret is not pickled")
