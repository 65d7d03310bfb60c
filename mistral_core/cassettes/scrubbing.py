"""Removal of secrets from recorded traffic: by the names of fields, by form, and by value."""

import re
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Any, final

from mistral_core.cassettes.contents import Content, decode_shallow, encode
from mistral_core.http.secret import MIN_LENGTH, Secret
from mistral_core.http.text import without_userinfo

HIDDEN = "***"

NAME = re.compile(
    r"(.*_)?(secrets?|pass(word|wd|phrase|code)|authorization|bearer|(set_)?cookie|credential|"
    r"jwt|(api|private|encryption|access|secret|signing|session|subscription|auth)_?key|"
    r"(?<!page_)(?<!next_)(?<!continuation_)token)"
)
"""Names of secrets in snake case. Page tokens are not secret, and token counts are plural."""

QUERY_NAME = re.compile(
    r"key|code|sig|auth|(.*_)?(signature|policy)|.*access_?(key)?_?id|key_pair_id"
)
"""Names of secrets in queries only, such as those of signed URLs."""

HEADER_NAME = re.compile(r"(.*_)?(auth|signature|nonce)")
"""Names of secrets in HTTP headers only."""

OPEN_HEADERS = frozenset({"accept", "accept_encoding", "content_length", "content_type"})
"""Headers that stay visible where all others are hidden: in objects within JSON bodies."""

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
BEARER = re.compile(r"\b(Bearer|Basic)\s+(?=\S*\d|\S{20})[\w.~+/-]{8,}=*", re.IGNORECASE)
FORMS = re.compile(
    r"\beyJ[\w-]+\.[\w-]+\.[\w-]*|\b(?:whsec|sk|pk|rk|ghp|xox[abp])[_-](?=[\w-]*\d)[\w-]{8,}"
)
"""Strings that are secrets by their form: JSON web tokens, and keys with a known prefix."""

QUERY = re.compile(
    r"(?P<start>(?:^|[?&;,(\s]|\\u0026)(?P<name>[\w.%~-]+)=)(?P<value>[^&;#\s\"'<>\\]+)"
)
MEMBER = re.compile(
    r"""(?P<start>(?P<quote>["'])(?P<name>[\w.-]+)(?P=quote)\s*:\s*)"""
    r"""(?P<value>"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)"""
)
LINE = re.compile(r"(?P<start>data:\s?|)(?P<text>.*?)(?P<end>[\r\n]*)", re.DOTALL)


def snake_case(name: str) -> str:
    """Return a name in snake case, whether it is written as a header or in camel case."""
    return CAMEL.sub("_", name).replace("-", "_").replace(".", "_").lower()


@final
class Scrubber:
    """A remover of secrets. Those found by name or form are remembered and removed everywhere.

    So clean everything twice: a secret may occur in an error before it is found in a field.
    """

    def __init__(
        self, names: Iterable[str] = (), redact: Callable[[str], str] | None = None
    ) -> None:
        """Create a scrubber.

        Args:
            names: Additional names of headers, query parameters and fields whose value is secret.
            redact: A function to apply to all strings, and to each line of a stream.
        """
        self._names = frozenset(map(snake_case, names))
        self._redact = redact
        self._values: set[str] = set()

    def learn(self, secret: Secret | None) -> None:
        """Remember the value of an `Authorization` header, to remove it everywhere."""
        word = "" if secret is None else secret.reveal().rpartition(" ")[2]
        if len(word) >= MIN_LENGTH:
            self._values.add(word)

    def clean(self, value: Any) -> Any:
        """Return a JSON value without secrets. Only remembered values are removed from bytes."""
        if value.__class__ is str:
            return self.clean_text(value)
        if value.__class__ is bytes:
            return self._without_values(value.decode("latin-1")).encode("latin-1")
        if value.__class__ is list:
            return [*map(self.clean, value)]
        if value.__class__ is dict:
            return {
                self._without_values(name): self._clean_field(name, each, value)
                for name, each in value.items()
            }
        return value

    def clean_headers(self, headers: dict[str, str]) -> dict[str, str]:
        """Return HTTP headers without secrets."""
        return {
            name: self._hide(value)
            if self._is_secret(name) or HEADER_NAME.fullmatch(snake_case(name))
            else self.clean_text(value)
            for name, value in headers.items()
        }

    def clean_content(self, content: Content) -> Content:
        """Return the content of a body without secrets."""
        cleaned: Content = {}
        for name, value in content.items():
            match name:
                case "parts":
                    cleaned[name] = [*map(self._clean_part, value)]
                case "text":
                    # JSON over several lines may have a secret below the line with its name.
                    json_text = self._clean_json(value)
                    cleaned[name] = (
                        json_text or b"".join(self.clean_chunks([value.encode()])).decode()
                    )
                case _:
                    cleaned[name] = self.clean(value)
        return cleaned

    def _clean_part(self, part: Content) -> Content:
        if "text" in part and self._is_secret(part["name"]):
            return {**part, "text": self._hide(part["text"])}
        return self.clean_content(part)

    def clean_text(self, text: str) -> str:
        """Return a string without secrets. JSON in a string is cleaned as JSON."""
        json_text = self._clean_json(text)
        if json_text is not None:
            return json_text
        text = without_userinfo(self._without_values(text))
        text = BEARER.sub(rf"\1 {HIDDEN}", text)
        text = FORMS.sub(HIDDEN, text)
        text = QUERY.sub(self._clean_query, text)
        text = MEMBER.sub(self._clean_member, text)
        return text if self._redact is None else self._redact(text)

    def _clean_json(self, text: str) -> str | None:
        """Return JSON without secrets, or `None` if a string is not a JSON object or array."""
        if text.lstrip()[:1] not in ("{", "["):
            return None
        try:
            value = decode_shallow(text)
        except ValueError:
            return None
        cleaned = self.clean(value)
        return text if cleaned == value else encode(cleaned)

    def clean_chunks(self, chunks: list[bytes]) -> list[bytes]:
        """Return the chunks of a stream without secrets, even those that span several chunks.

        A line with a secret is moved to the chunk in which it ends.
        """
        ends = [*accumulate(map(len, chunks))]
        cleaned = [b""] * len(chunks)
        position = index = 0
        for line in b"".join(chunks).splitlines(keepends=True):
            text = self._clean_line(line)
            rest, end = line, position + len(line)
            while ends[index] < end:
                size = ends[index] - position
                if text == line:
                    cleaned[index] += rest[:size]
                rest, position = rest[size:], ends[index]
                index += 1
            cleaned[index] += rest if text == line else text
            position = end
        return cleaned

    def _clean_line(self, line: bytes) -> bytes:
        try:
            match = LINE.fullmatch(line.decode())
        except UnicodeDecodeError:
            cleaned: bytes = self.clean(line)
            return cleaned
        assert match is not None  # noqa: S101 - the pattern matches all lines
        return f"{match['start']}{self.clean_text(match['text'])}{match['end']}".encode()

    def _is_secret(self, name: str) -> bool:
        plain = snake_case(name)
        return plain in self._names or NAME.fullmatch(plain) is not None

    def _clean_field(self, name: str, value: Any, fields: dict[str, Any]) -> Any:
        is_open_token = name == "token" and "logprob" in fields
        is_marked = name in ("value", "default") and fields.get("is_secret", fields.get("isSecret"))
        if value.__class__ is dict:
            if name == "properties":  # Of a JSON schema: names of fields, not fields.
                return {key: self.clean(each) for key, each in value.items()}
            if snake_case(name).endswith("headers"):
                return {key: self._clean_nested_header(key, each) for key, each in value.items()}
        if is_marked or (self._is_secret(name) and not is_open_token):
            return self._hide_all(value)
        return self.clean(value)

    def _clean_nested_header(self, name: str, value: Any) -> Any:
        is_open = snake_case(name) in OPEN_HEADERS or not isinstance(value, str)
        return self.clean(value) if is_open else self._hide(value)

    def _hide_all(self, value: Any) -> Any:
        if value.__class__ is str:
            return self._hide(value)
        if value.__class__ is list:
            return [*map(self._hide_all, value)]
        if value.__class__ is dict:
            return {name: self._hide_all(each) for name, each in value.items()}
        return 0 if value.__class__ in (int, float) else value

    def _hide(self, value: str) -> str:
        """Return what to show for a secret, and remember it unless it may be an ordinary word."""
        word = value.rpartition(" ")[2]
        if len(word) >= MIN_LENGTH and (len(word) >= 20 or any(map(str.isdigit, word))):
            self._values.add(word)
        return HIDDEN if value else ""

    def _without_values(self, text: str) -> str:
        # The longest first: one may contain another.
        for each in sorted(self._values, key=len, reverse=True):
            text = text.replace(each, HIDDEN)
        return text

    def _clean_query(self, match: re.Match[str]) -> str:
        name = snake_case(match["name"])
        is_query = match["start"].startswith(("?", "&", "\\"))
        is_secret = self._is_secret(name) or (is_query and QUERY_NAME.fullmatch(name))
        return match["start"] + (self._hide(match["value"]) if is_secret else match["value"])

    def _clean_member(self, match: re.Match[str]) -> str:
        if not self._is_secret(match["name"]):
            return match[0]
        value = match["value"]
        self._hide(value.strip("\"'"))
        return f"{match['start']}{value[0]}{HIDDEN}{value[0]}"
