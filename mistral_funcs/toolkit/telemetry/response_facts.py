"""Attributes that the response of a call contains, without content: tokens, reasons, IDs."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, final

import attrs

from mistral_core import HTTPValidationError, MistralError, SDKError
from mistral_funcs.toolkit.conversation_errors import reported_error
from mistral_funcs.toolkit.runs.run_errors import RunError
from mistral_funcs.toolkit.telemetry.request_attributes import Value

IDENTIFIER: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")

TOKENS: Final[Mapping[str, tuple[str, ...]]] = {
    "gen_ai.usage.input_tokens": ("prompt_tokens", "input_tokens"),
    "gen_ai.usage.output_tokens": ("completion_tokens", "output_tokens"),
}
"""The fields of a usage, by attribute."""

DETAILS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "gen_ai.usage.cache_read.input_tokens": (
        ("prompt_tokens_details", "cached_tokens"),
        ("prompt_token_details", "cached_tokens"),
        ("input_tokens_details", "cached_tokens"),
    ),
    "gen_ai.usage.reasoning.output_tokens": (
        ("completion_tokens_details", "reasoning_tokens"),
        ("output_tokens_details", "reasoning_tokens"),
    ),
}

PAGES: Final[Mapping[str, str]] = {
    "pages_processed": "mistral_ai.ocr.usage.pages_processed",
    "doc_size_bytes": "mistral_ai.ocr.usage.doc_size_bytes",
}


@final
@attrs.define(eq=False)
class ResponseFacts:
    """The facts about a response, from all of it or from the events of a stream.

    Attributes:
        operation: The operation name.
        attributes: The attributes that are known.
        reasons: The finish reasons, by the index of the choice.
        error: The type of the error that the response reports, if any.
    """

    operation: str
    attributes: dict[str, Value] = attrs.field(factory=dict[str, Value])
    reasons: dict[int, str] = attrs.field(factory=dict[int, str])
    error: str | None = None

    def add(self, value: Any) -> None:
        """Read a response or an event."""
        if self.operation == "create_agent":
            self._put("gen_ai.agent.id", getattr(value, "id", None))
            version = getattr(value, "version", None)
            self._put("gen_ai.agent.version", None if version is None else str(version))
            return
        response = getattr(value, "response", None)
        if response is not None and hasattr(response, "usage"):  # An event of `responses_stream`.
            value = response
        if self.operation != "invoke_agent" or hasattr(value, "choices"):
            self._put("gen_ai.response.id", getattr(value, "id", None))
        self._put("gen_ai.response.model", getattr(value, "model", None))
        self._put("gen_ai.conversation.id", getattr(value, "conversation_id", None))
        for entry in _items(value, "outputs"):
            self._put("gen_ai.response.model", getattr(entry, "model", None))
            self._put("gen_ai.agent.id", getattr(entry, "agent_id", None))
        for position, choice in enumerate(_items(value, "choices")):
            reason = getattr(choice, "finish_reason", None)
            if isinstance(reason, str):
                index = getattr(choice, "index", None)
                self.reasons[position if index is None else index] = reason
        if self.reasons:
            ordered = [reason for _, reason in sorted(self.reasons.items())]
            self.attributes["gen_ai.response.finish_reasons"] = ordered
        self._add_usage(getattr(value, "usage", None))
        for name, attribute in PAGES.items():
            self._put(attribute, getattr(getattr(value, "usage_info", None), name, None))
        self._add_error(value)

    def _add_usage(self, usage: Any) -> None:
        """Read a usage, unless it is empty, as it is where the server sent none."""
        counts = {name: _first(usage, fields) for name, fields in TOKENS.items()}
        if self.operation == "embeddings":
            del counts["gen_ai.usage.output_tokens"]
        if any(counts.values()):
            for name, count in counts.items():
                self._put(name, count)
            for name, paths in DETAILS.items():
                details = [_first(getattr(usage, outer, None), (inner,)) for outer, inner in paths]
                self._put(name, next(filter(None, details), None))

    def _add_error(self, value: Any) -> None:
        """Read an error that a successful response or an event reports."""
        reported = reported_error(value)
        if reported is not None:
            self.error = error_type(reported)
        elif getattr(value, "status", None) == "failed":
            code = getattr(getattr(value, "error", None), "code", None)
            self.error = _identifier(code) or "failed"

    def _put(self, name: str, value: Any) -> None:
        if isinstance(value, str | int) and value != "":
            self.attributes[name] = value


def error_type(error: BaseException) -> str:
    """Return the type of an error: the API's type or the HTTP status, or the name of the class.

    For a run, it is that of the failed request, or the reason why the run ended.
    """
    if isinstance(error, RunError):
        return error.reason if error.failure is None else error_type(error.failure)
    if isinstance(error, SDKError | HTTPValidationError):
        return _identifier(error.type) or str(error.status)
    return type(error).__name__


def error_attributes(error: MistralError) -> dict[str, Value]:
    """Return the attributes of a failure, without its message, which can contain content."""
    attributes: dict[str, Value] = {"error.type": error_type(error)}
    failure = error.failure if isinstance(error, RunError) else error
    if isinstance(failure, SDKError | HTTPValidationError):
        code = _identifier(failure.code)
        if code:
            attributes["mistral_ai.error.code"] = code
    return attributes


def _identifier(text: Any) -> str | None:
    """Return an identifier that the server sent, unless it is free text or says nothing."""
    is_identifier = isinstance(text, str) and IDENTIFIER.fullmatch(text) and text != "error"
    return text if is_identifier else None


def _items(value: Any, name: str) -> Iterator[Any]:
    items = getattr(value, name, None)
    if isinstance(items, list):
        yield from items


def _first(source: Any, names: tuple[str, ...]) -> int | None:
    values = [getattr(source, name, None) for name in names]
    return next((value for value in values if value.__class__ is int), None)
