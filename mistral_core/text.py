"""Text that others sent, made fit to be shown."""

import re

LONGEST_FACT = 200
USERINFO = re.compile(r"(?<=://)[^\s/@]*@")


def in_one_line(text: str, longest: int = LONGEST_FACT) -> str:
    """Return a text that does no harm to a log or a terminal: printable, and not too long."""
    shown = text[:longest] + ("..." if len(text) > longest else "")
    return " ".join("".join(char if char.isprintable() else " " for char in shown).split())


def without_userinfo(text: str) -> str:
    """Return a text whose URLs have no user and password."""
    return USERINFO.sub("", text)
