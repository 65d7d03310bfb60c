"""What an import loads, seen in fresh processes: what is asked for, and nothing before."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import mistral_funcs
from mistral_funcs import schemas

ROOT = Path(__file__).parents[1]
REPORT = "import json, sys; print(json.dumps(sorted(sys.modules)))"


def modules_after(code: str) -> set[str]:
    """Return the names of all modules that a fresh process has loaded after some code."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "error", "-c", f"{code}\n{REPORT}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def ours(modules: set[str]) -> set[str]:
    """Return those of the modules that are what can be called, and the nouns of it."""
    return {name for name in modules if name.startswith("mistral_funcs")}


def test_door_alone_loads_nothing_behind_it() -> None:
    """`import mistral_funcs` is a table of contents."""
    modules = modules_after("import mistral_funcs")
    assert ours(modules) == {"mistral_funcs"}
    assert "aiohttp" not in modules


def test_one_function_loads_itself_and_its_schemas() -> None:
    """Not the other functions, nor the other schemas, the sandbox or aiohttp."""
    modules = modules_after("from mistral_funcs import models_list")
    assert ours(modules) == {
        "mistral_funcs",
        "mistral_funcs.models",
        "mistral_funcs.models.list",
        "mistral_funcs.schemas",
        "mistral_funcs.schemas.audio.capabilities",
        "mistral_funcs.schemas.models",
    }
    assert not {"aiohttp", "yarl"} & modules


def test_a_chat_loads_what_a_chat_is_made_of() -> None:
    """Not the schemas of models, of jobs or of embeddings, nor what only classifiers need."""
    modules = modules_after("from mistral_funcs import chat_complete")
    topics = ("chat", "chunks", "guardrails", "logprobs", "messages", "tools", "usage")
    assert ours(modules) == {
        "mistral_funcs",
        "mistral_funcs.chat",
        "mistral_funcs.chat.complete",
        "mistral_funcs.schemas",
        *(f"mistral_funcs.schemas.{topic}" for topic in topics),
    }
    assert not {"aiohttp", "yarl"} & modules


@pytest.mark.parametrize(
    ("function", "topics"),
    [
        ("fim_complete", {"fim", "chat", "chunks", "logprobs", "messages", "usage"}),
        ("embeddings_create", {"embeddings", "usage"}),
        ("classifiers_moderate", {"classifiers"}),
        ("classifiers_classify_chat", {"classifiers", "chunks", "messages"}),
    ],
)
def test_a_function_loads_no_more_topics_than_it_needs(function: str, topics: set[str]) -> None:
    """A text to moderate needs no messages, and an embedding no chat."""
    modules = ours(modules_after(f"from mistral_funcs import {function}"))
    prefix = "mistral_funcs.schemas."
    loaded = {name.removeprefix(prefix) for name in modules if name.startswith(prefix)}
    assert loaded == topics


def test_one_schema_loads_its_topic() -> None:
    """A schema brings no function with it."""
    modules = modules_after("from mistral_funcs.schemas import ModelList")
    assert ours(modules) == {
        "mistral_funcs",
        "mistral_funcs.schemas",
        "mistral_funcs.schemas.audio.capabilities",
        "mistral_funcs.schemas.models",
    }


def test_core_loads_no_operation_and_no_aiohttp() -> None:
    """`import mistral_core` is cheap: aiohttp waits for a client."""
    modules = modules_after("import mistral_core")
    assert ours(modules) == set()
    assert "aiohttp" not in modules


def test_client_loads_aiohttp_when_it_is_made() -> None:
    """It is loaded by the constructor, and not on the event loop by the first call."""
    modules = modules_after("from mistral_core import MistralCore; MistralCore('key')")
    assert {"aiohttp", "mistral_core.transports.aiohttp"} <= modules


def test_client_with_a_transport_of_its_own_needs_no_aiohttp() -> None:
    """Nor does a call through it."""
    modules = modules_after(
        "import asyncio\n"
        "from mistral_core import MistralCore\n"
        "from mistral_core.testing import ScriptedTransport, json_response\n"
        "from mistral_funcs import models_list\n"
        "client = MistralCore(transport=ScriptedTransport(json_response([])))\n"
        "assert asyncio.run(models_list(client)).unwrap().data == []"
    )
    assert not {"aiohttp", "yarl", "mistral_core.transports.aiohttp"} & modules


def test_star_import_brings_every_function_and_nothing_else() -> None:
    """`from mistral_funcs import *` is `__all__`, loaded."""
    modules_after(
        "from mistral_funcs import *\n"
        "brought = {name for name in dir() if not name.startswith('_')}\n"
        "import mistral_funcs\n"
        "assert brought == set(mistral_funcs.__all__), brought\n"
        "assert all(callable(globals()[name]) for name in mistral_funcs.__all__)"
    )


def test_function_stays_when_its_module_is_imported_after_it() -> None:
    """The import of modules beside it puts nothing in a function's place."""
    modules_after(
        "import mistral_funcs\n"
        "function = mistral_funcs.models_list\n"
        "import mistral_funcs.models.list, mistral_funcs.models.delete\n"
        "assert mistral_funcs.models_list is function\n"
        "assert function is mistral_funcs.models.list.models_list"
    )


def test_functions_are_listed_before_they_are_loaded() -> None:
    """`dir()` and `__all__` have every name of the menu, for completion and for `help`."""
    menu = mistral_funcs.MENU
    every = [f"{resource}_{verb}" for resource, row in menu.items() for verb in row.split()]
    every += [name for names in mistral_funcs.CONVENIENCES.values() for name in names.split()]
    assert dir(mistral_funcs) == vars(mistral_funcs)["__all__"] == sorted(every)


def test_schemas_are_listed_before_they_are_loaded() -> None:
    """So it is with the nouns."""
    every = [name for row in schemas.MENU.values() for name in row.split()]
    assert dir(schemas) == vars(schemas)["__all__"] == sorted(every)


@pytest.mark.parametrize("module", [mistral_funcs, schemas], ids=lambda module: module.__name__)
def test_typo_is_an_attribute_error_that_names_it(module: object) -> None:
    """As of any module."""
    typo = "models_lits"
    with pytest.raises(AttributeError, match="has no attribute 'models_lits'") as raised:
        getattr(module, typo)
    assert raised.value.name == typo


def test_typo_in_an_import_is_an_import_error() -> None:
    """`from mistral_funcs import models_lits` fails at the import, and not at the call."""
    modules_after(
        "try:\n"
        "    from mistral_funcs import models_lits\n"
        "except ImportError as error:\n"
        "    assert 'models_lits' in str(error), error\n"
        "else:\n"
        "    raise AssertionError"
    )


def test_an_import_warns_of_nothing_where_asyncio_deprecates_what_backoff_calls() -> None:
    """As Python 3.14 does, played here by a function that warns."""
    modules_after(
        "import asyncio, inspect, warnings\n"
        "def deprecated(function):\n"
        "    warnings.warn('deprecated', DeprecationWarning, stacklevel=2)\n"
        "    return inspect.iscoroutinefunction(function)\n"
        "asyncio.iscoroutinefunction = deprecated\n"
        "import mistral_core"
    )
