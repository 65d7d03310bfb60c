"""The usage that a response of a conversation reports, and the results of its guardrails."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from mistral_funcs.sandbox.behaviors.tokens import count
from mistral_funcs.schemas.beta.conversations.conversation import ConversationUsageInfo
from mistral_funcs.schemas.beta.conversations.entries import Entry, ToolExecutionEntry


def usage_of(entries: Iterable[Entry], outputs: Sequence[Entry]) -> ConversationUsageInfo:
    """Return the usage of a response.

    Args:
        entries: The entries before it.
        outputs: The entries of the response.
    """
    prompt, written = sum(map(_count, entries)), sum(map(_count, outputs))
    runs = [each for each in outputs if isinstance(each, ToolExecutionEntry)]
    read = sum(count(json.dumps(each.info)) for each in runs)
    return ConversationUsageInfo(
        prompt_tokens=prompt,
        completion_tokens=written,
        total_tokens=prompt + written + read,
        connector_tokens=read if runs else None,
        connectors=dict(Counter(str(each.name) for each in runs)) if runs else None,
    )


def guardrail_results(guardrails: Sequence[Any] | None) -> list[dict[str, Any]] | None:
    """Return the results of guardrails. They never block anything."""
    return [{"blocked": False} for _ in guardrails] if guardrails else None


def _count(entry: Entry) -> int:
    names = ("text", "arguments", "result")
    texts = [getattr(entry, name, "") for name in names]
    return sum(count(each if isinstance(each, str) else json.dumps(each)) for each in texts)
