"""The warning about models that will be retired."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, cast

from mistral_core.http.metadata import DEPRECATION, Call
from mistral_core.http.text import in_one_line
from mistral_core.instrumentation.notifications import logger
from mistral_core.operations.declaration import Arguments

MAX_MODELS = 1_000
NAMES = {"model": "Model", "model_id": "Model", "agent_id": "The model of agent"}
"""The arguments that name a model."""

_warned: set[str] = set()
"""The models that this process has warned about."""


def warn_of_deprecation(call: Call, arguments: Arguments) -> None:
    """Log a warning, once per model, if a response announces that its model will be retired.

    It is logged rather than issued with `warnings.warn`, which raises under `python -W error`.
    """
    if DEPRECATION not in call.headers:
        return
    model = _model_of(arguments)
    if model in _warned or len(_warned) >= MAX_MODELS:
        return
    _warned.add(model)
    moment = call.model_deprecation
    day = in_one_line(call.headers[DEPRECATION]) if moment is None else f"{moment:%Y-%m-%d}"
    with suppress(Exception):  # A logging filter may raise.
        logger.warning("%s is deprecated and will be retired on %s", model, day)


def _model_of(arguments: Arguments) -> str:
    """Return the model or agent that a call names."""
    for fields in (arguments.json, arguments.form, arguments.path, arguments.body):
        if isinstance(fields, Mapping):
            for name, kind in NAMES.items():
                value: Any = cast("Mapping[str, Any]", fields).get(name)
                if isinstance(value, str):
                    return f"{kind} {in_one_line(value)}"
    return "The model of a call"
