"""Tokens of a call: estimated before it, read from the response after it."""

import re
from collections.abc import Mapping
from typing import Any

from mistral_core.http.headers import RateLimit

PROMPTS = frozenset({"input", "inputs", "messages", "prompt"})
"""The fields of requests that cost tokens."""

BYTES_PER_TOKEN = 4
MEDIA = re.compile(rb'"[A-Za-z0-9+/=:;,._-]{4000,}"')
"""An image or a recording in a JSON body: a long string without spaces."""

TOKENS_PER_MEDIA = 1000

TOTAL = b'"total_tokens"'
USAGE = re.compile(rb'"total_tokens"\s*:\s*(\d{1,12})')
"""The tokens in a response. In the text of a completion, the quotes would be escaped."""


def estimate_prompt(fields: Mapping[str, Any], body: object) -> int:
    """Estimate the tokens of a prompt from the length of the body. 0 if there is no prompt."""
    if not isinstance(body, bytes) or PROMPTS.isdisjoint(fields):
        return 0
    text, media = MEDIA.subn(b"", body) if len(body) > 4000 else (body, 0)
    return len(text) // BYTES_PER_TOKEN + 1 + media * TOKENS_PER_MEDIA


def maximum_output(fields: Mapping[str, Any]) -> int | None:
    """Return the number of tokens to which the caller limits the output, if any."""
    limits = [fields.get(name) for name in ("max_tokens", "max_output_tokens")]
    return next((limit for limit in limits if isinstance(limit, int)), None)


def cost(headers: Mapping[str, str], body: bytes) -> int | None:
    """Return the tokens that a call cost, or `None` if the response does not report them."""
    charged = RateLimit.from_headers(headers).tokens_query_cost
    return usage(body) if charged is None else charged


def usage(body: bytes) -> int | None:
    """Return the last token count in a body, or in the end of a body."""
    matches = USAGE.findall(body, max(0, body.rfind(TOTAL)))
    return int(matches[-1]) if matches else None
