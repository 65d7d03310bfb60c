"""The names of the operations in the official SDKs. They follow from ours, with few exceptions."""

import re
from collections.abc import Mapping

from mistral_funcs._index import OPERATIONS

PYTHON: Mapping[str, str] = {
    "audio_speech_stream": "`audio.speech.complete_async(stream=True)`",
}
"""Operations that have another name in Python."""

TYPESCRIPT: Mapping[str, str] = {
    "audio_speech_stream": "`audioSpeechComplete` with `stream: true`",
}
"""Operations that have another name among TypeScript's standalone functions."""

ONLY_IN_1 = ("fine_tuning.jobs",)
"""Resources that only the versions 1.x of the official SDKs have."""


def in_python(name: str) -> str:
    """Return the method of the Python client: `models.list_async` for `models_list`."""
    return PYTHON.get(name) or f"`{OPERATIONS[name][0]}_async`{_version(name)}"


def in_typescript(name: str) -> str:
    """Return TypeScript's standalone function: `modelsList` for `models_list`."""
    camel_case = re.sub("_(.)", lambda match: match[1].upper(), name)
    return TYPESCRIPT.get(name) or f"`{camel_case}`{_version(name)}"


def _version(name: str) -> str:
    return " (1.x)" if OPERATIONS[name][0].startswith(ONLY_IN_1) else ""
