"""Names of tools, in the form that the API accepts."""

from collections.abc import Iterable
from hashlib import sha256

from mistral_funcs.toolkit.tools.function_names import ACCEPTED, MAX_LENGTH, REFUSED


def names_for_the_api(names: Iterable[str], prefix: str = "") -> dict[str, str]:
    """Return the name of each tool for the API, by its name at the server.

    A name that the API refuses is changed, and gets a suffix that depends on it only if another
    tool has the same name otherwise or if it is too long.

    Args:
        names: The names of a server's tools.
        prefix: The beginning of all names for the API.
    """
    ordered = sorted(dict.fromkeys(names), key=lambda name: not ACCEPTED.fullmatch(prefix + name))
    taken: set[str] = set()
    mapping: dict[str, str] = {}
    for name in ordered:
        mapping[name] = next(each for each in _candidates(prefix + name) if each not in taken)
        taken.add(mapping[name])
    return mapping


def _candidates(name: str) -> list[str]:
    """Return names for the API, the most similar first."""
    valid = REFUSED.sub("_", name)
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    suffixed = [f"{valid[: MAX_LENGTH - length - 1]}_{digest[:length]}" for length in range(8, 33)]
    return [valid, *suffixed] if len(valid) <= MAX_LENGTH else suffixed
