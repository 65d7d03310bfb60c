"""The start page: guides by task, operations by resource."""

import inspect
import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module

import mistral_core
from mistral_funcs._index import OPERATIONS, RESOURCES
from tests.docs.pages import OPERATION_PAGES, PAGES

TASKS: Mapping[str, str] = {
    "Start": "clients chat streams results models notebooks command_line",
    "Build": "structured_output tools_and_runs mcp conversations prompts embeddings moderation",
    "Files and documents": "files ocr libraries datasets",
    "Audio": "audio realtime voice_sessions",
    "Background jobs": "batches fine_tuning workflows payloads",
    "Production": """
        web_services workers rate_limits retries_and_timeouts proxies_and_tls telemetry
        serialization speed clouds admin observability
    """,
    "Test": "testing cassettes",
    "Switch from another SDK": "from_mistralai from_openai",
}
"""Guides by task. The others are listed under `REST`."""

REST = "Help and reference"

OTHERS = (
    *("mistral_core", "mistral_core.testing", "mistral_funcs.toolkit", "mistral_funcs.schemas"),
    *("mistral_funcs.sandbox", "mistral_funcs.pytest_plugin"),
)
"""Pages that are neither guides nor resources."""

INTRODUCTION = """\
An async SDK for the Mistral AI API. Each operation is a coroutine function that takes a client and
returns `Ok` or `Err`: match on it, or call `unwrap()`, which returns the value or raises the error.
The client reads the API key from `MISTRAL_API_KEY`. See the guide `results`.
"""

FIRST_CALL = "chat_complete"
"""The operation whose example is on the start page."""


def documentation_of(page: str) -> str:
    """Return the docstring of the module of a page."""
    return inspect.cleandoc(import_module(page).__doc__ or "")


@cache
def guides() -> dict[str, dict[str, tuple[str, str]]]:
    """Return the guides by task, each with its topic and the rest of its first line."""
    prefix = "mistral_funcs.guides."
    existing = [page.removeprefix(prefix) for page in PAGES if page.startswith(prefix)]
    grouped = {
        task: [name for name in names.split() if name in existing] for task, names in TASKS.items()
    }
    rest = [name for name in existing if not any(name in names for names in grouped.values())]
    return {
        task: {name: _topic(documentation_of(prefix + name)) for name in names}
        for task, names in {**grouped, REST: rest}.items()
    }


def _topic(text: str) -> tuple[str, str]:
    """Return the topic of a guide, and what its first line says about it."""
    topic, *rest = re.split(r"(?:: |\. )", text.partition("\n")[0], maxsplit=1)
    return topic.removesuffix("."), "".join(rest)


def resources() -> dict[str, dict[str, list[str]]]:
    """Return the groups of the API's tree, each with its resources and their operations."""
    grouped: dict[str, dict[str, list[str]]] = {}
    for page, names in sorted(OPERATION_PAGES.items()):
        resource = page.removeprefix("mistral_funcs.")
        first, *second = resource.split(".")[:2]
        group = ".".join([first, *second]) if first == "beta" else first
        if names:
            grouped.setdefault(group, {})[resource] = [*names]
    return grouped


def context() -> dict[str, object]:
    """Return what the template of the start page shows."""
    return {
        "introduction": INTRODUCTION,
        "first_call": FIRST_CALL,
        "version": mistral_core.__version__,
        "guides": guides(),
        "resources": resources(),
        "summaries": RESOURCES,
        "operations": OPERATIONS,
        "others": {page: documentation_of(page).partition("\n")[0] for page in OTHERS},
        "root": "",
    }
