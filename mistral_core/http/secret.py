"""Secret strings, such as API keys."""

from typing import AnyStr, final

MIN_LENGTH = 8
"""Minimum length of a secret that is redacted: shorter ones would match ordinary text."""


@final
class Secret:
    """A string that is not shown in a `repr`, log or traceback, and cannot be pickled."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Store the string to hide."""
        self._text = text

    def reveal(self) -> str:
        """Return the string, to send it."""
        return self._text

    def hide_in(self, text: AnyStr) -> AnyStr:
        """Return a string or bytes with the secret replaced by `***`.

        Some servers and gateways echo the key in their errors. Secrets of fewer than 8 characters
        are left in.
        """
        word = self._text.rpartition(" ")[2]
        if len(word) < MIN_LENGTH:
            return text
        if isinstance(text, str):
            return text.replace(word, "***")
        return text.replace(word.encode(), b"***")

    def __repr__(self) -> str:
        """Show nothing of the string."""
        return "<Secret>"

    def __reduce__(self) -> str:
        """Prevent pickling and copying."""
        raise TypeError("a secret cannot be pickled")
